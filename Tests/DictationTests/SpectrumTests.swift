import Dictation
import Foundation
import TestSupport
import Testing

/// What the endpointer knows of a sound's spectrum.
@Suite struct SpectrumTests {
  @Test(arguments: [4, 8, 64, 1_024]) func theFourierTransformIsRight(_ count: Int) {
    var random = Seeded(7)
    let values = random.floats(count)
    var fourier = RealFourier(count: count)
    var bins = 0
    values.withUnsafeBufferPointer {
      fourier.transform($0) { bin, real, imaginary in
        let turn = 2 * .pi * Double(bin) / Double(count)
        let expected = values.enumerated().reduce(into: (0.0, 0.0)) { sum, value in
          sum.0 += Double(value.element) * cos(turn * Double(value.offset))
          sum.1 -= Double(value.element) * sin(turn * Double(value.offset))
        }
        let tolerance = 1e-4 * Double(count).squareRoot()
        #expect(abs(Double(real) - expected.0) < tolerance, "bin \(bin)")
        #expect(abs(Double(imaginary) - expected.1) < tolerance, "bin \(bin)")
        bins += 1
      }
    }
    #expect(bins == count / 2 + 1)
  }

  /// The mean reading of a sound once all of its past is that sound.
  private static func mean(_ samples: [Float]) -> SpectrumMeter.Reading {
    var meter = SpectrumMeter()
    var readings: [SpectrumMeter.Reading] = []
    samples.withUnsafeBufferPointer { samples in
      for start in stride(from: 0, through: samples.count - 160, by: 160) {
        readings.append(meter.feed(UnsafeBufferPointer(rebasing: samples[start..<start + 160])))
      }
    }
    let settled = readings.dropFirst(20)
    let share = 1 / Float(settled.count)
    return settled.reduce(into: SpectrumMeter.Reading()) { sum, reading in
      sum.voicing += reading.voicing * share
      sum.held += reading.held * share
      sum.change += reading.change * share
    }
  }

  @Test func soundsAreToldApart() {
    let voice = Self.mean(Signals.syllables(3))
    #expect(voice.voicing > 0.4 && voice.held < 0.6 && voice.change > 4, "\(voice)")
    let hum = Self.mean(Signals.buzz(3, pitch: 220, overtones: 12, level: -30))
    #expect(hum.voicing > 0.4 && hum.held > 0.99 && hum.change < 0.1, "\(hum)")
    let hiss = Self.mean(Signals.noise(3, level: -30))
    #expect(hiss.voicing < 0.15 && abs(hiss.held) < 0.1 && hiss.change < 2, "\(hiss)")
    #expect(Self.mean(Signals.silence(1)) == SpectrumMeter.Reading())
  }

  @Test func whatIsIdleIsForgotten() {
    var meter = SpectrumMeter()
    let tone = Signals.buzz(1, pitch: 220, overtones: 12, level: -30)
    let held = tone.withUnsafeBufferPointer { tone in
      (0..<100).map { frame in
        let samples = UnsafeBufferPointer(rebasing: tone[frame * 160..<(frame + 1) * 160])
        return meter.feed(samples, isIdle: frame == 50).held
      }
    }
    #expect(held[49] > 0.9 && held[50..<59].allSatisfy { $0 == 0 } && held[59] > 0.9)
  }
}
