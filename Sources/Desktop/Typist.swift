/// What to do with a text that the keys cannot make.
package enum TypingFallback: String, CaseIterable, Sendable {
  /// Paste it.
  case paste
  /// Fail, and leave it in the history.
  case none
}

/// Types text where the cursor is.
package struct Typist: Sendable {
  private let session: DesktopSession
  private let choices: [DriverChoice]
  private let fallback: TypingFallback
  private let keys: PasteKeys
  private let keeper: ClipboardKeeper
  private let delay: Duration?

  /// A typist for a session.
  ///
  /// - Parameters:
  ///   - session: Where to type.
  ///   - driver: The tool to use; by default the session's best.
  ///   - fallback: For text that the tool cannot type.
  ///   - keys: What windows paste with, for the fallback.
  ///   - keeper: Holds what stood on the clipboard before that.
  ///   - delay: What to wait after each character; by default what the tool needs.
  /// - Throws: `.noSession`, or `.noTool` where no tool is installed that could type.
  package init(
    session: DesktopSession, driver: TypingDriver? = nil, fallback: TypingFallback = .paste,
    keys: PasteKeys = PasteKeys(), keeper: ClipboardKeeper = ClipboardKeeper(),
    delay: Duration? = nil
  ) throws(DesktopError) {
    self.delay = delay
    self.session = session
    self.fallback = fallback
    self.keys = keys
    self.keeper = keeper
    choices = try DriverChoice.all(for: session, forced: driver)
  }

  /// The tool that is tried first.
  package var choice: DriverChoice { choices[0] }

  /// Types a text, without control characters other than line ends and tabs.
  ///
  /// - Parameters:
  ///   - text: What to type.
  ///   - keys: What to press then: characters, among which may be Escape.
  /// - Returns: What the user should know: that it was pasted instead, and why. Mostly nothing.
  /// - Throws: `.untypable` where characters cannot be typed and nothing shall be pasted, with
  ///   nothing typed; `.toolFailed` when a part may stand there; what `Paster` throws.
  package func type(_ text: String, then keys: String = "") throws(DesktopError) -> [String] {
    let text = KeystrokeText(text, then: keys)
    guard !text.text.isEmpty else { return [] }
    for choice in choices.dropLast() {
      do throws(DesktopError) {
        return try type(text, with: choice.driver)
      } catch {
        guard Self.isRefusal(error) else { throw error }
      }
    }
    return try type(text, with: choices[choices.count - 1].driver)
  }

  private func type(_ text: KeystrokeText, with driver: TypingDriver) throws(DesktopError)
    -> [String]
  {
    let keystrokes = driver.keystrokes(in: session, delay: delay)
    guard let (characters, reason) = try keystrokes.untypable(in: text) else {
      try keystrokes.type(text)
      return []
    }
    let some = characters.sorted().prefix(10)
    let error = DesktopError.untypable(
      name: driver.rawValue, characters: Array(some), reason: reason)
    guard fallback == .paste else { throw error }
    let paster = try Paster(session: session, driver: driver, keys: keys, keeper: keeper)
    let notes = try paster.paste(text.said)
    if !text.keys.isEmpty { try keystrokes.type(KeystrokeText("", then: text.keys)) }
    return ["\(error.description); pasted it"] + notes
  }

  /// Whether the compositor refused the tool before it typed anything.
  private static func isRefusal(_ error: DesktopError) -> Bool {
    guard case .toolFailed("wtype", let reason) = error else { return false }
    return reason.contains("does not support the virtual keyboard protocol")
  }
}
