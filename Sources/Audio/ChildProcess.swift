// `environ` is a plain C variable; nothing in this program writes to it.
@preconcurrency internal import Glibc

/// A running program whose output and messages are read through sockets.
///
/// Started with an argument array, never through a shell. It is killed and reaped with this
/// object.
final class ChildProcess {
  /// The end of its standard output that we read.
  let output: Int32
  /// The end of its standard error that we read.
  let messages: Int32
  private let identifier: pid_t
  private var status: Int32?

  /// Starts a program found in `PATH`, or throws the `errno` of the call that failed.
  init(program: String, arguments: [String], input: Int32) throws(Errno) {
    let (outputEnd, outputStart) = try ChildProcess.pipe()
    let (messagesEnd, messagesStart): (Int32, Int32)
    do throws(Errno) {
      (messagesEnd, messagesStart) = try ChildProcess.pipe()
    } catch {
      close(outputEnd)
      close(outputStart)
      throw error
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, outputStart, 1)
    posix_spawn_file_actions_adddup2(&actions, messagesStart, 2)
    var argv = ([program] + arguments).map { strdup($0) }
    argv.append(nil)
    var child = pid_t()
    let failure = posix_spawnp(&child, program, &actions, nil, argv, environ)
    argv.forEach { free($0) }
    posix_spawn_file_actions_destroy(&actions)
    close(outputStart)
    close(messagesStart)
    guard failure == 0 else {
      close(outputEnd)
      close(messagesEnd)
      throw Errno(code: failure)
    }
    identifier = child
    output = outputEnd
    messages = messagesEnd
  }

  deinit {
    close(output)
    close(messages)
    if status == nil {
      kill(identifier, SIGKILL)
      _ = wait()
    }
  }

  /// Waits for the end and returns whether it was a clean one.
  func wait() -> Bool {
    if let status { return status == 0 }
    var value: Int32 = 0
    while waitpid(identifier, &value, 0) < 0 && errno == EINTR {}
    status = value
    return value == 0
  }

  /// A pair that no program started meanwhile on another thread inherits: a leaked writing end
  /// would hide the end of the stream. (`pipe2` would do, but Swift cannot import it.)
  private static func pipe() throws(Errno) -> (Int32, Int32) {
    var ends: [Int32] = [0, 0]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Errno(code: errno) }
    return (ends[0], ends[1])
  }
}

/// The number of a failed system call.
struct Errno: Error {
  let code: Int32
  /// The system's text for it.
  var text: String { String(cString: strerror(code)) }
}
