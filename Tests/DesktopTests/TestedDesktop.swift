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
  /// The keys with which its terminal pastes.
  let chord: String
  /// How text is called on its clipboard.
  private let textType: String
  private let start: @Sendable () throws -> any VirtualDesktop

  /// Of each kind one.
  static let all = [x11(), wayland]

  /// Sway and foot.
  static let wayland = TestedDesktop(
    testDescription: "wayland", driver: .wtype, chord: "ctrl+shift+v",
    textType: "text/plain;charset=utf-8", start: { try VirtualWaylandDesktop() })

  /// A plain X server and xterm.
  static func x11(layout: String = "us") -> TestedDesktop {
    TestedDesktop(
      testDescription: "x11-\(layout)", driver: .x11, chord: "shift+insert",
      textType: "UTF8_STRING", start: { try VirtualX11Desktop(layout: layout) })
  }

  /// Runs a body with a desktop, a window there that has the keyboard, and a folder.
  func run(_ body: (any VirtualDesktop, TypedText, URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let desktop = try start()
      defer { desktop.stop() }
      try body(desktop, try TypedText(in: desktop, folder: folder), folder)
    }
  }

  /// Text as programs there put it on the clipboard.
  func clipboardText(_ text: String) -> Clipboard.Content {
    .bytes(Array(text.utf8), type: textType)
  }
}
