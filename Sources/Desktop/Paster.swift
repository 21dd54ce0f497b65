/// Pastes text where the cursor is, and puts the clipboard back.
package struct Paster: Sendable {
  private let session: DesktopSession
  private let driver: TypingDriver
  private let keys: PasteKeys
  private let keeper: ClipboardKeeper

  /// A paster for a session.
  ///
  /// - Parameters:
  ///   - session: Where to paste.
  ///   - driver: The tool that presses the keys; by default the session's best.
  ///   - keys: What windows paste with.
  ///   - keeper: Holds what is put back.
  /// - Throws: `.noSession`, or `.noTool` where no tool is installed that could press keys.
  package init(
    session: DesktopSession, driver: TypingDriver? = nil, keys: PasteKeys = PasteKeys(),
    keeper: ClipboardKeeper = ClipboardKeeper()
  ) throws(DesktopError) {
    self.session = session
    self.driver = try DriverChoice.all(for: session, forced: driver)[0].driver
    self.keys = keys
    self.keeper = keeper
  }

  /// Pastes a text and waits until it was taken.
  ///
  /// - Returns: What the user should know: that the clipboard could not be put back as it was.
  ///   Mostly nothing.
  /// - Throws: `.notPasted` where no window asks for the text, which then stays on the clipboard,
  ///   as it does when the keys cannot be pressed; `.clipboardTaken`; `.noTool` or `.toolFailed`.
  package func paste(_ text: String) throws(DesktopError) -> [String] {
    let text = KeystrokeText(text).text
    guard !text.isEmpty else { return [] }
    let clipboard = try session.clipboard()
    let keystrokes = driver.keystrokes(in: session)
    // While they wait for a key to be let go, the clipboard is still the user's.
    try keystrokes.waitUntilReady()
    let window = FocusedWindow(in: session)
    let chord = keys.chord(for: window)
    let selections = chord.selections
    let end = ContinuousClock.now + ClipboardLimits.time
    let before = selections.map { ($0, clipboard.content(of: $0, until: end)) }
    let dictated = ClipboardContent.dictated(text)
    clipboard.offer(dictated, on: selections, first: window)
    // Those who watch the clipboard ask now, and shall not be taken for the window.
    clipboard.serveUntilQuiet(.milliseconds(40))
    let requests = clipboard.requests
    do throws(DesktopError) {
      try keystrokes.press(chord)
      try waitUntilTaken(clipboard, after: requests, chord)
    } catch {
      // The text stays; the other selection does not need to hold it.
      let rest = before.filter { $0.0 != .clipboard }
      _ = try putBack(rest + [(.clipboard, dictated)], clipboard)
      throw error
    }
    return try putBack(before, clipboard)
  }

  /// Waits until the window has the text.
  private func waitUntilTaken(
    _ clipboard: any ClipboardConnection, after count: Int, _ chord: Chord
  ) throws(DesktopError) {
    clipboard.serve(.seconds(3)) { clipboard.requests > count || clipboard.owned.isEmpty }
    guard clipboard.requests > count else {
      throw clipboard.owned.isEmpty ? .clipboardTaken : .notPasted(chord: chord.description)
    }
    // It may ask again, for other types or once more.
    clipboard.serveUntilQuiet(.milliseconds(150))
  }

  /// Puts back what stood on selections before.
  ///
  /// - Returns: What the user should know.
  private func putBack(
    _ before: [(Selection, ClipboardContent?)], _ clipboard: any ClipboardConnection
  ) throws(DesktopError) -> [String] {
    var notes: [String] = []
    var kept: [Selection: ClipboardContent] = [:]
    // Whoever copied something meanwhile keeps it.
    for (selection, content) in before where clipboard.owned.contains(selection) {
      clipboard.replace(with: content, on: selection)
      guard let content else {
        if selection == .clipboard {
          notes.append("what was on the clipboard before could not be read, and is gone")
        }
        clipboard.clear(selection)
        continue
      }
      if !content.missing.isEmpty, selection == .clipboard {
        let types = content.missing.prefix(5).joined(separator: ", ")
        notes.append("of what was on the clipboard before, this could not be read: \(types)")
      }
      if content.items.isEmpty { clipboard.clear(selection) } else { kept[selection] = content }
    }
    try keeper.take(kept, from: clipboard, in: session)
    clipboard.serve(.seconds(5)) { !clipboard.isBusy }
    return notes
  }
}
