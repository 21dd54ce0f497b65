package import Formatting
internal import Vocabulary

/// How the daemon is: the answer to `status`.
package struct StatusReport: Equatable, Codable, Sendable {
  /// The model, as far as the daemon knows it.
  package struct Model: Equatable, Codable, Sendable {
    /// Its name or path in the configuration.
    package var name: String
    /// Whether it is in memory.
    package var loaded: Bool

    /// A model.
    package init(name: String, loaded: Bool) {
      self.name = name
      self.loaded = loaded
    }
  }

  /// The microphone.
  package struct Microphone: Equatable, Codable, Sendable {
    /// ALSA's name for it.
    package var device: String
    /// Whether it is open now.
    package var open: Bool
    /// Whether its thread runs at real-time priority; false while it is closed.
    package var realTime: Bool
    /// Times that the device threw samples away, since the start.
    package var overruns: Int
    /// Samples that the daemon had no room for, since the start.
    package var dropped: Int
    /// Times that the device was lost and came back, since the start.
    package var reopens: Int

    /// A microphone.
    package init(
      device: String, open: Bool, realTime: Bool, overruns: Int, dropped: Int, reopens: Int
    ) {
      self.device = device
      self.open = open
      self.realTime = realTime
      self.overruns = overruns
      self.dropped = dropped
      self.reopens = reopens
    }
  }

  /// The terms that the last dictation knew, or the next one knows.
  package struct Vocabulary: Equatable, Codable, Sendable {
    /// A list, or another source of terms.
    package struct List: Equatable, Codable, Sendable {
      /// Its path, or "request" or "automatic".
      package var name: String
      /// Terms of it.
      package var terms: Int
      /// A number for its content, in hexadecimal digits.
      package var hash: String
      /// Whether the file is broken now, so that its terms are those from before.
      package var outdated: Bool
    }

    /// All terms.
    package var terms: Int
    /// Where they come from, the one whose spellings win first.
    package var lists: [List]
    /// What is wrong with lists: file, line and reason.
    package var problems: [String]
  }

  /// What the last dictation went into.
  package struct Target: Equatable, Codable, Sendable {
    /// What the window is called; nothing where nobody told.
    package var window: [String]
    /// The kind of program that the text was written for; nil for any.
    package var profile: FormattingProfile?
  }

  /// Of the daemon's program.
  package var version: String
  /// Its process.
  package var pid: Int32
  /// What it does.
  package var state: DaemonState
  /// Seconds since its start.
  package var uptime: Double
  /// The dictation that is going on.
  package var recording: String?
  /// Seconds recorded of it.
  package var recordedSeconds: Double?
  /// The model.
  package var model: Model
  /// The microphone.
  package var microphone: Microphone
  /// Clients that are connected, the one that asks among them.
  package var clients: Int
  /// Dictations since the start.
  package var dictations: Int
  /// Milliseconds from key-up to text, of the last dictation.
  package var releaseMs: Double?
  /// Terms; nil before lists were read.
  package var vocabulary: Vocabulary?
  /// What the last dictation went into; nil before the first.
  package var target: Target?
  /// What does not work; of several things the one that matters most.
  package var problem: Problem?

  /// A report.
  package init(
    version: String, pid: Int32, state: DaemonState, uptime: Double, recording: String?,
    recordedSeconds: Double?, model: Model, microphone: Microphone, clients: Int, dictations: Int,
    releaseMs: Double?, vocabulary: Vocabulary? = nil, target: Target? = nil, problem: Problem?
  ) {
    self.version = version
    self.pid = pid
    self.state = state
    self.uptime = uptime
    self.recording = recording
    self.recordedSeconds = recordedSeconds
    self.model = model
    self.microphone = microphone
    self.clients = clients
    self.dictations = dictations
    self.releaseMs = releaseMs
    self.vocabulary = vocabulary
    self.target = target
    self.problem = problem
  }
}

extension StatusReport.Vocabulary {
  /// What is in force.
  init(_ loaded: LoadedVocabulary) {
    terms = loaded.count
    lists = loaded.sources.map {
      List(name: $0.name, terms: $0.terms, hash: $0.hash, outdated: $0.isOutdated)
    }
    problems = loaded.problems.filter { $0.severity == .error }.map(\.description)
  }
}
