internal import Glibc

/// The number that a failed system call left behind.
package struct Errno: Error, Equatable, Sendable, CustomStringConvertible {
  /// `ENOENT` and others.
  package let code: Int32

  /// An error with a number.
  package init(_ code: Int32) { self.code = code }

  /// What the last call of this thread left; to be asked for before any other call.
  package static var last: Errno { Errno(errno) }

  /// The system's words for it, such as `No such file or directory`.
  package var description: String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}

/// Makes a call until it is not interrupted by a signal.
///
/// - Parameter call: Returns a negative value and leaves `errno` when it fails.
/// - Returns: What the call returned.
/// - Throws: What it left in `errno`.
@discardableResult
func retrying<Value: SignedInteger>(_ call: () -> Value) throws(Errno) -> Value {
  while true {
    let value = call()
    if value >= 0 { return value }
    guard errno == EINTR else { throw .last }
  }
}

/// Makes a call about a file until it is not interrupted by a signal.
///
/// - Parameters:
///   - path: The spelling of the file's path.
///   - call: Gets the path; returns a negative value and leaves `errno` when it fails.
/// - Returns: What the call returned.
/// - Throws: What it left in `errno`; `EINVAL` for a path that the system would cut short.
@discardableResult
func retrying<Value: SignedInteger>(
  _ path: String, _ call: (UnsafePointer<CChar>) -> Value
) throws(Errno) -> Value {
  let path = FilePath(path)
  guard !path.bytes.contains(0) else { throw Errno(EINVAL) }
  return try retrying { path.withCString(call) }
}
