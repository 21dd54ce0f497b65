public import Foundation

/// Sway without a screen.
public final class VirtualWaylandDesktop: VirtualDesktop {
  /// Variables that programs in it need, beside those of the tests.
  public private(set) var environment: [String: String]
  /// Words before a command that let it run as sway's user; none where that is the tests' user.
  public let user: [String]
  private let folder: URL
  private var compositor = Process()
  private var terminals: [Process] = []

  /// Starts sway; as the user `nobody` where the tests run as root, which sway refuses.
  ///
  /// - Parameter configuration: Lines of sway's configuration, such as key bindings.
  /// - Throws: When sway does not start.
  public init(configuration: String = "") throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // Sway runs this once it takes connections.
    let ready = """

      exec sh -c 'echo "$WAYLAND_DISPLAY $SWAYSOCK" > ready.new && mv ready.new ready'

      """
    try Data((configuration + ready).utf8).write(to: folder.appending(path: "config"))
    environment = [
      "XDG_RUNTIME_DIR": folder.path, "WLR_BACKENDS": "headless", "WLR_LIBINPUT_NO_DEVICES": "1",
      "WLR_RENDERER": "pixman",
    ]
    if getuid() == 0 {
      for path in [folder.path, folder.appending(path: "config").path] {
        guard let user = getpwnam("nobody"),
          chown(path, user.pointee.pw_uid, user.pointee.pw_gid) == 0
        else { throw VirtualDesktopError("\(path) cannot be given to nobody") }
      }
      // The programs that were built may lie where nobody but root may look.
      user = [
        "setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "--inh-caps",
        "+dac_override", "--ambient-caps", "+dac_override",
      ]
    } else {
      user = []
    }
    try logIn()
  }

  private func logIn() throws {
    let ready = folder.appending(path: "ready")
    try? FileManager.default.removeItem(at: ready)
    compositor = Process()
    compositor.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compositor.currentDirectoryURL = folder
    compositor.environment = ProcessInfo.processInfo.environment
      .merging(environment.merging(["HOME": folder.path]) { $1 }) { $1 }
      .filter { !["DISPLAY", "WAYLAND_DISPLAY", "SWAYSOCK"].contains($0.key) }
    compositor.arguments = user + ["sway", "--config", "config"]
    compositor.standardInput = FileHandle.nullDevice
    compositor.standardOutput = FileHandle.nullDevice
    compositor.standardError = FileHandle.nullDevice
    try compositor.runWithSignals()
    try waitUntil("sway") { FileManager.default.fileExists(atPath: ready.path) }
    let words = try String(contentsOf: ready, encoding: .utf8).split(whereSeparator: \.isWhitespace)
    guard words.count == 2 else { throw VirtualDesktopError("sway did not start") }
    environment["WAYLAND_DISPLAY"] = String(words[0])
    environment["SWAYSOCK"] = String(words[1])
  }

  deinit { stop() }

  /// Ends everything.
  public func stop() {
    logOut()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Ends the session, and begins another one whose display has the same name.
  ///
  /// - Throws: When sway does not start.
  public func logInAgain() throws {
    logOut()
    try logIn()
  }

  private func logOut() {
    for process in terminals + [compositor] where process.isRunning {
      process.terminate()
      process.waitUntilExit()
    }
    terminals = []
  }

  /// Opens foot.
  ///
  /// - Parameter command: Program and arguments.
  /// - Throws: When there is no window in time.
  public func openTerminal(_ command: [String]) throws {
    let name = UUID().uuidString
    terminals.append(try start("foot", ["--app-id", name] + command))
    try waitUntil("the window of foot") {
      let windows = try run("swaymsg", ["--type", "get_tree"])
      return windows.contains("\"\(name)\"")
    }
  }

  /// Opens mousepad.
  ///
  /// - Parameter file: What it saves to.
  /// - Throws: When there is no window in time.
  public func openEditor(_ file: URL) throws {
    try Data().write(to: file)
    terminals.append(
      try start(
        "mousepad", ["--disable-server", file.path], settings: ["GDK_BACKEND": "wayland"]))
    try waitUntil("the window of mousepad") {
      try run("swaymsg", ["--type", "get_tree"]).contains(file.lastPathComponent)
    }
  }

  /// Presses a key together with a modifier, and lets go of both.
  ///
  /// - Parameters:
  ///   - modifier: Such as `ctrl`.
  ///   - key: X11's name for it.
  /// - Throws: When the tool for it fails.
  public func press(_ modifier: String, _ key: String) throws {
    // A window loses the first key of a new keyboard unless its modifiers were heard of before.
    let introduction = ["-s", "120", "-M", "shift", "-m", "shift"]
    // GTK 3 finds no shortcut for the last key of a keymap.
    let end = ["-p", "VoidSymbol"]
    try run("wtype", introduction + ["-M", modifier, "-k", key, "-m", modifier] + end)
  }

  /// Holds a key down while something happens.
  ///
  /// - Parameters:
  ///   - key: X11's name for it.
  ///   - body: What happens.
  /// - Throws: When the tool for it fails, and what the body throws.
  public func hold(_ key: String, _ body: () throws -> Void) throws {
    // Between press and release wtype waits for the end of a text that has no characters.
    let text = Pipe()
    _ = fcntl(text.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    let keyboard = try start(
      "wtype", ["-P", key, "-", "-p", key], input: text.fileHandleForReading)
    let result = Result { try body() }
    try text.fileHandleForWriting.close()
    keyboard.waitUntilExit()
    try result.get()
    guard keyboard.terminationStatus == 0 else {
      throw VirtualDesktopError("wtype ended with \(keyboard.terminationStatus)")
    }
  }

  /// Keeps a picture of the screen.
  ///
  /// - Parameter file: A PNG file.
  /// - Throws: When the tool for it fails.
  public func screenshot(to file: URL) throws {
    try run("grim", [file.path])
  }
}
