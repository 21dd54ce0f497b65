import Desktop
import Foundation
import TestSupport
import Testing

/// Who has the focus, as compositors tell it.
@Suite struct FocusedWindowTests {
  /// The window that a session knows of whose compositor gives one answer.
  private func window(
    _ variable: String, at path: String, answering answer: [UInt8],
    _ more: (URL) -> [String: String] = { _ in [:] }
  ) throws -> FocusedWindow? {
    try withTemporaryFolder { folder in
      let socket = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: socket.deletingLastPathComponent(), withIntermediateDirectories: true)
      let variables = ["WAYLAND_DISPLAY": "none", variable: socket.path]
      return try FakeCompositor.run(at: socket.path, answering: answer) { _ in
        FocusedWindow(in: DesktopSession(environment: variables.merging(more(folder)) { $1 }))
      }
    }
  }

  private func sway(_ tree: String) throws -> FocusedWindow? {
    let length = withUnsafeBytes(of: UInt32(tree.utf8.count)) { Array($0) }
    return try window(
      "SWAYSOCK", at: "sway", answering: Array("i3-ipc".utf8) + length + [4, 0, 0, 0] + tree.utf8)
  }

  @Test func swayTellsItsTree() throws {
    let tree = """
      {"focused": false, "nodes": [{"focused": false, "pid": 1, "app_id": "other"},
       {"nodes": [], "floating_nodes": [{"focused": true, "pid": 77, "app_id": "foot"}]}]}
      """
    #expect(try sway(tree) == FocusedWindow(names: ["foot"], process: 77))
    let x11 = """
      {"nodes": [{"focused": true, "pid": 77, "app_id": null,
       "window_properties": {"class": "XTerm", "instance": "xterm"}}]}
      """
    #expect(try sway(x11) == FocusedWindow(names: ["XTerm", "xterm"]))
    #expect(try sway(#"{"focused": true, "type": "workspace", "nodes": []}"#) == nil)
    #expect(try sway("no JSON") == nil)
  }

  @Test func hyprlandTellsItsWindow() throws {
    func ask(_ answer: String) throws -> FocusedWindow? {
      try window("NONE", at: "hypr/one/.socket.sock", answering: Array(answer.utf8)) { folder in
        ["HYPRLAND_INSTANCE_SIGNATURE": "one", "XDG_RUNTIME_DIR": folder.path]
      }
    }
    let kitty = #"{"class": "kitty", "title": "x", "pid": 12, "xwayland": false}"#
    #expect(try ask(kitty) == FocusedWindow(names: ["kitty"], process: 12))
    #expect(try ask("{}") == nil)
  }

  @Test func niriTellsItsWindow() throws {
    func ask(_ answer: String) throws -> FocusedWindow? {
      try window("NIRI_SOCKET", at: "niri", answering: Array("\(answer)\n".utf8))
    }
    let foot = #"{"Ok":{"FocusedWindow":{"id":1,"title":"x","app_id":"foot","pid":12}}}"#
    #expect(try ask(foot) == FocusedWindow(names: ["foot"], process: 12))
    #expect(try ask(#"{"Ok":{"FocusedWindow":null}}"#) == nil)
  }

  @Test func whereNobodyTells() {
    let session = DesktopSession(environment: ["WAYLAND_DISPLAY": "none"])
    #expect(FocusedWindow(in: session) == nil)
    let gone = ["WAYLAND_DISPLAY": "none", "SWAYSOCK": "/nowhere"]
    #expect(FocusedWindow(in: DesktopSession(environment: gone)) == nil)
  }
}
