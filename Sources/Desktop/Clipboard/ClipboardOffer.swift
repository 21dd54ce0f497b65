internal import System

/// A text on the clipboard, and who asked for it.
///
/// Neither tool reports that a window took the text, but both can be made to talk: libwayland logs
/// its messages, and xclip announces each request it waits for. So the old content comes back
/// after the text was handed over and not after a guess at how long that takes.
final class ClipboardOffer {
  /// What the tool's log looks like.
  enum Log { case wayland, xclip }

  private let tool: ChildProcess
  private let log: Log

  init(_ tool: ChildProcess, log: Log) {
    self.tool = tool
    self.log = log
  }

  /// Whether somebody else took the clipboard.
  var hasEnded: Bool { tool.wait(.zero) != nil }

  /// How often the text was asked for.
  var requests: Int {
    let text = tool.messageText
    switch log {
    case .wayland: return text.occurrences(of: ".send(\"")
    // The one that it waits for is announced too.
    case .xclip: return max(0, text.occurrences(of: "selection request number") - 1)
    }
  }

  private var isMade: Bool {
    let text = tool.messageText
    return switch log {
    case .wayland: text.contains("set_selection(")
    case .xclip: text.contains("selection request number")
    }
  }

  /// Waits until the text stands on the clipboard and those who watch it have taken their copy:
  /// until 50 ms went by without a request.
  func waitUntilMade() {
    waitUntil(.seconds(2)) { isMade }
    waitUntilQuiet(.milliseconds(50))
  }

  /// Waits for a request after the first so many, and until 200 ms went by without another:
  /// clipboard managers ask too, perhaps before the window does.
  ///
  /// - Returns: False where nobody asked for 3 s.
  func waitUntilTaken(after count: Int) -> Bool {
    let isTaken = waitUntil(.seconds(3)) { requests > count || hasEnded } && requests > count
    if isTaken { waitUntilQuiet(.milliseconds(200)) }
    return isTaken
  }

  /// Waits for the tool's own end, which a new owner of the clipboard brings about and in which it
  /// removes its files.
  func waitUntilReplaced() { _ = tool.wait(.seconds(1)) }

  /// Lets the text stand when this program ends.
  func leave() { tool.letGo() }

  private func waitUntilQuiet(_ time: Duration) {
    var last = (count: requests, at: ContinuousClock.now)
    waitUntil(.seconds(3)) {
      let count = requests
      if count != last.count { last = (count, .now) }
      return hasEnded || ContinuousClock.now - last.at >= time
    }
  }

  @discardableResult
  private func waitUntil(_ limit: Duration, _ condition: () -> Bool) -> Bool {
    let end = ContinuousClock.now + limit
    while !condition() {
      // Returns at once when the tool has ended, which ends most waits.
      guard ContinuousClock.now < end, tool.wait(.milliseconds(10)) == nil else {
        return condition()
      }
    }
    return true
  }
}

extension String {
  fileprivate func occurrences(of part: String) -> Int { ranges(of: part).count }
}
