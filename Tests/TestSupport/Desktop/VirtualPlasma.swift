public import Foundation

/// KDE Plasma's KWin without a screen, on a bus of its own, where portals are started when they are
/// asked for.
public final class VirtualPlasma {
  /// Variables that programs in it need, beside those of the tests.
  public let environment: [String: String]
  private let folder: URL
  private var processes: [Process] = []

  /// Starts it.
  ///
  /// - Throws: When it does not start.
  public init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    environment = [
      "HOME": folder.path, "XDG_RUNTIME_DIR": folder.path,
      "DBUS_SESSION_BUS_ADDRESS": "unix:path=\(folder.path)/bus", "WAYLAND_DISPLAY": "wayland-0",
      "XDG_CURRENT_DESKTOP": "KDE", "XDG_SESSION_TYPE": "wayland", "KDE_SESSION_VERSION": "5",
      "LIBGL_ALWAYS_SOFTWARE": "1", "KWIN_COMPOSE": "Q", "KWIN_WAYLAND_NO_PERMISSION_CHECKS": "1",
    ]
    // Its file's capabilities are more than a container may have; a copy has none.
    let compositor = folder.appending(path: "kwin_wayland")
    try FileManager.default.copyItem(at: Self.program, to: compositor)
    try Data(Self.configuration(folder.path).utf8).write(to: folder.appending(path: "bus.conf"))
    try linkServices()
    try start(
      "dbus-daemon", ["--nofork", "--config-file=\(folder.path)/bus.conf"],
      ["QT_QPA_PLATFORM": "wayland"])
    try waitUntil("the bus") { exists("bus") }
    try start(
      compositor.path,
      ["--virtual", "--no-lockscreen", "--no-kactivities", "--socket", "wayland-0"], [:])
    try waitUntil("KWin") { exists("wayland-0") }
  }

  /// A bus that starts no other programs than the portal needs; one of those mounts file systems.
  private static func configuration(_ folder: String) -> String {
    """
    <busconfig>
      <type>session</type>
      <listen>unix:path=\(folder)/bus</listen>
      <servicedir>\(folder)/services</servicedir>
      <policy context="default">
        <allow send_destination="*" eavesdrop="true"/>
        <allow eavesdrop="true"/>
        <allow own="*"/>
      </policy>
    </busconfig>
    """
  }

  private func linkServices() throws {
    let services = folder.appending(path: "services")
    try FileManager.default.createDirectory(at: services, withIntermediateDirectories: false)
    for name in ["portal.Desktop", "impl.portal.desktop.kde", "impl.portal.PermissionStore"] {
      let file = "org.freedesktop.\(name).service"
      try FileManager.default.createSymbolicLink(
        at: services.appending(path: file),
        withDestinationURL: URL(fileURLWithPath: "/usr/share/dbus-1/services/\(file)"))
    }
  }

  private static let program = URL(fileURLWithPath: "/usr/bin/kwin_wayland")

  deinit { stop() }

  /// Variables of the tests and those of the desktop.
  public var variables: [String: String] {
    ProcessInfo.processInfo.environment.filter { $0.key != "DISPLAY" }
      .merging(environment) { $1 }
  }

  /// Kills the portal, as a crash would.
  ///
  /// - Throws: When it is not there.
  public func killPortal() throws {
    let answer = Pipe()
    let busctl = try start(
      "busctl",
      [
        "--address=unix:path=\(folder.path)/bus", "call", "org.freedesktop.DBus", "/",
        "org.freedesktop.DBus",
        "GetConnectionUnixProcessID", "s", "org.freedesktop.portal.Desktop",
      ], [:], output: answer)
    busctl.waitUntilExit()
    let words = String(decoding: answer.fileHandleForReading.availableData, as: UTF8.self)
    guard let number = words.split(whereSeparator: \.isWhitespace).last.flatMap({ Int32($0) })
    else {
      throw VirtualDesktopError("there is no portal")
    }
    kill(number, SIGKILL)
  }

  /// Opens an editor of the toolkit GTK with a file.
  ///
  /// - Parameter file: What it saves to.
  /// - Throws: When it cannot be started.
  public func openEditor(_ file: URL) throws {
    try start("mousepad", [file.path], ["GDK_BACKEND": "wayland", "GSETTINGS_BACKEND": "memory"])
  }

  /// Ends everything.
  public func stop() {
    for process in processes.reversed() where process.isRunning {
      process.terminate()
      process.waitUntilExit()
    }
    processes = []
    try? FileManager.default.removeItem(at: folder)
  }

  private func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: name).path)
  }

  @discardableResult
  private func start(
    _ program: String, _ arguments: [String], _ settings: [String: String], output: Pipe? = nil
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = folder
    process.environment = variables.merging(settings) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output ?? FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.runWithSignals()
    processes.append(process)
    return process
  }
}
