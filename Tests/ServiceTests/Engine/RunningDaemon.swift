import Audio
import Dispatch
import Foundation
import Service
import System
import TestSupport
import Testing
import Vocabulary

/// A daemon with a microphone that heard what a test says, and a folder of its own.
final class RunningDaemon {
  let messenger: CollectingMessenger
  let history: History
  let state: StateFolder
  private let daemon: Daemon
  private let settings: Settings
  private let played = DispatchSemaphore(value: 0)
  private var requests = 0
  private var isEnded = false

  /// What the starter model hears in the recording that most tests use.
  static let words = "seven zero nine four four seven"
  /// The same with all rules for numbers.
  static let digits = "709447"
  static let model = Fixtures.repository.appending(path: "models/starter-en").path

  /// What changes while the daemon runs.
  private final class Settings: Sendable {
    let configuration: Monitor<Configuration>
    let recordings: Monitor<ArraySlice<[Float]>>

    init(_ configuration: Configuration, _ recordings: [[Float]]) {
      self.configuration = Monitor(configuration)
      self.recordings = Monitor(recordings[...])
    }
  }

  /// Starts a daemon.
  ///
  /// - Parameters:
  ///   - folder: Where it keeps what outlives it.
  ///   - recordings: What the microphone hears each time that it is opened.
  ///   - topics: What clients want to know.
  ///   - vocabulary: Reads lists of terms.
  ///   - change: The configuration, but for its defaults.
  ///   - whileOpening: What takes its time while a microphone is opened.
  /// - Throws: What the daemon throws.
  init(
    in folder: URL, hearing recordings: [[Float]] = [], topics: Set<Topic> = [],
    vocabulary: VocabularyLoader? = nil, _ change: (inout Configuration) -> Void = { _ in },
    whileOpening: @escaping @Sendable () -> Void = {}
  ) throws {
    var configuration = Configuration()
    configuration.model.name = Self.model
    configuration.model.threads = 1
    change(&configuration)
    let settings = Settings(configuration, recordings)
    self.settings = settings
    messenger = CollectingMessenger(wanting: topics)
    state = try StateFolder(environment: ["XDG_STATE_HOME": folder.path])
    history = History(path: state.history)
    let played = played
    daemon = try Daemon(
      settings: { settings.configuration.withLock { $0 } }, state: state, vocabulary: vocabulary,
      messenger: messenger, advice: { "about: \($0)" }
    ) { device throws(AudioError) in
      whileOpening()
      guard let samples = settings.recordings.withLock({ $0.popFirst() }) else {
        throw .device(name: device, .missing)
      }
      return try Capture(device, ring: SampleRing(capacity: 1 << 20)) { () throws(AudioError) in
        PlayedDevice(samples, played: played)
      }
    }
  }

  deinit { end() }

  /// Stops it, as systemd would, with all the time that it needs.
  ///
  /// - Returns: Whether all was done.
  @discardableResult func end(within patience: Duration = .seconds(60)) -> Bool {
    guard !isEnded else { return daemon.hasEnded }
    isEnded = true
    daemon.end(within: patience)
    return daemon.hasEnded
  }

  /// Asks, and waits for the answer.
  @discardableResult func ask(
    _ request: Request, descriptor: consuming FileDescriptor? = nil
  ) throws -> any Encodable & Sendable {
    let number = begin(request, descriptor: descriptor)
    return try messenger.answer(to: number)
  }

  /// Asks as a certain client, and waits for the answer.
  func ask(_ request: Request, from client: Int) throws {
    daemon.handle(request, from: ReplyAddress(client: client, id: .number(1)), descriptor: nil)
    _ = try messenger.answer(to: client)
  }

  /// A client is gone.
  func leave(_ client: Int) { daemon.leave(client) }

  /// Asks, and does not wait.
  func begin(_ request: Request, descriptor: consuming FileDescriptor? = nil) -> Int {
    requests += 1
    daemon.handle(
      request, from: ReplyAddress(client: requests, id: .number(1)), descriptor: descriptor)
    return requests
  }

  /// Waits until the microphone has heard all that it will hear.
  func awaitMicrophone() { played.wait() }

  /// Brings a microphone that was not there, with what it hears.
  func plugIn(_ recording: [Float]) { settings.recordings.withLock { $0.append(recording) } }

  /// Changes the configuration, as a user who edits the file.
  func configure(_ change: (inout Configuration) -> Void) throws {
    settings.configuration.withLock { change(&$0) }
    try ask(.reload)
  }

  var status: StatusReport {
    get throws { try #require(try ask(.status) as? StatusReport) }
  }

  /// Waits until the daemon is as it should be, at most a minute.
  func awaitStatus(_ isIt: (StatusReport) -> Bool) throws -> Bool {
    try wait { try isIt(status) }
  }

  /// Waits until the spool is empty, at most a minute.
  func awaitEmptySpool() throws -> Bool {
    try wait {
      try awaitFiles()
      return spool.isEmpty
    }
  }

  private func wait(until isIt: () throws -> Bool) throws -> Bool {
    let limit = ContinuousClock.now + .seconds(60)
    while try !isIt() {
      if .now > limit { return false }
      sched_yield()
    }
    return true
  }

  /// Waits until all is written that is to be written now.
  func awaitFiles() throws { try ask(.listHistory(limit: 0)) }

  /// Files that the spool holds.
  var spool: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: "\(state.path)/spool")) ?? []
  }

  /// The recording of `words`, followed by a second of silence.
  static func speech() throws -> [Float] {
    try Recordings.samples(Fixtures.committed.appending(path: "audio/digits_03.flac"))
      + Array(repeating: 0, count: 16_000)
  }
}
