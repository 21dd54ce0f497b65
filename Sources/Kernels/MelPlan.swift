internal import CKernels
internal import Glibc

/// Tables that turn samples into log-mel energies.
package final class MelPlan: @unchecked Sendable {
  /// Mel bands.
  package let mels: Int
  private let fftSize: Int
  private let hop: Int
  private let window: Int
  private let logGuard: Float
  private let tables: UnsafeMutablePointer<Float>
  private let bins: UnsafeMutablePointer<Int>

  /// Frames that one call computes side by side.
  package static let lanes = Int(CK_MEL_LANES)

  /// Copies window and filterbank and works out the Fourier tables.
  ///
  /// - Parameters:
  ///   - fftSize: Points of the Fourier transform, a power of two from 4.
  ///   - hop: Samples from one frame to the next.
  ///   - window: Analysis window, at most `fftSize` taps.
  ///   - filterbank: `[mels, fftSize / 2 + 1]`.
  ///   - mels: Mel bands.
  ///   - logGuard: Added before the logarithm.
  package init(
    fftSize: Int, hop: Int, window: UnsafeBufferPointer<Float>,
    filterbank: UnsafeBufferPointer<Float>, mels: Int, logGuard: Float
  ) {
    let columns = fftSize / 2 + 1
    precondition(fftSize >= 4 && fftSize & (fftSize - 1) == 0 && window.count <= fftSize)
    precondition(filterbank.count == mels * columns)
    self.fftSize = fftSize
    self.hop = hop
    self.mels = mels
    self.window = window.count
    self.logGuard = logGuard
    tables = .allocate(capacity: 2 * fftSize + window.count + filterbank.count)
    bins = .allocate(capacity: 2 * mels)
    for k in 0..<fftSize {
      let angle = 2 * Double.pi * Double(k) / Double(fftSize)
      tables[k] = Float(cos(angle))
      tables[fftSize + k] = Float(sin(angle))
    }
    for (i, tap) in window.enumerated() { tables[2 * fftSize + i] = tap }
    for (i, weight) in filterbank.enumerated() {
      tables[2 * fftSize + window.count + i] = weight
    }
    for mel in 0..<mels {
      let filter = filterbank[mel * columns..<(mel + 1) * columns]
      let first = filter.firstIndex { $0 != 0 } ?? filter.startIndex
      let last = filter.lastIndex { $0 != 0 }.map { $0 + 1 } ?? first
      bins[mel] = first - filter.startIndex
      bins[mels + mel] = last - filter.startIndex
    }
  }

  deinit {
    tables.deallocate()
    bins.deallocate()
  }

  /// Floats of scratch that `logMel` needs.
  package var scratchCount: Int { 4 * fftSize * Self.lanes }

  /// Computes log-mel energies of some frames; frame t is centred on sample t · hop.
  ///
  /// - Parameters:
  ///   - samples: The whole signal; what lies outside counts as zero.
  ///   - frames: At most `lanes` consecutive frames.
  ///   - y: `[frames, mels]` without gaps.
  ///   - scratch: `scratchCount` floats.
  package func logMel(
    _ samples: UnsafeBufferPointer<Float>, frames: Range<Int>, into y: Matrix,
    scratch: UnsafeMutablePointer<Float>
  ) {
    var plan = ck_mel_plan(
      fft_size: fftSize, window: window, hop: hop, mels: mels, log_guard: logGuard,
      taps: tables + 2 * fftSize, cosines: tables, sines: tables + fftSize,
      filters: tables + 2 * fftSize + window, first: bins, last: bins + mels)
    ck_log_mel(
      &plan, samples.baseAddress, samples.count, frames.lowerBound, frames.count, y.values, scratch)
  }
}
