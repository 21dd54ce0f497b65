package import Logging

/// A hub that writes what went wrong into the log too; never a word of what was said.
package final class LoggedHub: Hub {
  private let hub: any Hub
  private let log: Logger

  /// Passes everything on to a hub.
  package init(_ hub: any Hub, log: Logger) {
    self.hub = hub
    self.log = log
  }

  /// Sends a notification to all who subscribed to its topic.
  package func publish(_ notification: Notification) {
    switch notification {
    case .error(let complaint):
      log.error("\(complaint.message)\(complaint.hint.map { "; \($0)" } ?? "")")
    case .dropped(let samples): log.warning("\(samples) samples of the microphone are lost")
    case .state(let state): log.debug("\(state.rawValue)")
    case .partial, .final, .level: break
    }
    hub.publish(notification)
  }

  /// Answers a request.
  package func reply(
    _ answer: Result<any Encodable & Sendable, Complaint>, to address: ReplyAddress
  ) {
    hub.reply(answer, to: address)
  }

  /// Whether anybody subscribed to a topic.
  package func isWanted(_ topic: Topic) -> Bool { hub.isWanted(topic) }

  /// Clients that are connected.
  package var clients: Int { hub.clients }
}
