internal import Audio
internal import Glibc
internal import System

/// A folder in which recordings appear, and the folders in it.
///
/// The system tells what happens in it; where it cannot, on network file systems or where there are
/// too many folders, it is looked at again and again. Used by one thread.
package final class WatchedFolder {
  /// What somebody should know who watches it.
  package enum Notice: Equatable, Sendable {
    /// It is not there any more.
    case gone
    /// It is there again.
    case back
    /// It is looked at every so many seconds, for a reason.
    case polls(every: Duration, reason: String)
    /// A folder in it cannot be read.
    case unreadable(String, reason: String)
  }

  private typealias Instant = ContinuousClock.Instant

  /// The folder, as the user named it.
  package let path: String
  private let tell: (Notice) -> Void
  private var interval: Duration?
  private var arrivals: Arrivals
  private var events: FolderEvents?
  private var nextScan = Instant.now
  private var isGone = false
  private var unreadable: Set<String> = []

  /// How often a folder is looked at where the system does not tell.
  private static let usualInterval = Duration.seconds(10)
  /// How often it is looked at where the system tells.
  private static let longestInterval = Duration.seconds(3600)
  /// How long a file has to stand still that was there before anybody watched.
  private static let usualPatience = Duration.seconds(2)

  /// Watches a folder.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - interval: How often to look at it; nil to let the system tell, where it can.
  ///   - tell: Gets what somebody should know, while `next` waits.
  /// - Throws: `TranscriptionError.unreadable` where it is not there, or no folder.
  package init(
    _ path: String, lookingEvery interval: Duration? = nil,
    _ tell: @escaping (Notice) -> Void
  ) throws(TranscriptionError) {
    (self.path, self.interval, self.tell) = (path, interval, tell)
    arrivals = Arrivals(patience: interval ?? Self.usualPatience)
    do throws(Errno) {
      guard try FileStatus(of: path).kind == .directory else { throw Errno(ENOTDIR) }
      _ = try readFolder(path)
    } catch {
      throw .unreadable(path: path, reason: error.description)
    }
  }

  /// Waits for recordings that are whole.
  ///
  /// - Parameter limit: How long at most; nil for ever.
  /// - Returns: Their paths, those first that came first; none where none came in time. Each is
  ///   given once, and again when it has changed.
  package func next(within limit: Duration? = nil) -> [String] {
    let deadline = limit.map { Instant.now + $0 }
    while true {
      // First, for who was busy in the meantime does not know yet what is being written.
      if let events, learn(from: events) { nextScan = .now }
      let now = Instant.now
      if nextScan <= now { scan(at: now) }
      for path in arrivals.waiting { look(at: path, now) }
      let found = arrivals.take(at: now).filter(isRecording)
      if !found.isEmpty { return found }
      if let deadline, deadline <= now { return [] }
      wait(until: [nextScan, arrivals.next, deadline].compactMap(\.self).min() ?? nextScan)
    }
  }

  /// Gives a recording again after some time, for what failed was not its fault.
  package func giveBack(_ path: String, after pause: Duration = .seconds(60)) {
    arrivals.giveBack(path, at: .now, after: pause)
  }

  private func wait(until end: Instant) {
    let limit = max(.zero, Instant.now.duration(to: end))
    _ = firstReadable(events.map { [$0.number] } ?? [], within: limit)
  }

  /// Takes in what the system tells.
  ///
  /// - Returns: Whether all has to be looked at.
  private func learn(from events: FolderEvents) -> Bool {
    let now = Instant.now
    var isConfused = false
    for event in events.take() {
      switch event {
      case .begun(let path): arrivals.begin(path, at: now)
      case .whole(let path): arrivals.end(path, at: now)
      case .confused: isConfused = true
      }
    }
    return isConfused
  }
}

// MARK: - Looking

extension WatchedFolder {
  /// Looks at everything, and lets the system tell from then on.
  private func scan(at now: Instant) {
    let before = events
    // Before the look, so that nothing is missed between both.
    events = interval == nil ? try? FolderEvents() : nil
    var found: Set<String> = []
    var refused: Set<String> = []
    walk(path) { item in
      switch item {
      case .folder(let folder): watch(folder)
      case .file(let path, let status):
        found.insert(path)
        arrivals.look(at: path, status, at: now)
      case .unreadable(let folder, let error):
        if error.code == ENOENT || error.code == ENOTDIR { return }
        refused.insert(folder)
        if !unreadable.contains(folder) {
          tell(.unreadable(folder, reason: error.description))
        }
      }
    }
    unreadable = refused
    if let before { _ = learn(from: before) }
    let isThere = (try? FileStatus(of: path))?.kind == .directory
    if isThere == isGone {
      isGone = !isThere
      tell(isGone ? .gone : .back)
    }
    // What is gone for a moment, as a disk that is mounted anew, is not to be heard again.
    if isThere { arrivals.keep(found) }
    let isTold = isThere && events != nil && refused.isEmpty
    nextScan = now + (isTold ? Self.longestInterval : interval ?? Self.usualPatience)
  }

  /// Lets the system tell what happens in a folder, or says why it is looked at instead.
  private func watch(_ folder: String) {
    guard interval == nil else { return }
    do throws(Errno) {
      if try isChangedUnseen(folder) {
        return poll(because: "other machines may change \(folder) unseen")
      }
      guard let events else { throw Errno(EMFILE) }
      try events.add(folder)
    } catch {
      // A folder that went meanwhile is none; of one that may not be read nothing can be told.
      guard ![ENOENT, ENOTDIR, EACCES].contains(error.code) else { return }
      poll(because: "the system does not tell of \(folder): \(error.description)")
    }
  }

  private func poll(because reason: String) {
    (interval, events) = (Self.usualInterval, nil)
    arrivals.patience = Self.usualInterval
    tell(.polls(every: Self.usualInterval, reason: reason))
  }

  private func look(at path: String, _ now: Instant) {
    arrivals.look(at: path, try? FileStatus(of: path), at: now)
  }

  /// Whether a file is a recording, and not one that a program still fetches under another name.
  private func isRecording(_ path: String) -> Bool {
    let name = FilePath(path).name.bytes
    let isPart = Self.endings.contains { name.suffix($0.utf8.count).elementsEqual($0.utf8) }
    guard name.first != UInt8(ascii: "."), !isPart else { return false }
    return (try? RecordingSignature.isThere(in: path)) ?? true
  }

  /// What is at the end of names of files that are still being fetched.
  private static let endings = [".part", ".partial", ".tmp", ".crdownload", ".download", "~"]
}
