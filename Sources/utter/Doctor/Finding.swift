import System

/// What a check of `utter doctor` found.
struct Finding: Encodable {
  /// How bad it is.
  enum Level: String, Encodable {
    case ok
    /// Dictation works, but does less than it could.
    case warn
    /// Dictation does not work.
    case fail
  }

  /// What was looked at, in a word.
  let check: String
  let level: Level
  /// What was found, one line.
  let message: String
  /// The way out; nil where nothing is wrong.
  let hint: String?

  static func ok(_ check: String, _ message: String) -> Finding {
    Finding(check: check, level: .ok, message: message, hint: nil)
  }

  static func warn(_ check: String, _ message: String, hint: String?) -> Finding {
    Finding(check: check, level: .warn, message: message, hint: hint)
  }

  static func fail(_ check: String, _ message: String, hint: String?) -> Finding {
    Finding(check: check, level: .fail, message: message, hint: hint)
  }

  /// A line, and a second one for the hint.
  func text(colored: Bool) -> String {
    let color =
      switch level {
      case .ok: 32
      case .warn: 33
      case .fail: 31
      }
    let word = padded(level.rawValue, 4)
    let mark = colored ? "\u{1B}[\(color)m\(word)\u{1B}[0m" : word
    let line = "\(mark)  \(padded(check, 13))  \(message.printable)"
    return hint.map { "\(line)\n\(padded("", 21))hint: \($0.printable)" } ?? line
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
