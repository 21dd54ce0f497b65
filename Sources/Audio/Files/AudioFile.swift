/// A recording as a stream of samples: mono, 16 kHz, nominally −1…1.
///
/// Memory does not grow with the length. libsndfile decodes what it knows, ffmpeg the rest where
/// it is installed, and what follows damage. A file that is mono and 16 kHz already passes bit for
/// bit. Values of floating-point files outside ±1 are kept.
package final class AudioFile {
  /// The file as the caller named it; "-" for standard input.
  package let path: String
  /// Length in seconds where the container tells it.
  package let duration: Double?
  /// Channels of the recording; as it is decoded through ffmpeg to be heard as one, two at most.
  package let channelCount: Int
  private let opening: SourceOpening
  private let source: any SampleSource
  private let mono: MonoSource
  private let resampler: Resampler?
  private let block: UnsafeMutableBufferPointer<Float>
  private var pending = 0..<0
  private var ended = false
  private lazy var isFollowed = FollowingRecording.isThere(in: opening.input)

  /// Opens a recording and decodes its beginning.
  ///
  /// - Parameters:
  ///   - path: A file or a pipe; "-" is standard input. What cannot seek is copied to an unlinked
  ///     file in `$TMPDIR` first, until its end.
  ///   - choice: What of it is to be heard.
  ///   - limits: How long to wait for it.
  ///   - converter: The program that decodes what libsndfile does not.
  /// - Throws: `AudioError.noInput` where there is nothing to read, `.badData` where it is no
  ///   recording or one without samples.
  package convenience init(
    path: String, choosing choice: RecordingChoice = RecordingChoice(),
    within limits: ReadingLimits = ReadingLimits(), converter: String = "ffmpeg"
  ) throws(AudioError) {
    let input = try InputFile(path: path, within: limits)
    try self.init(SourceOpening(input, choice, limits, program: converter))
  }

  private init(_ opening: SourceOpening) throws(AudioError) {
    let path = opening.input.path
    let source = try opening.source()
    self.path = path
    self.opening = opening
    self.source = source
    mono = try MonoSource(source, opening.choice.channels, path: path)
    duration = source.expectedCount.map { Double($0) / Double(source.rate) }
    channelCount = source.channels
    if source.rate == 16_000 {
      resampler = nil
    } else {
      guard let converted = Resampler(rate: source.rate) else {
        throw .badData(path: path, .rate(source.rate))
      }
      resampler = converted
    }
    // Last: what throws before it leaves nothing behind, as no deinit is called then.
    block = .allocate(capacity: 16_384)
    try fill()
    guard source.decodedCount > 0 else { throw .badData(path: path, .empty) }
  }

  deinit { block.deallocate() }

  /// The same recording from its start, with other channels of it; pipes are not read again.
  ///
  /// - Throws: `AudioError.badData` where it has no such channels.
  package func reopened(_ channels: RecordingChoice.Channels) throws(AudioError) -> AudioFile {
    var choice = opening.choice
    choice.channels = channels
    return try AudioFile(
      SourceOpening(opening.input, choice, opening.limits, program: opening.program))
  }

  /// What somebody must know who relies on what was read; empty until the end.
  package var warnings: [RecordingWarning] {
    guard ended else { return [] }
    let told = source.warnings
    let untold = untoldGaps(told)
    var warnings = told
    if !untold.isEmpty { warnings.insert(.gaps(untold), at: 0) }
    if let container = opening.container, container.isDamaged, source is ContinuedSource,
      told.isEmpty
    {
      warnings.append(.damaged(at: nil, reason: opening.lackOfConverter))
    }
    warnings += mono.warnings
    if let shortfall = shortfall(besides: untold) { warnings.append(shortfall) }
    if let unread { warnings.append(unread) }
    if isFollowed { warnings.append(.followed) }
    if let report = (source as? ConvertedSource)?.report, report.tracks.count > 1,
      opening.choice.track == nil
    {
      warnings.append(.tracks(report.tracks, heard: report.chosen ?? 1))
    }
    return warnings
  }

  /// Gaps that were seen before anything was decoded, where what decodes it passes over them.
  private func untoldGaps(_ told: [RecordingWarning]) -> [Range<Double>] {
    let isTold = told.contains { if case .gaps = $0 { true } else { false } }
    return isTold ? [] : opening.container?.gaps ?? []
  }

  /// What is missing at the end, besides gaps.
  private func shortfall(besides gaps: [Range<Double>]) -> RecordingWarning? {
    let heard = Double(source.decodedCount) / Double(source.rate)
    let container = opening.container
    var (missing, tolerance) = (0.0, Self.tolerance)
    switch container?.promise {
    case .bytes(let promised, let present):
      missing = heard * Double(promised - present) / Double(max(1, present))
    case .missing(let seconds): missing = seconds
    case nil:
      guard let promise = source.promise else { break }
      missing = Double(promise.count - source.decodedCount) / Double(source.rate)
      missing -= gaps.reduce(0) { $0 + $1.upperBound - $1.lowerBound }
      tolerance = promise.tolerance
    }
    if missing > tolerance { return .ends(heard: heard, promised: heard + missing) }
    return container?.isUnfinished == true ? .unfinished(heard: heard) : nil
  }

  /// What is there and was not heard.
  private var unread: RecordingWarning? {
    guard let container = opening.container, case .bytes(_, let present) = container.promise,
      present > 0
    else { return nil }
    let heard = Double(source.decodedCount) / Double(source.rate)
    let seconds = heard * Double(container.unread) / Double(present)
    return seconds > Self.leastUnread ? .unread(seconds) : nil
  }

  /// What is shorter may be a program's own way to end a file.
  private static let leastUnread = 1.0
  /// Seconds that may be missing without a word: less than a sound.
  private static let tolerance = 0.02

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
      if let resampler { try resampler.read(into: block, from: mono) } else {
        try mono.read(into: block)
      }
    pending = 0..<count
    ended = count == 0
  }
}
