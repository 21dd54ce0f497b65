internal import System

/// Starts one of the daemon's threads, which ends with its body.
///
/// - Parameters:
///   - name: At most 15 bytes.
///   - body: What it does.
/// - Throws: Where the system has no more threads.
func startThread(
  _ name: String, _ body: @escaping @Sendable () -> Void
) throws(ServiceError) {
  do throws(Errno) {
    _ = try NamedThread(name, body)
  } catch {
    throw ServiceError(code: .failed, message: "\(name): cannot be started: \(error)")
  }
}
