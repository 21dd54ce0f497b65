/// A recording as a stream of samples: mono, 16 kHz, nominally −1…1.
///
/// Memory does not grow with the length. libsndfile decodes what it knows, ffmpeg the rest where
/// it is installed. A file that is mono and 16 kHz already passes bit for bit. Values of
/// floating-point files outside ±1 are kept.
package final class AudioFile {
  /// The file as the caller named it; "-" for standard input.
  package let path: String
  /// Length in seconds where the container tells it.
  package let duration: Double?
  private let source: any SampleSource
  private let resampler: Resampler?
  private let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: 16_384)
  private var pending = 0..<0
  private var ended = false

  /// Opens a recording and decodes its beginning.
  ///
  /// - Parameters:
  ///   - path: A file or a pipe; "-" is standard input. What cannot seek is copied to an unlinked
  ///     file in `$TMPDIR` first, until its end.
  ///   - limits: How long to wait for it.
  /// - Throws: `AudioError.noInput` where there is nothing to read, `.badData` where it is no
  ///   recording or one without samples.
  package convenience init(
    path: String, within limits: ReadingLimits = ReadingLimits()
  ) throws(AudioError) {
    try self.init(path: path, within: limits, converter: "ffmpeg")
  }

  /// Opens a recording with another program in the place of ffmpeg.
  package init(
    path: String, within limits: ReadingLimits = ReadingLimits(), converter: String
  ) throws(AudioError) {
    let input = try InputFile(path: path, within: limits)
    let source: any SampleSource =
      if let known = try SoundFileSource(input) { known } else {
        try ConvertedSource(input, program: converter, within: limits)
      }
    self.path = path
    self.source = source
    duration = source.expectedCount.map { Double($0) / Double(source.rate) }
    if source.rate == 16_000 {
      resampler = nil
    } else {
      guard let converted = Resampler(rate: source.rate) else {
        throw .badData(path: path, .rate(source.rate))
      }
      resampler = converted
    }
    try fill()
    guard source.decodedCount > 0 else { throw .badData(path: path, .empty) }
  }

  deinit { block.deallocate() }

  /// Seconds by which the recording ended earlier than its header promises; 0 until the end.
  package var missingSeconds: Double {
    guard ended, let expected = source.expectedCount else { return 0 }
    return max(0, Double(expected - source.decodedCount) / Double(source.rate))
  }

  /// Writes the next samples at 16 kHz, mono.
  ///
  /// - Parameter samples: Room for at least one sample.
  /// - Returns: How many samples were written; 0 at the end.
  /// - Throws: `AudioError.badData` where the recording is damaged.
  package func read(into samples: UnsafeMutableBufferPointer<Float>) throws(AudioError) -> Int {
    if pending.isEmpty { try fill() }
    let count = min(samples.count, pending.count)
    guard count > 0 else { return 0 }
    let next = pending.lowerBound..<(pending.lowerBound + count)
    _ = samples.update(fromContentsOf: block.extracting(next))
    pending = next.upperBound..<pending.upperBound
    return count
  }

  /// Reads all samples that are left, 16 kHz mono.
  ///
  /// - Throws: What `read(into:)` throws.
  package func readAll() throws(AudioError) -> [Float] {
    let piece = UnsafeMutableBufferPointer<Float>.allocate(capacity: 1 << 16)
    defer { piece.deallocate() }
    var samples: [Float] = []
    while true {
      let count = try read(into: piece)
      guard count > 0 else { return samples }
      samples += UnsafeBufferPointer(rebasing: piece[..<count])
    }
  }

  private func fill() throws(AudioError) {
    let count =
      if let resampler { try resampler.read(into: block, from: source) } else {
        try source.read(into: block)
      }
    pending = 0..<count
    ended = count == 0
  }
}
