import ArgumentParser
import Desktop
import Service

/// `utter paste`: what is dictated, pasted where the cursor is.
struct PasteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paste", abstract: "Paste what is dictated where the cursor is.",
    discussion: """
      Follows the daemon and pastes each dictation: puts it on the clipboard, presses the keys \
      that the window pastes with, waits until it took the text, and puts back what was on the \
      clipboard, in all its types. Programs that remember what was copied are told not to keep \
      the text. A small process holds what was put back, until something else is copied.
      """)

  @OptionGroup var options: DesktopOptions

  func run() throws {
    try reportingFailure {
      let configuration = try Configuration.load()
      let settings = configuration.typing
      if options.dryRun { return try options.explain(settings) }
      let session = DesktopSession()
      let driver = options.wantedDriver(settings)
      let paster = try Paster(
        session: session, driver: driver, keys: options.pasteKeys(configuration.pasting))
      let typist = try Typist(session: session, driver: driver, fallback: .none)
      try options.forEachText(for: "utter paste", in: session, configuration) { text, keys in
        // What is pasted presses no key.
        let plain = keys.prefix { !"\n\t\u{1B}".contains($0) }
        let notes = try paster.paste(text + plain)
        return try notes + typist.type("", then: String(keys.dropFirst(plain.count)))
      }
    }
  }
}
