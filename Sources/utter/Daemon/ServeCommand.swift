import ArgumentParser
import Audio
import Foundation
import Logging
import Service
import System

/// `utter serve`: the daemon.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Run the daemon that listens while a key is held.",
    discussion: """
      Serves the socket that systemd hands over, or makes it itself. Ends on SIGTERM and Ctrl-C, \
      after the text of what is being said; SIGHUP reads the configuration again. Messages go to \
      standard error, and never what was said.
      """)

  func run() throws {
    try reportingFailure {
      let log = Logger(label: "utter")
      let systemd = ServiceManager()
      let listener = try ListeningSocket.inherited() ?? ListeningSocket(SocketPath())
      let server = try SocketServer(
        listener: listener, version: Program.version, advice: advice(for:))
      let daemon = try Daemon(
        environment: ProcessInfo.processInfo.environment,
        messenger: LoggingMessenger(server, log: log), advice: advice(for:),
        trial: DeviceTrial()
      ) { state in systemd.status(state.rawValue) }
      // A client that leaves while it is written to is no reason to end.
      SignalHandler.ignore(SIGPIPE)
      let signals = try SignalHandler([SIGTERM, SIGINT, SIGHUP]) { signal in
        // What goes wrong with the configuration is told to all, the log among them.
        if signal == SIGHUP { daemon.reload() } else { end(daemon, server, systemd) }
      }
      log.info("serving \(listener.path.printable)")
      systemd.isReady()
      // Never released: a second SIGTERM while the program ends is not to end it otherwise.
      _ = Unmanaged.passRetained(signals)
      server.run(
        tick: systemd.watchdogInterval, onTick: { if daemon.isAlive { systemd.isAlive() } },
        onLeave: daemon.leave, handler: daemon.handle)
      guard !daemon.hasEnded else { return }
      log.warning("ended before all was done; the next start finds what was said")
      // Threads that still work would meet what the end of a program takes down.
      _exit(0)
    }
  }
}

/// Finishes what is being said, tells the clients, and lets the server go; within two seconds,
/// whatever hangs.
private func end(_ daemon: Daemon, _ server: SocketServer, _ systemd: ServiceManager) {
  // Even the log may hang, or the folder of the socket.
  _ = try? NamedThread("utter-last") {
    usleep(1_900_000)
    _exit(0)
  }
  systemd.isStopping()
  daemon.end(within: .milliseconds(1_300))
  server.stop()
}
