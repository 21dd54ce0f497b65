internal import CLinux
internal import Foundation

/// A program that was started with an argument array, never through a shell.
///
/// It is killed and reaped with this object, unless it was released.
final class Tool {
  private let process: pid_t
  /// Readable when the process ended.
  private let ending: Int32
  private let output: MemoryFile
  private let messages: MemoryFile
  private var status: Int32?
  private var isReleased = false

  /// Starts it in a process group of its own, where a Ctrl-C meant for this program does not reach.
  init(
    name: String, path: String, arguments: [String], input: [UInt8], environment: [String: String]
  ) throws(DesktopError) {
    let inputFile = try MemoryFile(input)
    output = try MemoryFile()
    messages = try MemoryFile()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    let files = [inputFile, output, messages]
    for (target, file) in files.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, file.descriptor, Int32(target))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    // Threads that block signals would hand that on, and the tool could not be asked to end.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
    var argv = ([name] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    var child = pid_t()
    let failure = posix_spawn(&child, path, &actions, &attributes, &argv, &variables)
    for string in argv + variables { free(string) }
    posix_spawnattr_destroy(&attributes)
    posix_spawn_file_actions_destroy(&actions)
    guard failure == 0 else {
      throw .toolFailed(name: name, reason: String(cString: strerror(failure)))
    }
    process = child
    ending = clinux_process(child)
  }

  deinit {
    if status == nil, !isReleased {
      kill(-process, SIGKILL)
      _ = wait(.seconds(1))
    }
    if ending >= 0 { close(ending) }
  }

  /// Lets it run on after this object is gone.
  func release() { isReleased = true }

  /// Waits for the end.
  ///
  /// - Returns: Exit code, or the number of the signal plus 128 as in a shell; nil after the limit.
  func wait(_ limit: Duration) -> Int32? {
    if let status { return status }
    var entry = pollfd(fd: ending, events: Int16(POLLIN), revents: 0)
    let parts = limit.components
    let milliseconds = parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
    let until = ContinuousClock.now + limit
    var left = Int32(clamping: milliseconds)
    while poll(&entry, 1, left) < 0 && errno == EINTR {
      left = Int32(clamping: Int64((until - .now) / .milliseconds(1)))
    }
    var value: Int32 = 0
    guard waitpid(process, &value, WNOHANG) == process else { return nil }
    let signal = value & 0x7f
    status = signal == 0 ? value >> 8 & 0xff : signal + 128
    return status
  }

  /// What it printed by now.
  var outputBytes: [UInt8] { output.bytes }
  /// What it printed by now, as text.
  var outputText: String { String(decoding: output.bytes, as: UTF8.self) }
  /// What it printed to standard error by now.
  var messageText: String { String(decoding: messages.bytes, as: UTF8.self) }

  /// What it has to say about its failure, on standard error or else on standard output.
  var complaint: String? {
    [messageText, outputText].lazy
      .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
      .first { !$0.isEmpty }.map { String($0.prefix(300)) }
  }
}
