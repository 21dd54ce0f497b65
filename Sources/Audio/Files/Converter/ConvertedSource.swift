internal import System

/// Decodes through ffmpeg what libsndfile does not know, M4A, WebM, AMR, the sound of videos, and
/// what is damaged.
///
/// Where the times of what it decodes jump, something is missing: silence takes its place, so that
/// what follows is heard when it was said.
final class ConvertedSource: SampleSource {
  let rate: Int
  private(set) var channels: Int
  private(set) var decodedCount: Int
  private let path: String
  private let converter: Converter
  private let reader: PatientReader
  /// What it decoded, where it was waited for.
  private let decoded: FileDescriptor?
  private let start: Int
  private var stream = MatroskaBlocks()
  /// The time of the first block, in frames.
  private var origin: Int?
  /// Frames until the end of the last block, those of silence counted.
  private var clock: Int
  private var pending: ArraySlice<Float> = []
  private var silence = 0
  private var gaps: [Range<Double>] = []
  private var ending: String?
  private var hasEnded = false

  /// Times of containers are rounded, and jump by less where nothing is missing.
  private static let leastGap = 0.05
  /// Longer ones are no silence that somebody would want to wait through.
  private static let longestGap = 600.0

  /// Starts the program on the file and decodes its beginning.
  ///
  /// - Parameters:
  ///   - input: The recording.
  ///   - program: The program.
  ///   - wish: What is wanted of it.
  ///   - start: Frames before the first that is delivered.
  ///   - limits: How long to wait, and whether all of it is decoded now.
  /// - Throws: `AudioError.badData` where it decodes nothing.
  init(
    _ input: InputFile, program: String, _ wish: Converter.Wish = .init(), from start: Int = 0,
    within limits: ReadingLimits
  ) throws(AudioError) {
    path = input.path
    rate = wish.rate
    (self.start, clock, decodedCount) = (start, start, start)
    channels = wish.channels ?? 1
    converter = try Converter(program, on: input, wish)
    reader = converter.output(within: limits)
    do throws(InputFault.CopyFault) {
      decoded = limits.decodesFirst ? try reader.copy() : nil
    } catch {
      throw .badData(path: input.path, .undecoded(program: program, error))
    }
    try advance()
    channels = max(1, stream.channels)
  }

  var expectedCount: Int? { report.duration.map { Int($0 * Double(rate)) } }

  /// The length of a video may be that of its pictures, or of another track.
  var promise: (count: Int, tolerance: Double)? {
    let report = report
    let isAlone = !report.hasVideo && report.tracks.count < 2
    guard isAlone || !report.complaints.isEmpty || !gaps.isEmpty else { return nil }
    return report.duration.map { (Int($0 * Double(rate)), 0.5) }
  }

  var warnings: [RecordingWarning] {
    let report = report
    var warnings: [RecordingWarning] = gaps.isEmpty ? [] : [.gaps(gaps)]
    var complaints = report.complaints
    if let ending, ending != report.failure { complaints.append(ending) }
    if let first = complaints.first {
      warnings.append(
        .complaints(program: converter.program, count: complaints.count, first: first))
    }
    return warnings
  }

  /// What the program says of the recording by now.
  var report: ConverterReport { converter.report }

  func read(into samples: UnsafeMutableBufferPointer<Float>) throws(AudioError) -> Int {
    let room = samples.count / channels
    if silence == 0, pending.isEmpty { try advance() }
    var count = min(silence, room)
    if count > 0 {
      samples.extracting(0..<(count * channels)).update(repeating: 0)
      silence -= count
    } else {
      count = min(room, pending.count / channels)
      _ = samples.update(fromContentsOf: pending.prefix(count * channels))
      pending = pending.dropFirst(count * channels)
      try check(samples[..<(count * channels)], path: path)
    }
    decodedCount += count
    return count
  }

  /// Takes the next block in, and the silence before it.
  private func advance() throws(AudioError) {
    while !hasEnded {
      guard let block = try stream.next(nextBytes) else {
        hasEnded = true
        return try finish()
      }
      let count = block.samples.count / stream.channels
      let time = block.milliseconds * rate / 1_000
      let origin = origin ?? time
      self.origin = origin
      let late = time - origin - clock
      let isFirst = clock == start
      let (least, longest) = (
        Int(Self.leastGap * Double(rate)), Int(Self.longestGap * Double(rate))
      )
      var skipped = 0
      if late > least, late < longest {
        gaps.append(seconds(clock)..<seconds(clock + late))
        silence = late
        clock += late
      } else if isFirst ? late < 0 : (-rate..<(-least)).contains(late) {
        // What was there before.
        skipped = min(-late, count)
      } else if abs(late) > least {
        // Times begin anew, and tell nothing of what lies between.
        self.origin = origin + late
      }
      clock += count - skipped
      pending = block.samples.dropFirst(skipped * stream.channels)
      if !pending.isEmpty { return }
    }
  }

  private func seconds(_ frames: Int) -> Double { Double(frames) / Double(rate) }

  /// Waits for output; 0 when it has ended.
  private func nextBytes(_ bytes: UnsafeMutableRawBufferPointer) throws(AudioError) -> Int {
    do throws(InputFault.CopyFault) {
      do throws(Errno) {
        if let count = try decoded?.read(into: bytes) { return count }
      } catch {
        throw .reading(error)
      }
      return try reader.read(into: bytes)
    } catch {
      throw .badData(path: path, .undecoded(program: converter.program, error))
    }
  }

  /// An error where nothing was decoded; else what came stays, and the error becomes a warning.
  private func finish() throws(AudioError) {
    ending = converter.failure()
    guard clock == start, start == 0 else { return }
    let report = report
    if report.hasTracks, report.tracks.isEmpty {
      throw .badData(path: path, .noSound(hasVideo: report.hasVideo))
    }
    guard let ending else { return }
    if report.complaints.contains(where: { $0.contains("not on whitelist") }) {
      throw failure("it lists other files, or has a format that is not read")
    }
    throw failure(ending)
  }

  private func failure(_ message: String) -> AudioError {
    .badData(path: path, .unknown(program: converter.program, message: message))
  }
}
