import Audio
import Foundation
import TestSupport
import Testing

extension ALSATests {
  /// Devices without a sound server, as fast as they are read.
  @Suite struct CaptureTests {
    @Test func sixteenBitMonoPassesBitForBit() throws {
      let values = noise(50_000)
      let heard = try Microphone.with(raw(values)) { try hear(50_000, from: $0) }
      #expect(heard == values.map { Float($0) / 32_768 })
    }

    @Test(arguments: SampleEncoding.allCases) func everyEncodingIsRead(_ encoding: SampleEncoding)
      throws
    {
      let values: [Int32] = noise(20_000).map { Int32($0) << 16 } + [.min, 1 << 8, -1 << 8, 0]
      let data =
        switch encoding {
        case .int16: raw(values.map { Int16($0 >> 16) })
        case .int32: raw(values)
        // The highest byte is not part of the sample.
        case .int24Of32: raw(values.map { $0 >> 8 ^ 0x5500_0000 })
        case .int24: values.reduce(into: Data()) { $0 += raw([$1]).dropFirst() }
        case .float32: raw(values.map { (Float($0) / 0x1p31).bitPattern })
        }
      var preferences = CapturePreferences()
      preferences.encodings = [encoding]
      let heard = try Microphone.with(data) { try hear(values.count, from: $0, preferences) }
      let kept: Int32 = encoding == .int16 ? ~0xFFFF : ~0
      #expect(heard == values.map { Float($0 & kept) / 0x1p31 })
    }

    /// The same samples as from a file.
    @Test(arguments: [48_000, 44_100, 96_000, 8_000]) func stereoIsConvertedAsFilesAre(rate: Int)
      throws
    {
      let values = (0..<rate * 2).map { index in
        let time = Double(index / 2) / Double(rate)
        let pitch = index.isMultiple(of: 2) ? 440.0 : 1_000.0
        return Int16((12_000 * sin(2 * .pi * pitch * time * (1 + time))).rounded())
      }
      let expected = try withFile(Wave(values, rate: rate, channels: 2).bytes()) { try samples($0) }
      var preferences = CapturePreferences()
      (preferences.rates, preferences.channels) = ([rate], [2])
      // The last samples depend on what follows.
      let count = expected.count - 2_000
      let heard = try Microphone.with(raw(values)) { try hear(count, from: $0, preferences) }
      let difference = zip(heard, expected).map { abs($0 - $1) }.max() ?? 1
      #expect(heard.count == count)
      #expect(difference < 1e-4)
    }

    @Test func valuesThatAreNoSoundAreSilent() throws {
      let values: [Float] = [0.5, .nan, .infinity, -.infinity, 1e30, -0.5]
      var preferences = CapturePreferences()
      preferences.encodings = [.float32]
      let heard = try Microphone.with(raw(values.map(\.bitPattern))) {
        try hear(6, from: $0, preferences)
      }
      #expect(heard == [0.5, 0, 0, 0, 0, -0.5])
    }

    @Test func stoppedCaptureTellsHowItWent() throws {
      let silence = raw([Int16](repeating: 0, count: 16_000))
      let statistics = try Microphone.with(silence) { name in
        let capture = try Capture(device: name, holding: 1)
        #expect(capture.ring.wait(for: capture.ring.capacity, timeout: .seconds(60)))
        capture.stop()
        capture.stop()
        #expect(capture.ring.isClosed)
        return capture.statistics
      }
      #expect(statistics.state == .stopped)
      #expect(statistics.silentSeconds >= 1)
      #expect(statistics.peak == 0)
      #expect(statistics.overruns == 0)
      #expect(statistics.reopens == 0)
    }

    @Test func whatIsNotThereIsAnError() {
      #expect(
        throws: AudioError.device(name: "utter-no-such-device", .missing)
      ) { try Capture(device: "utter-no-such-device") }
    }

    @Test func whatCannotBeReadIsAnError() throws {
      try Microphone.define(
        "pcm.utter_mulaw { type mulaw slave { pcm { type null } format S16_LE } }")
      #expect(throws: AudioError.device(name: "utter_mulaw", .format)) {
        try Capture(device: "utter_mulaw")
      }
    }

    /// What a device delivers first.
    private func hear(
      _ count: Int, from name: String, _ preferences: CapturePreferences = CapturePreferences()
    ) throws -> [Float] {
      let ring = SampleRing(capacity: count)
      let capture = try Capture(name, ring: ring) { () throws(AudioError) in
        try CaptureDevice(name: name, preferences: preferences)
      }
      #expect(ring.wait(for: count, timeout: .seconds(60)))
      capture.stop()
      return read(ring, atMost: count)
    }

    private func noise(_ count: Int) -> [Int16] {
      var random = Seeded(7)
      return (0..<count).map { _ in Int16.random(in: .min ... .max, using: &random) }
    }
  }
}
