import ArgumentParser
import Desktop
import Service

/// `utter type`: what is dictated, typed where the cursor is.
struct TypeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "type", abstract: "Type what is dictated where the cursor is.",
    discussion: """
      Follows the daemon and types each dictation, with a space before it where the last one ended \
      with a word; waits for a daemon that does not run yet; ends with the session, in which there \
      can be one. The tool follows from the session: a keyboard of its own where the compositor \
      lets programs be keyboards, dotool or ydotool on other Wayland desktops and the desktop's \
      portal where neither is installed, X11's test keys. \
      Text that the tool cannot type is pasted instead.
      """)

  @OptionGroup var options: DesktopOptions

  @Option(help: "What to do with text that cannot be typed; paste by default.")
  var fallback: TypingFallback?

  @Option(
    help: ArgumentHelp(
      "What to wait after each character, such as 10ms; auto is as quick as windows take it.",
      valueName: "time"))
  var delay: TypingDelay?

  func run() throws {
    try reportingFailure {
      let configuration = try Configuration.load()
      let settings = configuration.typing
      if options.dryRun { return try options.explain(settings) }
      let session = DesktopSession()
      let typist = try Typist(
        session: session, driver: options.wantedDriver(settings),
        fallback: fallback ?? TypingFallback(rawValue: settings.fallback) ?? .paste,
        keys: options.pasteKeys(configuration.pasting), delay: delay.map(\.time) ?? settings.delay)
      try options.forEachText(for: "utter type", in: session, configuration) {
        try typist.type($0, then: $1)
      }
    }
  }
}
