package import System

/// The files of a watched folder: which are whole by now, and which are still being written.
///
/// A file is whole when who wrote it closed it, when it was moved to where it is, or when it has
/// stood still for long enough: its size and its time are what they were. What was taken before is
/// taken again where it has changed. Knows no clock and no disk.
package struct Arrivals {
  package typealias Instant = ContinuousClock.Instant

  /// How much is known of the writing of a file.
  private enum Writing { case unknown, begun, over }

  /// What a file is when it is looked at.
  private struct Look: Equatable {
    let size: Int
    let modified: Int
  }

  private struct File {
    var look: Look?
    /// Since when it has been so.
    var since: Instant
    var writing = Writing.unknown
    /// Whether it was not looked at since somebody told of it.
    var isNews = false
    var isTaken = false
  }

  /// How long one has to stand still of which nobody told anything.
  var patience: Duration
  private var files: [String: File] = [:]

  /// How long one has to stand still that somebody began to write, and did not close.
  private static let patienceWithWriters = Duration.seconds(60)

  /// Knows no file yet.
  package init(patience: Duration) { self.patience = patience }

  /// Somebody made a file.
  package mutating func begin(_ path: String, at now: Instant) {
    files[path] = File(since: now, writing: .begun)
  }

  /// Somebody closed a file, or moved it to where it is.
  package mutating func end(_ path: String, at now: Instant) {
    files[path, default: File(since: now)].writing = .over
    files[path]?.isNews = true
  }

  /// Takes in what a file is now; nil for one that is not there.
  package mutating func look(at path: String, _ status: FileStatus?, at now: Instant) {
    guard let status, status.kind == .regular else {
      files[path] = nil
      return
    }
    let look = Look(size: status.size, modified: status.modified)
    var file = files[path] ?? File(since: now)
    if file.look != look {
      (file.look, file.since, file.isTaken) = (look, now, false)
      // Somebody writes it again.
      if file.writing == .over, !file.isNews { file.writing = .unknown }
    }
    file.isNews = false
    files[path] = file
  }

  /// Forgets all files but those that are there.
  package mutating func keep(_ paths: Set<String>) {
    files = files.filter { paths.contains($0.key) }
  }

  /// Forgets that a file was taken: it is taken again when it has stood still for so long.
  package mutating func giveBack(_ path: String, at now: Instant, after pause: Duration) {
    files[path]?.isTaken = false
    files[path]?.writing = .unknown
    files[path]?.since = now + pause - patience
  }

  /// The files that may be whole, and have to be looked at before they are taken.
  package var waiting: [String] { files.filter { !$0.value.isTaken || $0.value.isNews }.map(\.key) }

  /// Takes the files that are whole.
  ///
  /// - Returns: Their paths, those first that came first.
  package mutating func take(at now: Instant) -> [String] {
    let found = files.filter { whole($0.value).map { $0 <= now } ?? false }
    for path in found.keys { files[path]?.isTaken = true }
    return found.sorted { ($0.value.since, $0.key) < ($1.value.since, $1.key) }.map(\.key)
  }

  /// When the next file will be whole, if it stands still.
  package var next: Instant? { files.values.compactMap(whole).min() }

  /// When a file is whole if it stands still; nil for what is taken.
  private func whole(_ file: File) -> Instant? {
    guard file.look != nil, !file.isTaken else { return nil }
    return switch file.writing {
    case .unknown: file.since + patience
    case .begun: file.since + Self.patienceWithWriters
    case .over: file.since
    }
  }
}
