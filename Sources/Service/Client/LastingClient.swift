package import Foundation
internal import System

/// What a daemon tells, and those after it: the connection is made again as soon as another daemon
/// listens, and dictations that ended meanwhile come from the history.
///
/// It belongs to one thread at a time.
package struct LastingClient: ~Copyable {
  /// What there is to know.
  package enum News {
    /// The daemon tells something, in this line.
    case notification(Notification, line: Data)
    /// No daemon listens, for this reason; told once until one does.
    case absent(ClientError)
    /// A daemon listens, for the first time or again.
    case present
    /// The other descriptor has something to tell.
    case interruption
  }

  private let place: SocketPath
  private let topics: Set<Topic>
  private var client: DaemonClient?
  private var arrival: SocketArrival
  /// When the time began of which nothing is known; nil while there is none.
  private var gap: Date?
  /// When `next` returned last: until then the connection was watched.
  private var watched = Date.now
  private var isAbsenceTold = false
  /// The last dictations that were told of, the newest last.
  private var known: [String] = []
  private var missed: ArraySlice<FinalText> = []
  /// Those that came from the history, and may be on their way as notifications too.
  private var caughtUp: Set<String> = []

  /// Dictations that are remembered, and asked for, at most.
  private static let memory = 64
  /// Seconds that a daemon has to answer: one that hangs is as good as none.
  private static let patience = 5

  /// Is told about some topics of the daemon at a place, from now on.
  package init(_ place: SocketPath, on topics: Set<Topic>) {
    self.place = place
    self.topics = topics
    arrival = SocketArrival(place)
  }

  /// Is told about some topics of the daemon that the environment names, from now on.
  ///
  /// - Throws: Where it names none.
  package init(on topics: Set<Topic>) throws(ClientError) {
    do throws(SocketError) {
      self.init(try SocketPath(), on: topics)
    } catch {
      throw .notRunning(error)
    }
  }

  /// Waits for news.
  ///
  /// - Parameter other: A descriptor whose news come first.
  /// - Returns: The news.
  package mutating func next(orReadable other: Int32? = nil) -> News {
    defer { watched = .now }
    while true {
      if let text = missed.popFirst() {
        let news = Notification.final(text)
        return .notification(news, line: Data((Wire.line(news) ?? []).dropLast()))
      }
      guard let client else {
        if let news = connect(orReadable: other) { return news }
        continue
      }
      let wasIdle = client.isIdle
      do throws(ClientError) {
        guard let line = try client.line(orReadable: other) else { return .interruption }
        guard let news = try? Wire.decoder.decode(Notification.self, from: line) else { continue }
        if case .final(let text) = news {
          if caughtUp.contains(text.id) { continue }
          remember(text.id)
        }
        return .notification(news, line: line)
      } catch {
        self.client = nil
        gap = wasIdle ? .now : watched
        isAbsenceTold = true
        return .absent(error)
      }
    }
  }

  /// Tries to connect, and waits a while where that fails.
  private mutating func connect(orReadable other: Int32?) -> News? {
    arrival.prepare()
    do throws(ClientError) {
      let client = try DaemonClient(place)
      client.giveUp(after: Self.patience)
      try client.subscribe(to: topics)
      client.giveUp(after: 0)
      catchUp()
      (self.client, gap, isAbsenceTold) = (client, nil, false)
      arrival = SocketArrival(place)
      return .present
    } catch {
      if gap == nil { gap = watched }
      guard isAbsenceTold else {
        isAbsenceTold = true
        return .absent(error)
      }
      return arrival.wait(orReadable: other) ? .interruption : nil
    }
  }

  /// Asks for the dictations that ended since the connection broke, on a connection of its own: an
  /// answer that does not come holds up nothing else.
  private mutating func catchUp() {
    guard let gap, topics.contains(.final), let client = try? DaemonClient(place) else { return }
    client.giveUp(after: Self.patience)
    // Much earlier, for it may have begun before.
    let last = known.last ?? DictationName.begin(at: gap - 3_600)
    let request = Request.listHistory(limit: Self.memory, after: last)
    let entries = (try? client.call(request, as: [HistoryEntry].self)) ?? []
    let news = entries.reversed().filter {
      $0.outcome == .done && $0.ended(since: gap) && !known.contains($0.id)
    }
    caughtUp = Set(news.map(\.id))
    for entry in news {
      missed.append(FinalText(entry))
      remember(entry.id)
    }
  }

  private mutating func remember(_ id: String) { known = known.suffix(Self.memory - 1) + [id] }
}

extension HistoryEntry {
  /// Whether the dictation ended at a time or later; its begin is known to the second.
  fileprivate func ended(since time: Date) -> Bool {
    guard let begin = try? Date(self.time, strategy: .iso8601) else { return false }
    return begin + audioMs / 1_000 + 1 >= time
  }
}

extension FinalText {
  /// What the history knows of a dictation: neither words nor times.
  fileprivate init(_ entry: HistoryEntry) {
    self.init(
      id: entry.id, text: entry.text, raw: entry.text, words: [], audioMs: entry.audioMs,
      latencyMs: .init(release: 0, features: 0, encoder: 0, decoder: 0, formatting: 0), terms: [])
  }
}
