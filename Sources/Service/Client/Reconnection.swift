internal import Foundation

extension DaemonClient {
  /// Connects to the daemon, to be told about some topics.
  ///
  /// - Throws: Where no daemon listens.
  package convenience init(on topics: Set<Topic>) throws(ClientError) {
    try self.init()
    try subscribe(to: topics)
  }

  /// The same with a daemon that ended and is to be started again: waits for it, however long.
  package static func again(on topics: Set<Topic>) -> DaemonClient {
    // Seconds between two attempts.
    var delay = 0.25
    while true {
      Thread.sleep(forTimeInterval: delay)
      if let client = try? DaemonClient(on: topics) { return client }
      delay = min(delay * 2, 5)
    }
  }
}
