/// Shows messages on the user's desktop (Desktop Notifications Specification).
///
/// Where that fails nothing happens: the message was printed too. For one thread.
package final class Notifier {
  private let session: DesktopSession
  /// Kept, for what has to be started first shows only messages of those who are still there.
  private var bus: SessionBus?

  private static let service = SessionBus.Target(
    destination: "org.freedesktop.Notifications", path: "/org/freedesktop/Notifications",
    interface: "org.freedesktop.Notifications")
  /// How long to wait for one that does not answer: there is text to type.
  private static let patience = Duration.seconds(1)

  /// A notifier for a session.
  package init(session: DesktopSession) { self.session = session }

  /// Shows a message.
  ///
  /// - Parameters:
  ///   - summary: One line.
  ///   - body: What follows; may be empty.
  package func show(_ summary: String, _ body: String) {
    let arguments: [BusValue] = [
      .text("Utter"), .number(0), .text("audio-input-microphone"), .text(summary),
      .text(Self.escaped(body)), .array([], of: "s"), .options([:]), .signed(-1),
    ]
    _ = try? call("Notify", arguments)
  }

  /// What shows them, and its version; nil where nothing does.
  package var server: String? {
    guard let names = try? call("GetServerInformation", []), names.count > 2 else { return nil }
    return [names[0].text, names[2].text].compactMap(\.self).joined(separator: " ")
  }

  private func call(_ method: String, _ arguments: [BusValue]) throws(DesktopError) -> [BusValue] {
    // The bus may have been another one since the last message.
    if let bus {
      do throws(DesktopError) {
        return try bus.call(Self.service, method, arguments, within: Self.patience)
      } catch .noBus {
        self.bus = nil
      }
    }
    let bus = try SessionBus(session)
    self.bus = bus
    return try bus.call(Self.service, method, arguments, within: Self.patience)
  }

  /// Text for a service that may take it for HTML.
  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
