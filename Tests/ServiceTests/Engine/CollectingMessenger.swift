import Foundation
import Service
import Testing

/// Keeps what clients would get.
final class CollectingMessenger: ClientMessenger, @unchecked Sendable {
  private let condition = NSCondition()
  private var published: [Service.Notification] = []
  private var answers: [Int: Result<any Encodable & Sendable, ServiceError>] = [:]
  private var departed: Set<Int> = []
  private let topics: Set<Topic>

  init(wanting topics: Set<Topic> = []) { self.topics = topics }

  var clients: Int { 1 }

  func isConnected(_ client: Int) -> Bool { !condition.withLock { departed.contains(client) } }

  /// The client that sent a request is gone.
  func leave(_ client: Int) { condition.withLock { _ = departed.insert(client) } }

  func isWanted(_ topic: Topic) -> Bool { topics.contains(topic) }

  func publish(_ notification: Service.Notification) {
    condition.withLock {
      published.append(notification)
      condition.broadcast()
    }
  }

  /// Is called before an answer is kept.
  var onReply: ((CollectingMessenger) -> Void)?

  func reply(_ answer: Result<any Encodable & Sendable, ServiceError>, to address: ReplyAddress) {
    onReply?(self)
    condition.withLock {
      answers[address.client] = answer
      condition.broadcast()
    }
  }

  var notifications: [Service.Notification] { condition.withLock { published } }

  var texts: [FinalText] {
    notifications.compactMap { if case .final(let text) = $0 { text } else { nil } }
  }

  var errors: [ServiceError] {
    notifications.compactMap { if case .error(let error) = $0 { error } else { nil } }
  }

  var states: [DaemonState] {
    notifications.compactMap { if case .state(let state) = $0 { state } else { nil } }
  }

  /// Waits until something was published, at most a minute.
  @discardableResult
  func await(atMost seconds: TimeInterval = 60, _ isIt: ([Service.Notification]) -> Bool) -> Bool {
    wait(seconds) { isIt(published) }
  }

  /// Waits until so many dictations are over.
  func texts(_ count: Int) -> [FinalText] {
    _ = self.await {
      $0.count { if case .final = $0 { true } else { false } } >= count
    }
    return texts
  }

  /// Whether there is an answer to a request.
  func hasAnswered(_ number: Int) -> Bool { condition.withLock { answers[number] != nil } }

  /// Waits for the answer to a request.
  func answer(to number: Int) throws -> any Encodable & Sendable {
    _ = wait { answers[number] != nil }
    return try #require(condition.withLock { answers[number] }).get()
  }

  private func wait(_ seconds: TimeInterval = 60, until isDone: () -> Bool) -> Bool {
    condition.withLock {
      let limit = Date.now + seconds
      while !isDone() {
        if !condition.wait(until: limit) { return isDone() }
      }
      return true
    }
  }
}
