import Desktop
import Foundation
import TestSupport
import Testing

/// A kind of desktop in which the tests type and paste, and what is particular to it.
struct TestedDesktop: CustomTestStringConvertible, Sendable {
  /// Names it.
  let testDescription: String
  /// The tool that types there.
  let driver: TypingDriver
  /// A program that prints what stands on a selection, in one type.
  private let reader: @Sendable (Selection, String) -> [String]
  private let start: @Sendable () throws -> any VirtualDesktop

  /// Of each kind one.
  static let all = [x11(), wayland]

  /// Sway and foot.
  static let wayland = TestedDesktop(
    testDescription: "wayland", driver: .wayland,
    reader: { selection, type in
      ["wl-paste", "--no-newline", "--type", type] + (selection == .primary ? ["--primary"] : [])
    }, start: { try VirtualWaylandDesktop() })

  /// A plain X server and xterm.
  static func x11(layout: String = "us") -> TestedDesktop {
    TestedDesktop(
      testDescription: "x11-\(layout)", driver: .x11,
      reader: { selection, type in
        ["xclip", "-selection", selection.rawValue, "-out", "-target", type]
      }, start: { try VirtualX11Desktop(layout: layout) })
  }

  /// Runs a body with a desktop, a window there that has the keyboard, and a folder.
  func run(_ body: (any VirtualDesktop, TypedText, URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let desktop = try start()
      defer { desktop.stop() }
      try body(desktop, try TypedText(in: desktop, folder: folder), folder)
    }
  }

  /// What another program reads from a selection.
  ///
  /// - Parameters:
  ///   - type: In which type.
  ///   - selection: From where.
  ///   - desktop: Where that is.
  /// - Returns: It; nil where there is no such thing.
  func read(
    _ type: String, of selection: Selection = .clipboard, in desktop: any VirtualDesktop
  ) -> Data? {
    let command = reader(selection, type)
    return try? desktop.output(of: command[0], Array(command.dropFirst()))
  }
}

extension ClipboardKeeper {
  /// The program that was built with the tests.
  static let built = ClipboardKeeper(program: CommandRunner.program.path)
}

extension VirtualDesktop {
  /// A clipboard of the desktop, for what the tests copy.
  var clipboard: Clipboard {
    Clipboard(session: DesktopSession(environment: variables), keeper: .built)
  }

  /// A paster for the desktop.
  func paster(_ keys: PasteKeys = PasteKeys()) throws -> Paster {
    try Paster(session: DesktopSession(environment: variables), keys: keys, keeper: .built)
  }
}
