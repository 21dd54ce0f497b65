package import Logging
internal import System

/// A messenger that writes what went wrong into the log too; never a word of what was said.
package final class LoggingMessenger: ClientMessenger {
  private let messenger: any ClientMessenger
  private let log: Logger

  /// Passes everything on to a messenger.
  package init(_ messenger: any ClientMessenger, log: Logger) {
    self.messenger = messenger
    self.log = log
  }

  /// Sends a notification to all who subscribed to its topic.
  package func publish(_ notification: Notification) {
    switch notification {
    case .error(let error):
      let hint = error.hint.map { "; \($0)" } ?? ""
      log.error("\((error.message + hint).printable)")
    case .dropped(let samples): log.warning("\(samples) samples of the microphone are lost")
    case .state(let state): log.debug("\(state.rawValue)")
    case .partial, .final, .level: break
    }
    messenger.publish(notification)
  }

  /// Answers a request.
  package func reply(
    _ answer: Result<any Encodable & Sendable, ServiceError>, to address: ReplyAddress
  ) {
    messenger.reply(answer, to: address)
  }

  /// Whether anybody subscribed to a topic.
  package func isWanted(_ topic: Topic) -> Bool { messenger.isWanted(topic) }

  /// Whether a client is still there.
  package func isConnected(_ client: Int) -> Bool { messenger.isConnected(client) }

  /// Clients that are connected.
  package var clients: Int { messenger.clients }
}
