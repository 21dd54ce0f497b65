import Audio
import Foundation
import TestSupport
import Testing

@Suite struct FormatTests {
  @Test func int16IsDividedBy32768() throws {
    let values: [Int16] = [0, 1, -1, 12_345, .max, .min]
    let read = try withFile(Wave(values).bytes()) { try samples($0) }
    #expect(read == values.map { Float($0) / 32_768 })
  }

  @Test func flacPassesBitExactly() throws {
    let expected = (0..<2_000).map { Float(Int16(truncatingIfNeeded: $0 * 7_919)) / 32_768 }
    #expect(try samples(recording("counter.flac")) == expected)
  }

  @Test func otherIntegerWidthsReachTheSameScale() throws {
    let unsigned = try withFile(Wave(raw: [0, 128, 192], bits: 8).bytes()) { try samples($0) }
    #expect(unsigned == [-1, 0, 0.5])
    let wide = Wave(raw: [0, 0, 0x80, 1, 0, 0, 0, 0, 0x40], bits: 24)
    #expect(
      try withFile(wide.bytes()) { try samples($0) } == [-1, Float(1) / 8_388_608, 0.5])
    let widest = Wave(raw: [0, 0, 0, 0x80, 0, 0, 0, 0x40], bits: 32)
    #expect(try withFile(widest.bytes()) { try samples($0) } == [-1, 0.5])
  }

  @Test func floatingPointKeepsValuesOutsideOne() throws {
    let values: [Float] = [0, 0.25, -1.5, 40_000]
    #expect(try withFile(Wave(floats: values).bytes()) { try samples($0) } == values)
    let double = withUnsafeBytes(of: (0.5).bitPattern.littleEndian) { Array($0) }
    let wave = Wave(raw: double, bits: 64, format: 3)
    #expect(try withFile(wave.bytes()) { try samples($0) } == [0.5])
  }

  @Test func channelsAreAveraged() throws {
    let wave = Wave([100, 300, -32_768, 0, 32_767, 32_767], channels: 2)
    let read = try withFile(wave.bytes()) { try samples($0) }
    #expect(read == [200, -16_384, 32_767].map { $0 / 32_768 })
    let five = Wave([10, 20, 30, 40, 50], channels: 5)
    #expect(try withFile(five.bytes()) { try samples($0) } == [30 / Float(32_768)])
  }

  @Test(arguments: ["flac", "ogg", "opus", "mp3", "aiff"])
  func compressedFormatsHoldTheTone(kind: String) throws {
    let read = try samples(recording("tone.\(kind)"), converter: "no-such-program")
    #expect(abs(read.count - 8_000) < 1_000)
    #expect(toneShare(of: read[2_000..<6_000], frequency: 1_000) > 0.99)
  }

  @Test(.enabled(if: hasFFmpeg)) func ffmpegReadsTheRest() throws {
    let read = try samples(recording("tone.m4a"))
    #expect(abs(read.count - 8_000) < 1_200)
    #expect(toneShare(of: read[2_000..<6_000], frequency: 1_000) > 0.99)
  }

  @Test func telephoneAndStereoRecordingsLastAsLong() throws {
    let plain = try samples(recording("digits_03.flac")).count
    for name in ["digits_03_mulaw_8k.wav", "digits_03_stereo_44k.mp3", "digits_03_48k.opus"] {
      #expect(abs(try samples(recording(name)).count - plain) < 800, "\(name)")
    }
  }

  @Test func durationComesFromTheHeader() throws {
    #expect(try AudioFile(path: recording("tone.aiff")).duration == 0.5)
    let file = try AudioFile(path: recording("counter.flac"))
    #expect(file.duration == 0.125)
    _ = try file.readAll()
    #expect(file.warnings == [])
  }
}

/// The part of the power that lies at one frequency, 0…1.
func toneShare(of samples: ArraySlice<Float>, frequency: Double) -> Double {
  var (real, imaginary, power) = (0.0, 0.0, 0.0)
  for (index, sample) in samples.enumerated() {
    let phase = 2 * Double.pi * frequency * Double(index) / 16_000
    real += Double(sample) * cos(phase)
    imaginary += Double(sample) * sin(phase)
    power += Double(sample * sample)
  }
  return 2 * (real * real + imaginary * imaginary) / (power * Double(samples.count))
}
