internal import Audio
internal import Synchronization
internal import System

/// Opens recordings that clients want transcribed.
///
/// What a client names may be a pipe that stays silent, a disk that hangs, or need a program that
/// does; each is waited for on a thread of its own, so that the engine gets what it can read at
/// once.
final class Intake: Sendable {
  private struct Job: Sendable {
    let input: RecordedInput
    let address: ReplyAddress
    let body: @Sendable (OpenedInput) -> Void
  }

  private struct State {
    var jobs: [Job] = []
    var threads = 0
  }

  /// Recordings that are waited for at a time.
  private static let mostThreads = 64
  /// How long there may be nothing to read.
  private static let silence = Duration.seconds(60)
  /// Bytes of a pipe, or of samples that another program decodes: 18 hours of these.
  private static let size = 4 << 30

  private let state = Monitor(State())
  private let mustEnd = Atomic(false)
  private let folder: String
  private let messenger: any ClientMessenger
  private let advice: Advice

  /// One that has nothing to do.
  ///
  /// - Parameters:
  ///   - folder: Where copies take up room.
  ///   - messenger: Where errors go.
  ///   - advice: Knows the way out of them.
  init(copyingTo folder: String, messenger: any ClientMessenger, advice: @escaping Advice) {
    self.folder = folder
    self.messenger = messenger
    self.advice = advice
  }

  /// Opens a recording, or answers why it cannot be opened.
  ///
  /// - Parameters:
  ///   - input: The recording.
  ///   - address: Who wants it transcribed; where that client leaves, nothing more happens.
  ///   - body: Gets the open recording, on another thread.
  func open(
    _ input: RecordedInput, for address: ReplyAddress,
    _ body: @escaping @Sendable (OpenedInput) -> Void
  ) {
    let isThreadMissing = state.withLock { state in
      state.jobs.append(Job(input: input, address: address, body: body))
      guard state.threads < Self.mostThreads else { return false }
      state.threads += 1
      return true
    }
    guard isThreadMissing else { return }
    do throws(Errno) {
      _ = try NamedThread("utter-input") { [self] in
        while let job = next() { open(job) }
      }
    } catch {
      // Those that run already take it on; without any, nobody would.
      guard let job = next(isLast: true) else { return }
      let error = ServiceError(
        code: .failed, message: "transcribe: there is no thread to read on: \(error)",
        hint: "close some programs")
      messenger.reply(.failure(error), to: job.address)
    }
  }

  /// Waits for nothing any more.
  func end() { mustEnd.store(true, ordering: .relaxed) }

  /// The next job; a thread that gets none is to end.
  private func next(isLast: Bool = false) -> Job? {
    state.withLock { state in
      if isLast { state.threads -= 1 }
      if isLast && state.threads > 0 { return nil }
      if !state.jobs.isEmpty { return state.jobs.removeFirst() }
      if !isLast { state.threads -= 1 }
      return nil
    }
  }

  private func open(_ job: Job) {
    let client = job.address.client
    var limits = ReadingLimits()
    (limits.silence, limits.size, limits.decodesFirst) = (Self.silence, Self.size, true)
    limits.folder = folder
    limits.isWanted = { [self] in
      !mustEnd.load(ordering: .relaxed) && messenger.isConnected(client)
    }
    guard limits.isWanted() else { return }
    do throws(ServiceError) {
      job.body(OpenedInput(try job.input.open(within: limits, advice: advice)))
    } catch {
      messenger.reply(.failure(error), to: job.address)
    }
  }
}

/// A recording on its way from the thread that opened it to the engine, which alone reads it then.
final class OpenedInput: @unchecked Sendable {
  let file: AudioFile

  init(_ file: AudioFile) { self.file = file }
}
