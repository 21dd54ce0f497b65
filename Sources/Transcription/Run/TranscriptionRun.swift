package import Audio
internal import System

/// Recordings to documents, several at a time: one that fails does not stop the others.
///
/// Each job hears one recording after the other, on a thread of its own. The thread that called
/// prints and tells what happens.
package struct TranscriptionRun {
  private let writer: TranscriptWriter
  private let hearer: Hearer
  /// What was done before, and is done now; nil where nobody will ask.
  package var journal: TranscriptionJournal?
  /// Whether the first failure is the end.
  package var isStrict = false
  /// Recordings that are heard at the same time, at most.
  package var jobs = 1
  /// Threads that all of them share.
  package var threads = 1

  /// Which recordings are heard, where they are not all: a part of the run.
  package var shard: Shard?
  /// What of the recordings is heard.
  package var choice = RecordingChoice()
  /// Whether each channel is heard by itself.
  package var splitsChannels = false

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - writer: Takes the documents.
  ///   - load: Loads the model; called once there is something to hear, on a job's thread.
  package init(
    writer: TranscriptWriter, load: @escaping @Sendable () throws -> TranscriptionEngine
  ) {
    self.writer = writer
    hearer = .model(load)
  }

  /// Prepares a run in which somebody else hears.
  ///
  /// - Parameters:
  ///   - writer: Takes the documents.
  ///   - ask: Has a recording heard, on a job's thread. What it throws but `TranscriptionError`
  ///     ends the run.
  package init(
    writer: TranscriptWriter,
    asking ask: @escaping @Sendable (TranscriptionInput) throws -> TranscriptDocument
  ) {
    self.writer = writer
    hearer = .other(ask)
  }

  /// Transcribes every recording.
  ///
  /// Transcripts are printed in the order of the recordings. Those that become files are heard
  /// longest first where there are several jobs.
  ///
  /// - Parameters:
  ///   - inputs: The recordings.
  ///   - observe: Is told what happens, failures too.
  /// - Returns: What went wrong with which file, in their order.
  /// - Throws: What `load` throws, and `TranscriptionError` where no further document can be
  ///   written.
  package func transcribe(
    _ inputs: [TranscriptionInput], _ observe: (TranscriptionEvent) -> Void = { _ in }
  ) throws -> [TranscriptionError] {
    let chosen = shard?.indices(of: inputs) ?? Array(inputs.indices)
    observe(.chosen(numbers: chosen.map { $0 + 1 }))
    let count = max(1, min(jobs, threads, chosen.count))
    let plan = JobPlan(
      queue: RecordingQueue(
        inputs, chosen, longestFirst: count > 1 && writer.writesFiles),
      share: ThreadShare(threads: threads, jobs: count), mail: JobMail(), writer: writer,
      journal: journal, isStrict: isStrict, choice: choice, splitsChannels: splitsChannels,
      hearer: hearer)
    let jobs = try Self.start(count, plan)
    var results = RunResults(chosen, printer: TranscriptPrinter(writer))
    var working = jobs.count
    while working > 0 {
      for message in plan.mail.take() {
        if case .left = message {
          working -= 1
        } else if !results.take(message, inputs, observe) {
          plan.queue.stop()
        }
      }
    }
    for job in jobs { job.join() }
    return try results.finish(observe)
  }

  /// Starts jobs; fewer where the system has no more threads.
  private static func start(_ count: Int, _ plan: JobPlan) throws(Errno) -> [NamedThread] {
    var jobs: [NamedThread] = []
    for index in 0..<count {
      do throws(Errno) {
        jobs.append(
          try NamedThread("utter-job-\(index + 1)") {
            TranscriptionJob(plan, index: index).run()
          })
      } catch {
        guard index > 0 else { throw error }
        plan.share.leave(plan.share[index])
      }
    }
    return jobs
  }
}
