public import Foundation

/// A terminal window in which an editor, nano, writes a file.
public final class Editor {
  private let desktop: any VirtualDesktop
  private let folder: URL

  /// Opens the window, and waits until the editor can be typed into.
  ///
  /// - Parameters:
  ///   - desktop: Where.
  ///   - folder: For its files.
  /// - Throws: When the window does not open, or the editor does not start.
  public init(in desktop: any VirtualDesktop, folder: URL) throws {
    self.desktop = desktop
    self.folder = folder
    // What the window hands to the editor is written down, so that the keys that save are not
    // pressed amid others.
    let command = """
      cd "$0" && TERM=xterm script --quiet --flush --log-in keys --log-out screen --command \
      'nano --ignorercfiles --nonewlines text' && mv text saved
      """
    try desktop.openTerminal(["sh", "-c", command, folder.path])
    try waitUntil("the editor") { try content("screen").contains("GNU nano") }
  }

  /// Waits until the last of what was typed is this; gives up without a word, for what is saved
  /// tells more.
  ///
  /// - Parameter text: What should have been typed.
  public func await(_ text: String) {
    try? waitUntil("the text") { try content("keys").hasSuffix(text) }
  }

  /// Saves the file and closes the window.
  ///
  /// - Returns: What was saved.
  /// - Throws: When the editor does not do that.
  public func save() throws -> String {
    try desktop.press("ctrl", "s")
    try desktop.press("ctrl", "x")
    let saved = folder.appending(path: "saved")
    try waitUntil("the saved file") { FileManager.default.fileExists(atPath: saved.path) }
    return try content("saved")
  }

  /// A file as it is now; empty while there is none.
  private func content(_ name: String) throws -> String {
    let file = folder.appending(path: name)
    guard FileManager.default.fileExists(atPath: file.path) else { return "" }
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}
