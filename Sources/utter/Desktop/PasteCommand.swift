import ArgumentParser
import Desktop

/// `utter paste`: what is dictated, pasted where the cursor is.
struct PasteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paste", abstract: "Paste what is dictated where the cursor is.",
    discussion: """
      Follows the daemon and pastes each dictation: puts it on the clipboard, presses the keys \
      that paste, waits until a window took it, and puts back what was on the clipboard. One type \
      of that is kept: text before pictures before others. A clipboard manager may remember the \
      text.
      """)

  @OptionGroup var options: DesktopOptions

  func run() throws {
    try reportingFailure {
      if options.dryRun { return try options.explain() }
      let paster = try Paster(
        session: DesktopSession(), driver: options.wantedDriver(), chord: options.chord)
      try options.forEachText { try paster.paste($0) }
    }
  }
}
