import Foundation

/// Keeps the capture thread of this process from running, as a busy machine does.
enum CaptureThreadStop {
  /// Stops the thread at once and lets it go on after two seconds.
  static func twoSeconds() throws {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      var pause = timespec(tv_sec: 2, tv_nsec: 0)
      nanosleep(&pause, nil)
    }
    action.sa_flags = SA_RESTART
    sigaction(SIGUSR2, &action, nil)
    let tasks = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")
    let name = Data("utter-capture\n".utf8)
    let thread = tasks.first {
      (try? Data(contentsOf: URL(fileURLWithPath: "/proc/self/task/\($0)/comm"))) == name
    }
    guard let thread, let identifier = pid_t(thread), let symbol = dlsym(nil, "tgkill") else {
      throw POSIXError(.ESRCH)
    }
    typealias Signal = @convention(c) (pid_t, pid_t, Int32) -> Int32
    guard unsafeBitCast(symbol, to: Signal.self)(getpid(), identifier, SIGUSR2) == 0 else {
      throw POSIXError(.ESRCH)
    }
  }
}
