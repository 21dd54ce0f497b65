public import Foundation

/// A desktop without a screen, for programs that need windows and keys.
///
/// It and what was started in it end with `stop`.
public protocol VirtualDesktop: AnyObject {
  /// Variables that programs in it need, beside those of the tests.
  var environment: [String: String] { get }
  /// Words before a command that let it run as the user of the desktop; none where the tests do.
  var user: [String] { get }
  /// Ends everything.
  func stop()
  /// Ends the session, and begins another one whose display has the same name.
  ///
  /// - Throws: When it does not begin.
  func logInAgain() throws
  /// Opens a terminal that runs a command, and waits until its window has the keyboard.
  ///
  /// - Parameter command: Program and arguments.
  /// - Throws: When there is no window in time.
  func openTerminal(_ command: [String]) throws
  /// Opens an editor of the toolkit GTK with a file, and waits until its window has the keyboard.
  ///
  /// - Parameter file: What it saves to.
  /// - Throws: When there is no window in time.
  func openEditor(_ file: URL) throws
  /// Presses a key together with a modifier, and lets go of both.
  ///
  /// - Parameters:
  ///   - modifier: Such as `ctrl`.
  ///   - key: X11's name for it.
  /// - Throws: When the tool for it fails.
  func press(_ modifier: String, _ key: String) throws
  /// Holds a key down while something happens.
  ///
  /// - Parameters:
  ///   - key: X11's name for it.
  ///   - body: What happens.
  /// - Throws: When the tool for it fails, and what the body throws.
  func hold(_ key: String, _ body: () throws -> Void) throws
  /// Keeps a picture of the screen.
  ///
  /// - Parameter file: A PNG file.
  /// - Throws: When the tool for it fails.
  func screenshot(to file: URL) throws
}

/// What went wrong in a virtual desktop.
public struct VirtualDesktopError: Error, CustomStringConvertible {
  /// What, in words.
  public let description: String

  /// An error that says this.
  public init(_ description: String) { self.description = description }
}

extension VirtualDesktop {
  /// Variables of the tests and those of the desktop; none of another desktop, and a shell, which
  /// a login sets and sxhkd does not start without.
  public var variables: [String: String] {
    var variables = ProcessInfo.processInfo.environment
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "SWAYSOCK", "XDG_CURRENT_DESKTOP"] {
      variables[name] = nil
    }
    variables["LC_ALL"] = "C.UTF-8"
    variables["SHELL"] = "/bin/sh"
    return variables.merging(environment) { $1 }
  }

  /// Starts a program in the desktop.
  ///
  /// - Parameters:
  ///   - program: Looked up on the `PATH`.
  ///   - arguments: All but the name.
  ///   - input: Standard input.
  ///   - output: Where its output goes; nowhere by default.
  ///   - settings: Further variables.
  /// - Returns: The program, running.
  /// - Throws: When it cannot be started.
  @discardableResult
  public func start(
    _ program: String, _ arguments: [String] = [], input: FileHandle? = .nullDevice,
    output: FileHandle = .nullDevice, settings: [String: String] = [:]
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.environment = variables.merging(settings) { $1 }
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.runWithSignals()
    return process
  }

  /// Runs a program in the desktop to its end.
  ///
  /// - Parameters:
  ///   - program: Looked up on the `PATH`.
  ///   - arguments: All but the name.
  ///   - input: Standard input.
  /// - Returns: What it printed.
  /// - Throws: When it cannot be started, or ends with anything but 0.
  @discardableResult
  public func run(_ program: String, _ arguments: [String] = [], input: String = "") throws
    -> String
  {
    String(decoding: try output(of: program, arguments, input: input), as: UTF8.self)
  }

  /// Runs a program in the desktop to its end.
  ///
  /// - Parameters:
  ///   - program: Looked up on the `PATH`.
  ///   - arguments: All but the name.
  ///   - input: Standard input.
  /// - Returns: The bytes that it printed.
  /// - Throws: When it cannot be started, or ends with anything but 0.
  public func output(
    of program: String, _ arguments: [String] = [], input: String = ""
  ) throws -> Data {
    try withTemporaryFolder { folder in
      let files = ["input", "output"].map { folder.appending(path: $0) }
      try Data(input.utf8).write(to: files[0])
      try Data().write(to: files[1])
      let process = try start(
        program, arguments, input: FileHandle(forReadingFrom: files[0]),
        output: FileHandle(forWritingTo: files[1]))
      process.waitUntilExit()
      guard process.terminationStatus == 0 else {
        throw VirtualDesktopError("\(program) ended with \(process.terminationStatus)")
      }
      return try Data(contentsOf: files[1])
    }
  }
}

/// Waits for a condition that no event announces.
///
/// - Parameters:
///   - what: Names it in the error.
///   - limit: Seconds until the error, enough for a machine with much else to do.
///   - condition: Asked again and again.
/// - Throws: `VirtualDesktopError` when it stays false, and what the condition throws.
public func waitUntil(
  _ what: String, limit: Double = 120, _ condition: () throws -> Bool
) throws {
  let end = ContinuousClock.now + .seconds(limit)
  while try !condition() {
    guard ContinuousClock.now < end else { throw VirtualDesktopError("not in time: \(what)") }
    usleep(10_000)
  }
}

extension Process {
  /// Starts it so that signals reach it: threads of a pool block them and hand that on.
  ///
  /// - Throws: When it cannot be started.
  public func runWithSignals() throws {
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try run()
  }
}
