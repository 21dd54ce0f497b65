internal import Glibc
internal import System

/// What systemd is told of the daemon (`sd_notify(3)`), where it listens.
package struct ServiceManager: Sendable {
  private let address: UnixAddress?
  /// Time between two calls of `isAlive`; nil where systemd does not watch.
  ///
  /// It is half of that after which systemd ends the daemon.
  package let watchdogInterval: Duration?

  /// The one that started this process.
  ///
  /// - Parameter environment: The value of a variable; that of this process by default.
  package init(environment: (String) -> String? = Environment.value) {
    address = environment("NOTIFY_SOCKET").flatMap { $0.count > 1 ? UnixAddress($0) : nil }
    let process = environment("WATCHDOG_PID")
    if process == nil || process == "\(getpid())",
      let period = environment("WATCHDOG_USEC").flatMap(Int64.init), period > 1
    {
      watchdogInterval = .microseconds(period / 2)
    } else {
      watchdogInterval = nil
    }
  }

  /// The daemon answers requests.
  package func isReady() { notify("READY=1") }

  /// The daemon is about to end.
  package func isStopping() { notify("STOPPING=1") }

  /// The daemon is not stuck.
  package func isAlive() { notify("WATCHDOG=1") }

  /// One line that `systemctl status` shows.
  package func status(_ line: String) {
    notify("STATUS=" + line.replacing("\n", with: " "))
  }

  /// Sends a datagram; systemd may be restarting or stuck, so what fails is not worth an error,
  /// and nothing is worth waiting for.
  private func notify(_ message: String) {
    guard let address else { return }
    try? UnixSocket(.datagram).send(Array(message.utf8), to: address)
  }
}
