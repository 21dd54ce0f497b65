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
      Reads the keyboards themselves, which members of the group "input" may, and so knows \
      whether the key is down, whatever else is pressed and whatever the desktop does. All \
      programs get the key too, so take one that does nothing. The other way is to bind the press \
      and the release of a key to `utter record start` and `utter record stop` in the desktop.
      """)

  @Option(
    help: ArgumentHelp("The key, such as KEY_RIGHTCTRL, pause, f13 or a number.", valueName: "key"))
  var key = "KEY_RIGHTCTRL"

  @Flag(help: "Start with one press and stop with the next.")
  var toggle = false

  @Option(help: ArgumentHelp("The only device to read.", valueName: "path"))
  var device: String?

  @Flag(help: "List the devices that have the key, and end.")
  var list = false

  func run() throws {
    try reportingFailure {
      let key = try Key(key)
      if list {
        for device in try Hotkey.devices(with: key) { print("\(device)".printable) }
        return
      }
      let hotkey = try Hotkey(key, device: device)
      let signals = try SignalHandler([SIGINT, SIGTERM]) { _ in hotkey.stop() }
      defer { withExtendedLifetime(signals) {} }
      // As long as the key is held: where this program dies, the daemon lets go of the key.
      var holding: DaemonClient?
      try hotkey.run(notice: { tell($0) }) { change in
        // The daemon may be started after this program, and may be started again.
        do {
          guard let request = request(for: change) else { return }
          let client = try holding ?? DaemonClient()
          holding = change == .pressed && !toggle ? client : nil
          try client.answer(to: request)
        } catch {
          report(Failure(any: error))
        }
      }
    }
  }

  /// What a change of the key asks of the daemon.
  private func request(for change: Hotkey.Change) -> Request? {
    guard change == .pressed else { return toggle ? nil : .stopRecording() }
    var request = RecordingRequest(
      directory: FileManager.default.currentDirectoryPath, isAttached: !toggle)
    request.goInto(FocusLookup.forDictation().window)
    return toggle ? .toggleRecording(request) : .startRecording(request)
  }
}
