internal import Foundation
internal import System

/// What the daemon keeps of dictations: the history, and recordings that have no text yet.
///
/// All but `configure` may be called from any thread and returns at once: the thread for files does
/// the work, and answers go to the clients from there.
final class Archive: Sendable {
  private struct Contents {
    /// What the user wants to be kept.
    var wish: Configuration.History
    /// Recordings that a daemon which died left behind, by their paths, the oldest last.
    var leftBehind: [String] = []
    /// When the history was last rid of what is too old.
    var lastForgetting: ContinuousClock.Instant?
  }

  private let folder: StateFolder
  private let files: FileThread
  private let messenger: any ClientMessenger
  private let status: DaemonStatus
  private let contents: Monitor<Contents>
  private let recovering: @Sendable (Take) -> Void

  /// An archive in a folder.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - wish: What the user wants to be kept.
  ///   - files: Does the work.
  ///   - messenger: Where answers go.
  ///   - status: Where it is noted what cannot be kept.
  ///   - recovering: Transcribes what a daemon that died left behind, and hands it to
  ///     `keepRecovered`.
  init(
    in folder: StateFolder, _ wish: Configuration.History, files: FileThread,
    messenger: any ClientMessenger, status: DaemonStatus,
    recovering: @escaping @Sendable (Take) -> Void
  ) {
    self.folder = folder
    self.files = files
    self.messenger = messenger
    self.status = status
    self.recovering = recovering
    contents = Monitor(Contents(wish: wish))
  }

  /// Where dictations are remembered; nil where the user does not want that.
  var history: History? {
    contents.withLock(\.wish.enabled) ? History(path: folder.history) : nil
  }

  /// Where recordings lie while they are made.
  var spool: String { folder.spool }

  /// Begins: forgets what is too old, and takes up what a daemon that died left behind.
  func begin() {
    files.perform { [self] in
      forgetOld()
      takeUp()
    }
  }

  /// Keeps other things from now on; called on the thread for files.
  ///
  /// - Parameter wish: What the user wants to be kept.
  /// - Throws: An error naming the folder; then nothing changes.
  func configure(_ wish: Configuration.History) throws(ServiceError) {
    if wish.enabled { try folder.prepare() }
    let wasEnabled = contents.withLock { contents in
      defer { contents.wish = wish }
      return contents.wish.enabled
    }
    if !wasEnabled { begin() }
  }

  // MARK: - For clients

  /// Answers with the newest dictations, the newest first.
  ///
  /// - Parameters:
  ///   - limit: How many at most; nil for all.
  ///   - after: The dictation that they came after; nil for all.
  ///   - address: Who wants them.
  func list(_ limit: Int?, after: String?, for address: ReplyAddress) {
    answer(address) { [history] () throws(ServiceError) in
      try history?.newest(limit ?? .max, after: after) ?? []
    }
  }

  /// Finds a dictation whose recording is kept, or answers that there is none.
  ///
  /// - Parameters:
  ///   - id: Its name; nil for the newest.
  ///   - address: Who wants it.
  ///   - body: Gets its entry and its recording.
  func find(
    _ id: String?, for address: ReplyAddress,
    _ body: @escaping @Sendable (HistoryEntry, Take) -> Void
  ) {
    files.perform(for: address) { [self, history] in
      do throws(ServiceError) {
        let found = try history?.newest(1) { id == nil ? $0.audio != nil : $0.id == id }.first
        guard let found else {
          throw ServiceError(
            code: .history,
            message: id.map { "\($0): no such dictation" }
              ?? "no dictation is left to be transcribed")
        }
        guard let path = history?.recording(of: found), let take = Take(leftBehind: path) else {
          throw ServiceError(
            code: .history, message: "\(found.id): its recording is not there any more")
        }
        body(found, take)
      } catch {
        messenger.reply(.failure(error), to: address)
      }
    }
  }

  /// Remembers what was transcribed after all, and answers with it.
  func replace(_ entry: HistoryEntry, _ take: Take, for address: ReplyAddress) {
    // It is done whoever waits for the answer: the work is over.
    files.perform { [self, history] in
      let result = Result { () throws(ServiceError) in
        try history?.rewrite { $0.id == entry.id ? entry : $0 }
        take.discard()
        return entry
      }
      messenger.reply(result.erased, to: address)
    }
  }

  private func answer(
    _ address: ReplyAddress,
    _ body: @escaping @Sendable () throws(ServiceError) -> some Encodable & Sendable
  ) {
    files.perform(for: address) { [messenger] in
      messenger.reply(Result(catching: body).erased, to: address)
    }
  }

  // MARK: - For the engine

  /// Remembers a dictation; its recording stays where it could not be transcribed.
  func keep(_ entry: HistoryEntry, _ take: Take, in history: History) {
    files.perform { [self] in
      add(entry, take, to: history)
      forgetOld()
    }
  }

  /// Remembers what a daemon that died left behind, where there is something to remember, and takes
  /// up the next.
  func keepRecovered(_ entry: HistoryEntry, _ take: Take) {
    files.perform { [self] in
      guard let history else { return }
      if entry.outcome == .failed || !entry.text.isEmpty {
        add(entry, take, to: history)
      } else {
        take.discard()
      }
      takeUpNext()
    }
  }

  /// Removes a recording that nobody needs.
  func discard(_ take: Take) { files.perform { take.discard() } }

  // MARK: - On the thread for files

  private func add(_ entry: HistoryEntry, _ take: Take, to history: History) {
    do throws(ServiceError) {
      if entry.outcome == .failed { take.seal() }
      try history.append(entry)
      if entry.outcome != .failed { take.discard() }
      if take.exposure == nil { status.settle(.storage) }
    } catch {
      // The recording stays in the spool, where the next start finds it.
      status.report(error, about: .storage)
    }
  }

  /// Rids the history of what is too old: at start and then, when something is added, once a day.
  private func forgetOld() {
    let retention: Duration? = contents.withLock { contents in
      let age = contents.lastForgetting?.duration(to: .now)
      guard contents.wish.enabled, age.map({ $0 > .seconds(86_400) }) ?? true else { return nil }
      contents.lastForgetting = .now
      return contents.wish.retention
    }
    guard let history, let retention else { return }
    do throws(ServiceError) {
      try history.forget(before: Date.now - retention / .seconds(1))
    } catch {
      status.report(error, about: .storage)
    }
  }

  /// Takes up what a daemon that died left behind.
  private func takeUp() {
    guard let history else { return }
    do throws(ServiceError) {
      let paths = folder.recordings
      guard !paths.isEmpty else { return }
      let known = Dictionary(
        try history.newest().map { ($0.id, $0.outcome) }, uniquingKeysWith: { newest, _ in newest })
      var unknown: [String] = []
      for path in paths {
        switch known[Take.id(path)] {
        case nil: unknown.append(path)
        case .failed: break
        // The other daemon died between writing and removing.
        case .done, .recovered: Take(leftBehind: path)?.discard()
        }
      }
      contents.withLock { $0.leftBehind = unknown.reversed() }
      takeUpNext()
    } catch {
      status.report(error, about: .storage)
    }
  }

  /// Opens one recording at a time, however many there are.
  private func takeUpNext() {
    while let path = contents.withLock({ $0.leftBehind.popLast() }) {
      if let take = Take(leftBehind: path) { return recovering(take) }
    }
  }
}
