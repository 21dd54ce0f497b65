public import Foundation
internal import System

/// An X11 server without a screen.
public final class VirtualX11Desktop: VirtualDesktop {
  /// Variables that programs in it need, beside those of the tests.
  public let environment: [String: String]
  /// The tests' user is the desktop's.
  public let user: [String] = []
  private let layout: String
  private let number: Int
  private var server: Process
  private var terminals: [Process] = []

  /// Starts Xvfb on a display of its own.
  ///
  /// - Parameter layout: Of the keyboard, with the variant after a space.
  /// - Throws: When Xvfb does not start.
  public init(layout: String = "us") throws {
    self.layout = layout
    var started: (server: Process, number: Int)?
    // Where another process has such a number, too, there are more.
    for _ in 0..<10 where started == nil {
      let number = Self.unusedNumber()
      started = try Self.startServer(number).map { ($0, number) }
    }
    guard let (server, number) = started else { throw VirtualDesktopError("Xvfb did not start") }
    (self.server, self.number) = (server, number)
    environment = ["DISPLAY": ":\(number)"]
    try chooseLayout()
  }

  /// The number of a display that nobody else takes: programs that let Xvfb choose get the smallest
  /// one that is free, which would be that of a session whose user is logged out.
  private static func unusedNumber() -> Int {
    let count = numbers.withLock { count in
      count += 1
      return count
    }
    return 1_000 + Int(getpid()) % 500 * 100 + count % 100
  }

  private static let numbers = Monitor(0)

  /// Starts Xvfb, and waits until it takes connections.
  ///
  /// - Parameter number: Of its display.
  /// - Returns: The server; nil where the display is another's, or it does not start.
  /// - Throws: When there is no such program.
  private static func startServer(_ number: Int) throws -> Process? {
    let server = Process()
    server.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // Without -noreset the server forgets its keymap when the last program leaves.
    server.arguments = [
      "Xvfb", ":\(number)", "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp",
      "-noreset",
    ]
    let pipe = Pipe()
    server.standardOutput = pipe
    server.standardInput = FileHandle.nullDevice
    server.standardError = FileHandle.nullDevice
    try server.runWithSignals()
    // Xvfb writes the number of its display then.
    if !pipe.fileHandleForReading.availableData.isEmpty { return server }
    server.waitUntilExit()
    return nil
  }

  private func chooseLayout() throws {
    let words = layout.split(separator: " ").map(String.init)
    try run("setxkbmap", ["-layout", words[0]] + words.dropFirst().flatMap { ["-variant", $0] })
  }

  deinit { stop() }

  /// Ends everything.
  public func stop() {
    for process in terminals + [server] where process.isRunning {
      process.terminate()
      process.waitUntilExit()
    }
    terminals = []
  }

  /// Ends the session, and begins another one whose display has the same name.
  ///
  /// - Throws: When Xvfb does not start.
  public func logInAgain() throws {
    stop()
    guard let server = try Self.startServer(number) else {
      throw VirtualDesktopError("Xvfb did not start again")
    }
    self.server = server
    try chooseLayout()
  }

  /// Opens xterm, whose shift+Insert pastes the clipboard.
  ///
  /// - Parameter command: Program and arguments.
  /// - Throws: When there is no window in time.
  public func openTerminal(_ command: [String]) throws {
    let title = UUID().uuidString
    let options = [
      "-u8", "-title", title, "-xrm", "XTerm*selectToClipboard: true", "-fa", "Monospace",
      "-geometry", "120x40+0+0",
    ]
    terminals.append(try start("xterm", options + ["-e"] + command))
    let search = ["search", "--onlyvisible", "--name", title]
    try waitUntil("the window of xterm") { (try? run("xdotool", search))?.isEmpty == false }
    try run("xdotool", search + ["windowfocus", "--sync"])
  }

  /// Opens mousepad.
  ///
  /// - Parameter file: What it saves to.
  /// - Throws: When there is no window in time.
  public func openEditor(_ file: URL) throws {
    try Data().write(to: file)
    terminals.append(try start("mousepad", ["--disable-server", file.path]))
    let search = ["search", "--onlyvisible", "--name", file.lastPathComponent]
    try waitUntil("the window of mousepad") { (try? run("xdotool", search))?.isEmpty == false }
    try run("xdotool", search + ["windowfocus", "--sync"])
  }

  /// Presses a key together with a modifier, and lets go of both.
  ///
  /// - Parameters:
  ///   - modifier: Such as `ctrl`.
  ///   - key: X11's name for it.
  /// - Throws: When the tool for it fails.
  public func press(_ modifier: String, _ key: String) throws {
    try run("xdotool", ["key", "\(modifier)+\(key)"])
  }

  /// Holds a key down while something happens.
  ///
  /// - Parameters:
  ///   - key: X11's name for it.
  ///   - body: What happens.
  /// - Throws: When the tool for it fails, and what the body throws.
  public func hold(_ key: String, _ body: () throws -> Void) throws {
    try run("xdotool", ["keydown", key])
    let result = Result { try body() }
    try run("xdotool", ["keyup", key])
    try result.get()
  }

  /// Keeps a picture of the screen.
  ///
  /// - Parameter file: A PNG file.
  /// - Throws: When the tool for it fails.
  public func screenshot(to file: URL) throws {
    try run("import", ["-window", "root", file.path])
  }
}
