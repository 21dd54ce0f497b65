import Audio
import Foundation
import TestSupport
import Testing

@Suite struct ResamplingTests {
  @Test(arguments: [8_000, 11_025, 22_050, 44_100, 48_000, 96_000])
  func sineStaysWithinSixtyDecibels(rate: Int) throws {
    let sine = tone(rate: rate, count: rate / 2)
    let read = try withFile(Wave(floats: sine, rate: rate).bytes()) { try samples($0) }
    #expect(read.count == (rate / 2 * 16_000 * 2 + rate) / (rate * 2))
    // The edges differ, because the sine starts and stops there.
    let ideal = tone(rate: 16_000, count: read.count)
    let middle = 800..<(read.count - 800)
    let noise = middle.reduce(0.0) { $0 + pow(Double(read[$1] - ideal[$1]), 2) }
    let signal = middle.reduce(0.0) { $0 + pow(Double(ideal[$1]), 2) }
    #expect(10 * log10(noise / signal) < -60)
  }

  @Test(arguments: [1, 2, 3, 100, 4_410, 16_384, 16_385, 40_001])
  func lengthIsExact(count: Int) throws {
    for rate in [8_000, 44_100] {
      let wave = Wave([Int16](repeating: 100, count: count), rate: rate)
      let read = try withFile(wave.bytes()) { try samples($0) }
      let expected = (Double(count) * 16_000 / Double(rate)).rounded()
      #expect(read.count == Int(expected), "\(count) samples at \(rate) Hz")
    }
  }

  private func tone(rate: Int, count: Int) -> [Float] {
    (0..<count).map { Float(0.5 * sin(2 * Double.pi * 1_000 * Double($0) / Double(rate))) }
  }
}
