import ArgumentParser
import Desktop
import Service

/// `utter type`: what is dictated, typed where the cursor is.
struct TypeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "type", abstract: "Type what is dictated where the cursor is.",
    discussion: """
      Follows the daemon and types each dictation. The tool follows from the session: wtype where \
      the compositor lets programs be keyboards, dotool or ydotool on other Wayland desktops, \
      X11's test keys. Text that the tool cannot type is pasted instead.
      """)

  @OptionGroup var options: DesktopOptions

  @Option(help: "What to do with text that cannot be typed; paste by default.")
  var fallback: TypingFallback?

  func run() throws {
    try reportingFailure {
      if options.dryRun { return try options.explain() }
      let configured = try TypingFallback(rawValue: Configuration.load().typing.fallback)
      let typist = try Typist(
        session: DesktopSession(), driver: options.wantedDriver(),
        fallback: fallback ?? configured ?? .paste, keys: options.pasteKeys())
      try options.forEachText { try typist.type($0) }
    }
  }
}
