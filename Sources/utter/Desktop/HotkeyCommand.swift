import ArgumentParser
import Desktop
import Foundation
import Service
import System

/// `utter hotkey`: hold-to-talk where the desktop cannot bind the release of a key.
struct HotkeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hotkey", abstract: "Dictate while a key is held.",
    discussion: """
      On Wayland, a desktop that watches keys for programs (KDE Plasma, by its portal) is asked to \
      do so: no group is needed, and the keys stand among its own settings. --shortcut proposes \
      some, which count the first time; the desktop remembers them, and --bind gives it others. \
      There are two, one to hold and one to press, and --toggle says that the latter is meant.

      Otherwise, or with --key, it reads the keyboards themselves, which members of the group \
      "input" may, and so knows whether the key is down, whatever else is pressed and whatever the \
      desktop does. All programs get the key too, so take one that does nothing. The other way is \
      to bind the press and the release of a key to `utter record start` and `utter record stop` \
      in the desktop.
      """)

  @Option(
    help: ArgumentHelp(
      "Read the keyboards for this key, such as KEY_RIGHTCTRL, pause, f13 or a number. (default "
        + "where the desktop watches no keys: KEY_RIGHTCTRL)", valueName: "key"))
  var key: String?

  @Option(
    help: ArgumentHelp(
      "Ask the desktop to watch these keys, such as super+f9. (default where it does: super+f9)",
      valueName: "keys"))
  var shortcut: String?

  @Option(
    help: ArgumentHelp(
      "Let the desktop keep these keys in place of those that it remembers, and end.",
      valueName: "keys"))
  var bind: String?

  @Flag(help: "Let the desktop forget all keys that it keeps for Utter, and end.")
  var unbind = false

  @Flag(help: "Start with one press and stop with the next; those are the keys that are meant.")
  var toggle = false

  @Option(help: ArgumentHelp("The only device to read.", valueName: "path"))
  var device: String?

  @Flag(
    help: """
      List the keys that the desktop keeps, or with --key or where it keeps none the devices that \
      have the key, and end.
      """)
  var list = false

  func validate() throws {
    let readsKeyboards = key != nil || device != nil
    guard [shortcut != nil, bind != nil, unbind, list].count(where: { $0 }) <= 1 else {
      throw ValidationError("--shortcut, --bind, --unbind and --list exclude each other")
    }
    guard !readsKeyboards || shortcut == nil && bind == nil && !unbind else {
      throw ValidationError("--shortcut, --bind, --unbind are the desktop's; --key, --device not")
    }
  }

  func run() throws {
    try reportingFailure {
      let session = DesktopSession()
      if bind != nil { return try show(try shortcuts(session).keep()) }
      if unbind {
        guard try shortcuts(session).forget() else { return tell("the desktop keeps no keys") }
        return tell("the desktop has forgotten the keys; the next `utter hotkey` proposes some")
      }
      if shortcut != nil || key == nil && device == nil && session.kind == .wayland {
        do {
          let shortcuts = try shortcuts(session)
          return try list ? show(shortcuts.kept()) : run(shortcuts)
        } catch DesktopError.noShortcuts where shortcut == nil {
        } catch let error as DesktopError where shortcut == nil && error.isRefusal {
          tell("\(error); reading the keyboards")
        }
      }
      try readKeyboards()
    }
  }

  private func readKeyboards() throws {
    let key = try Key(key ?? "KEY_RIGHTCTRL")
    if list {
      for device in try Hotkey.devices(with: key) { print("\(device)".printable) }
      return
    }
    let hotkey = try Hotkey(key, device: device)
    let signals = try SignalHandler([SIGINT, SIGTERM]) { _ in hotkey.stop() }
    defer { withExtendedLifetime(signals) {} }
    var hand = RecordingHand()
    try hotkey.run(notice: { tell($0) }) { change in
      switch change {
      case .pressed: hand.ask(toggle ? .toggle : .start)
      case .released where !toggle: hand.ask(.stop)
      case .released: break
      }
    }
  }

  /// What the desktop shall watch.
  private func shortcuts(_ session: DesktopSession) throws -> GlobalShortcuts {
    let keys = try ShortcutKeys(bind ?? shortcut ?? "super+f9")
    return try GlobalShortcuts(session: session, proposing: keys, for: toggle ? .toggle : .hold)
  }

  /// Prints what the desktop keeps.
  private func show(_ lines: [String]) throws {
    for line in lines { print(line.printable) }
    if lines.isEmpty { tell("the desktop keeps no keys for Utter; --bind gives it some") }
  }

  private func run(_ shortcuts: GlobalShortcuts) throws {
    let signals = try SignalHandler([SIGINT, SIGTERM]) { _ in shortcuts.stop() }
    defer { withExtendedLifetime(signals) {} }
    var hand = RecordingHand()
    try shortcuts.run(notice: { tell($0) }) { change in
      switch change {
      case .pressed: hand.ask(.start)
      case .released: hand.ask(.stop)
      case .toggled: hand.ask(.toggle)
      }
    }
  }
}

extension DesktopError {
  /// Whether the desktop would not watch a key, and not the session over.
  fileprivate var isRefusal: Bool {
    switch self {
    case .busCall, .notBound: true
    default: false
    }
  }
}

/// What a key asks of the daemon, which may be started after this program, and started again.
private struct RecordingHand {
  enum Wish { case start, stop, toggle }

  /// As long as the key is held: where this program dies, the daemon lets go of the key.
  private var holding: DaemonClient?

  /// Asks; what fails is reported.
  mutating func ask(_ wish: Wish) {
    do {
      let client = try holding ?? DaemonClient()
      holding = wish == .start ? client : nil
      try client.answer(to: request(for: wish))
    } catch {
      report(Failure(any: error))
    }
  }

  private func request(for wish: Wish) -> Request {
    if wish == .stop { return .stopRecording() }
    var request = RecordingRequest(
      directory: FileManager.default.currentDirectoryPath, isAttached: wish == .start)
    request.goInto(FocusLookup.forDictation().window)
    return wish == .start ? .startRecording(request) : .toggleRecording(request)
  }
}
