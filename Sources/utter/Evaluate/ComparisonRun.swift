import ArgumentParser
import Evaluation
import Foundation
import Service
import System
import Transcription

/// Hears all recordings of a set in several ways, and scores the texts.
struct ComparisonRun {
  private let evaluated: EvaluatedSet
  private let configurations: [HearingRun.Configuration]
  /// What takes no part, and why.
  private(set) var problems: [Failure] = []

  /// A run over a set.
  init(_ evaluated: EvaluatedSet, _ configurations: [HearingRun.Configuration]) {
    (self.evaluated, self.configurations) = (evaluated, configurations)
    problems = evaluated.problems
  }

  /// What was heard of the recordings that all configurations could hear.
  struct Heard {
    /// Names of the configurations that could hear at all.
    var configurations: [String]
    /// The recordings.
    var recordings: [ComparedRecording] = []
  }

  /// Hears everything; what goes wrong is told, and the rest goes on.
  ///
  /// - Parameters:
  ///   - journal: What an earlier run heard.
  ///   - progress: Is given the part that is done.
  /// - Returns: What was heard.
  /// - Throws: `Failure` where nothing can be heard.
  mutating func hear(
    _ journal: HearingJournal?, progress: (_ part: Double) -> Void
  ) throws -> Heard {
    // A process that ends is noticed when it does not answer.
    SignalHandler.ignore(SIGPIPE)
    let run = HearingRun(
      configurations, program: ("/proc/self/exe", [HearCommand.configuration.commandName ?? ""]),
      journal: journal)
    var (done, found, unusable): (Int, [Failure], Set<Int>) = (0, [], [])
    let total = Double(evaluated.recordings.count * configurations.count)
    let texts: [[HeardRecording?]]
    do {
      texts = try run.hear(evaluated.tasks) { event in
        switch event {
        case .heard(let recording, _, let text, let isOld):
          done += 1
          progress(Double(done) / total)
          guard !isOld else { return }
          let name = evaluated.recordings[recording].name
          for warning in text.warnings { tell("\(name): \(warning)") }
        case .failed(_, let failure):
          found.append(Failure(failure))
        case .unusable(let configuration, let failure):
          unusable.insert(configuration)
          found.append(Failure(failure, of: configurations[configuration].name))
        }
      }
    } catch let failure as HearingFailure {
      throw Failure(failure)
    }
    problems += found
    let usable = configurations.indices.filter { !unusable.contains($0) }
    var heard = Heard(configurations: usable.map { configurations[$0].name })
    for (index, recording) in evaluated.recordings.enumerated() {
      let own = usable.compactMap { texts[index][$0] }
      guard own.count == usable.count, let first = own.first else { continue }
      heard.recordings.append(
        ComparedRecording(
          number: index, name: recording.name, seconds: first.duration,
          entry: recording.entry, terms: recording.terms,
          heard: own.map {
            HeardText(
              text: $0.text, seconds: $0.seconds, joules: $0.joules, peakBytes: $0.peakBytes)
          }))
    }
    guard !heard.recordings.isEmpty else {
      throw problems.first ?? Failure(any: EvaluationError.empty(path: evaluated.path))
    }
    return heard
  }
}

extension Failure {
  /// What the process says that hears.
  init(_ failure: HearingFailure, of configuration: String? = nil) {
    let what = configuration.map { "\($0): is left out: " } ?? ""
    self.init(
      what + failure.message, hint: failure.advice, code: ExitCode(failure.code))
  }
}

extension HearingJournal {
  /// What earlier comparisons of a set from this folder have heard.
  ///
  /// - Parameters:
  ///   - path: The set, as the user named it.
  ///   - continues: Whether that counts.
  /// - Returns: The journal; nil where there is no place for one and nobody asked for it.
  /// - Throws: `TranscriptionError.journal`.
  static func of(_ path: String, continues: Bool) throws -> HearingJournal? {
    do {
      let name = fingerprint("\(FileManager.default.currentDirectoryPath)\0\(path)")
      return try HearingJournal(
        "\(try UserFolders().state)/utter/evaluations/\(name).jsonl", continues: continues)
    } catch {
      if continues { throw error }
      return nil
    }
  }
}
