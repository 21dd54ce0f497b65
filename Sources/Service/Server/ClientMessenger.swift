/// Where answers and notifications go: the engine's view of its clients.
///
/// Everything may be called from any thread and returns at once.
package protocol ClientMessenger: AnyObject, Sendable {
  /// Sends a notification to all who subscribed to its topic.
  func publish(_ notification: Notification)
  /// Answers a request. Nothing happens where the client is gone or wants no answer.
  func reply(_ answer: Result<any Encodable & Sendable, ServiceError>, to address: ReplyAddress)
  /// Whether anybody subscribed to a topic.
  func isWanted(_ topic: Topic) -> Bool
  /// Whether a client is still there.
  func isConnected(_ client: Int) -> Bool
  /// Clients that are connected.
  var clients: Int { get }
}

/// Where the answer to a request goes.
package struct ReplyAddress: Sendable {
  /// The connection's number; no two ever have the same.
  package let client: Int
  /// The request's own id; nil for one that wants no answer.
  let id: RequestID?
  /// How many requests it counts for, of those that the client may have under way.
  let weight: Int

  package init(client: Int, id: RequestID?, weight: Int = 1) {
    self.client = client
    self.id = id
    self.weight = weight
  }
}
