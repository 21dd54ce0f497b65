import Desktop
import Foundation
import TestSupport
import Testing

@Suite struct DriverChoiceTests {
  private static let all = TypingDriver.allCases.map(\.rawValue)

  /// Names of the drivers for a session where some are installed.
  private func drivers(
    _ environment: [String: String], installed: [String] = all, forced: TypingDriver? = nil
  ) throws -> [TypingDriver] {
    try withTools(installed) { folder in
      let session = DesktopSession(environment: environment.merging(["PATH": folder.path]) { $1 })
      return try DriverChoice.all(for: session, forced: forced).map(\.driver)
    }
  }

  @Test(arguments: [
    ["XDG_CURRENT_DESKTOP": "sway"], ["SWAYSOCK": "/run/x"], ["XDG_CURRENT_DESKTOP": "Hyprland"],
    ["HYPRLAND_INSTANCE_SIGNATURE": "x"], ["XDG_CURRENT_DESKTOP": "niri"],
    ["XDG_CURRENT_DESKTOP": "labwc:wlroots"], ["XDG_CURRENT_DESKTOP": "river"],
    ["XDG_CURRENT_DESKTOP": "Unheard-of"], [:],
  ])
  func compositorsThatLetProgramsBeKeyboards(_ desktop: [String: String]) throws {
    let environment = desktop.merging(["WAYLAND_DISPLAY": "wayland-1", "DISPLAY": ":0"]) { $1 }
    #expect(try drivers(environment) == [.wtype, .dotool, .ydotool])
  }

  @Test(arguments: ["GNOME", "ubuntu:GNOME", "KDE"])
  func compositorsThatDoNot(_ desktop: String) throws {
    let environment = ["WAYLAND_DISPLAY": "wayland-0", "XDG_CURRENT_DESKTOP": desktop]
    #expect(try drivers(environment) == [.dotool, .ydotool])
    #expect(try drivers(environment, installed: ["wtype", "ydotool"]) == [.ydotool])
    #expect(try drivers(environment, forced: .wtype) == [.wtype])
  }

  @Test func x11() throws {
    #expect(try drivers(["DISPLAY": ":0", "XDG_CURRENT_DESKTOP": "GNOME"])[0] == .x11)
  }

  @Test func withoutASessionOrATool() throws {
    #expect(throws: DesktopError.noSession) { try drivers([:]) }
    let error = #expect(throws: DesktopError.self) {
      try drivers(["WAYLAND_DISPLAY": "x", "XDG_CURRENT_DESKTOP": "KDE"], installed: ["wtype"])
    }
    #expect(error?.description.contains("kde") == true)
  }
}

/// Makes programs that write down what they are given, and runs a body with their folder.
///
/// - Parameters:
///   - names: Names of the programs. Each writes its arguments, one a line, to `NAME.arguments`
///     and its input to `NAME.input`.
///   - ending: What it does then, in shell.
///   - body: Takes the folder, which is also the `PATH` to use.
/// - Returns: What the body returns.
/// - Throws: What the body throws.
func withTools<Result>(
  _ names: [String], ending: String = "exit 0", _ body: (URL) throws -> Result
) throws -> Result {
  try withTemporaryFolder { folder in
    let script = """
      #!/bin/sh
      printf '%s\\n' "$@" >> "$0.arguments"
      /bin/cat > "$0.input"
      \(ending)

      """
    let source = folder.appending(path: "source")
    try Data(script.utf8).write(to: source)
    // Written by a program of its own: a file that this one has open for writing may be open in a
    // program that another thread starts right now, and could not be run.
    for name in names {
      let copy = try Process.run(
        URL(fileURLWithPath: "/usr/bin/install"),
        arguments: ["-m", "755", source.path, folder.appending(path: name).path])
      copy.waitUntilExit()
    }
    return try body(folder)
  }
}
