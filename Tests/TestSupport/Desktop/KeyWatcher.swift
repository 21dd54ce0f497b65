public import Foundation

extension VirtualDesktop {
  /// Starts sxhkd, and waits until it listens.
  ///
  /// While it asks the server for its keys none of them may be pressed: the event would lie unread
  /// in its connection until something else comes, and until it is read no key reaches anybody.
  ///
  /// - Parameters:
  ///   - bindings: Its configuration.
  ///   - settings: Further variables.
  /// - Returns: The program, running.
  /// - Throws: When it cannot be started, or does not listen in time.
  public func startSxhkd(_ bindings: URL, settings: [String: String] = [:]) throws -> Process {
    let process = try start("sxhkd", ["-c", bindings.path], settings: settings)
    let call = "/proc/\(process.processIdentifier)/syscall"
    try waitUntil("sxhkd") {
      (try? String(contentsOfFile: call, encoding: .utf8))?.hasPrefix("\(Self.selectCall) ") == true
    }
    return process
  }

  /// The number of the system call in which it waits for keys, and for nothing else.
  private static var selectCall: Int {
    #if arch(x86_64)
      270
    #else
      72
    #endif
  }
}
