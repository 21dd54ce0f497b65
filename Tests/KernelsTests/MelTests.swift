import Foundation
import Kernels
import TestSupport
import Testing

extension KernelTests {
  /// Dimensions of a spectrogram.
  struct Spectrogram {
    let fftSize, window, hop, mels: Int
  }

  @Test(arguments: [
    Spectrogram(fftSize: 4, window: 3, hop: 2, mels: 2),
    Spectrogram(fftSize: 32, window: 32, hop: 10, mels: 5),
    Spectrogram(fftSize: 64, window: 49, hop: 16, mels: 17),
    Spectrogram(fftSize: 512, window: 400, hop: 160, mels: 80),
  ])
  func logMelEnergies(_ size: Spectrogram) {
    var numbers = Seeded(40)
    let taps = numbers.floats(size.window, in: 0.1...1)
    let filters = Self.filters(size, &numbers)
    let plan = taps.withUnsafeBufferPointer { taps in
      filters.withUnsafeBufferPointer { filters in
        MelPlan(
          fftSize: size.fftSize, hop: size.hop, window: taps, filterbank: filters, mels: size.mels,
          logGuard: 0x1p-24)
      }
    }
    #expect(plan.mels == size.mels)
    for samples in [1, size.hop, size.hop * 5 + 3, size.hop * 20 + 1] {
      let signal = Grid(1, samples, &numbers)
      let expected = (0...samples / size.hop).map {
        Self.oracle(size, taps, filters, signal, frame: $0)
      }
      Self.withEveryInstructionSet { name in
        for first in Set([0, 1, expected.count / 2]) where first < expected.count {
          let frames = first..<min(first + MelPlan.lanes, expected.count)
          let y = Grid(room: frames.count, size.mels)
          let scratch = Grid(room: 1, plan.scratchCount)
          plan.logMel(
            UnsafeBufferPointer(start: signal.values, count: samples), frames: frames,
            into: y.matrix, scratch: scratch.values)
          y.expect("logMel \(name) \(size) \(samples) samples, frames \(frames)", absolute: 1e-4) {
            expected[frames.lowerBound + $0][$1]
          }
          // Nothing may be written behind the scratch.
          scratch.expect("scratch", absolute: .infinity) { _, _ in 0 }
        }
      }
    }
  }

  /// Bands that overlap, one of them empty.
  private static func filters(_ size: Spectrogram, _ numbers: inout Seeded) -> [Float] {
    let bins = size.fftSize / 2 + 1
    return (0..<size.mels).flatMap { mel in
      (0..<bins).map { bin in
        let isInside = abs(bin * size.mels - mel * bins) <= 2 * bins && mel != 1
        return isInside ? Float.random(in: 0.1...1, using: &numbers) : 0
      }
    }
  }

  private static func oracle(
    _ size: Spectrogram, _ taps: [Float], _ filters: [Float], _ signal: Grid, frame: Int
  ) -> [Double] {
    let windowed = taps.indices.map { k in
      let at = frame * size.hop + k - size.fftSize / 2 + (size.fftSize - size.window) / 2
      return 0..<signal.columns ~= at ? signal[0, at] * Double(taps[k]) : 0
    }
    let power = (0...size.fftSize / 2).map { bin in
      var (real, imaginary) = (0.0, 0.0)
      for (k, value) in windowed.enumerated() {
        let angle = 2 * Double.pi * Double(bin * k % size.fftSize) / Double(size.fftSize)
        real += value * cos(angle)
        imaginary -= value * sin(angle)
      }
      return real * real + imaginary * imaginary
    }
    return (0..<size.mels).map { mel in
      let energy = power.enumerated().reduce(0.0) {
        $0 + $1.element * Double(filters[mel * power.count + $1.offset])
      }
      return log(energy + 0x1p-24)
    }
  }
}
