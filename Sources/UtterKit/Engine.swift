internal import Dictation
internal import Dispatch
internal import Recognition

/// A recogniser with the thread that it works on.
///
/// Computing takes long, and would keep Swift's few threads from every other task. What is in here
/// is touched by the queue alone.
final class Engine: @unchecked Sendable {
  let recognizer: Recognizer
  /// Computing time divided by the length of the audio.
  private(set) lazy var rtf = (try? recognizer.measureRTF()) ?? 0

  private static let loading = DispatchQueue(label: "utter.loading")
  private let queue = DispatchQueue(label: "utter.engine")

  private init(_ recognizer: Recognizer) { self.recognizer = recognizer }

  /// Makes an engine.
  ///
  /// - Parameter recognizer: Takes as long as it likes.
  /// - Returns: An engine with the recogniser.
  /// - Throws: `UtterError` that says what went wrong.
  static func make(_ recognizer: @escaping @Sendable () throws -> Recognizer) async throws -> Engine
  {
    try await loading.run { Engine(try recognizer()) }
  }

  /// Does some work; what comes first is served first.
  ///
  /// - Parameter body: Must not keep the recogniser.
  /// - Returns: What the body returns.
  /// - Throws: `UtterError` that says what went wrong.
  func run<Result: Sendable>(
    _ body: @escaping @Sendable (Recognizer) throws -> Result
  ) async throws -> Result {
    try await queue.run { try body(self.recognizer) }
  }
}

extension DispatchQueue {
  fileprivate func run<Success: Sendable>(
    _ body: @escaping @Sendable () throws -> Success
  ) async throws -> Success {
    try await withCheckedThrowingContinuation { continuation in
      async {
        continuation.resume(
          with: Result { try body() }.mapError(UtterError.init))
      }
    }
  }
}
