import ArgumentParser
import Desktop

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
      if options.dryRun { return try options.explain() }
      let paster = try Paster(
        session: DesktopSession(), driver: options.wantedDriver(), keys: options.pasteKeys())
      try options.forEachText { try paster.paste($0) }
    }
  }
}
