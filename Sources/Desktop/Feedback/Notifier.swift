internal import System

/// Shows messages on the user's desktop.
///
/// Nobody waits for that, and where it fails nothing happens: the message was printed too.
package struct Notifier: Sendable {
  private let session: DesktopSession

  /// A notifier for a session.
  package init(session: DesktopSession) { self.session = session }

  /// Shows a message, with `notify-send` or by asking the desktop's notification service.
  ///
  /// - Parameters:
  ///   - summary: One line.
  ///   - body: What follows; may be empty.
  package func show(_ summary: String, _ body: String) {
    let body = Self.escaped(body)
    let icon = "audio-input-microphone"
    let tools = [
      ("notify-send", ["--app-name=Utter", "--icon=\(icon)", "--", summary, body]),
      (
        "busctl",
        [
          "--user", "call", "org.freedesktop.Notifications", "/org/freedesktop/Notifications",
          "org.freedesktop.Notifications", "Notify", "susssasa{sv}i", "Utter", "0", icon, "--",
          summary, body, "0", "0", "-1",
        ]
      ),
    ]
    for (tool, arguments) in tools {
      guard let running = try? session.start(tool, arguments) else { continue }
      return running.letGo()
    }
  }

  /// Text for a service that may take it for HTML.
  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
