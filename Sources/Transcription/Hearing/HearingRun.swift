internal import System

/// Several ways of hearing the same recordings, by turns.
///
/// Each configuration has a process of its own, which waits while another one hears. They take
/// turns recording by recording, each time another one first, so that whatever else the machine
/// does meets all of them alike.
package final class HearingRun {
  /// A way of hearing.
  package struct Configuration: Sendable {
    /// What it is called.
    package let name: String
    /// What it hears with.
    package let means: HearingMeans
    /// What its texts depend on, for the journal.
    package let identity: JournalEntry.Means

    /// A way of hearing.
    package init(name: String, means: HearingMeans, identity: JournalEntry.Means) {
      (self.name, self.means, self.identity) = (name, means, identity)
    }
  }

  /// What happens, for those who wait; recordings and configurations by their places.
  package enum Event {
    /// A recording was heard, now or by an earlier run.
    case heard(recording: Int, configuration: Int, HeardRecording, isOld: Bool)
    /// A recording cannot be heard, and takes no part.
    case failed(recording: Int, HearingFailure)
    /// A configuration cannot hear, and takes no part.
    case unusable(configuration: Int, HearingFailure)
  }

  private let configurations: [Configuration]
  private let command: Command
  private let journal: HearingJournal?
  private let meter: EnergyMeter?
  private var processes: [HearingProcess?]
  private var failures: [HearingFailure?]

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - configurations: One at least.
  ///   - program: A program that becomes a `HearingWorker` with these arguments.
  ///   - journal: What was heard before, and is heard now; nil where nobody will ask.
  package init(
    _ configurations: [Configuration], program: (path: String, arguments: [String]),
    journal: HearingJournal?
  ) {
    self.configurations = configurations
    self.journal = journal
    command = Command(program.path, program.arguments)
    meter = EnergyMeter()
    processes = configurations.map { _ in nil }
    failures = configurations.map { _ in nil }
  }

  /// Hears all recordings in all ways.
  ///
  /// - Parameters:
  ///   - tasks: The recordings.
  ///   - observe: Is told what happens.
  /// - Returns: By recording and configuration, what was heard; nil where that failed.
  /// - Throws: `HearingFailure` where no configuration can hear, and `TranscriptionError` where the
  ///   journal cannot be written.
  package func hear(
    _ tasks: [HearingTask], _ observe: (Event) -> Void
  ) throws -> [[HeardRecording?]] {
    try tasks.enumerated().map { index, task in
      var texts: [HeardRecording?] = configurations.map { _ in nil }
      for turn in configurations.indices {
        let configuration = (turn + index) % configurations.count
        guard failures[configuration] == nil else { continue }
        do {
          guard let (text, isOld) = try hear(task, configuration, observe) else { continue }
          texts[configuration] = text
          observe(.heard(recording: index, configuration: configuration, text, isOld: isOld))
        } catch let failure as HearingFailure {
          observe(.failed(recording: index, failure))
          // Without one text the others cannot be compared with it.
          break
        }
      }
      if let first = failures.first ?? nil, failures.allSatisfy({ $0 != nil }) { throw first }
      return texts
    }
  }

  /// Hears a recording in one way, unless that was done before.
  ///
  /// - Returns: nil where the configuration turned out to be unusable.
  private func hear(
    _ task: HearingTask, _ index: Int, _ observe: (Event) -> Void
  ) throws -> (HeardRecording, isOld: Bool)? {
    let configuration = configurations[index]
    var input = TranscriptionInput(task.path)
    input.part = RecordingPart(offset: task.offset, duration: task.duration)
    let source = journal.flatMap { _ in JournalEntry.Source(input, readsContent: false) }
    var identity = configuration.identity
    if configuration.means.takesOwnTerms, !task.terms.isEmpty {
      identity.options += " \(ContentHash(of: task.terms.joined(separator: "\n").utf8))"
    }
    if let source, let old = journal?.heard(source, identity) { return (old, true) }
    guard let process = process(index, observe) else { return nil }
    defer { if process.hasEnded { processes[index] = nil } }
    _ = meter?.joules()
    var heard = try process.hear(task)
    heard.joules = meter?.joules()
    if let source { try journal?.note(heard, source, identity) }
    return (heard, false)
  }

  /// The process of a configuration, which is started when it is needed; nil where it cannot be.
  private func process(_ index: Int, _ observe: (Event) -> Void) -> HearingProcess? {
    if let process = processes[index] { return process }
    do throws(HearingFailure) {
      let process = try HearingProcess(command, configurations[index].means)
      processes[index] = process
      return process
    } catch {
      failures[index] = error
      observe(.unusable(configuration: index, error))
      return nil
    }
  }
}
