public import Foundation

/// A terminal window that writes down every character it is given, and nothing else.
public final class TypedText {
  private let file: URL
  private var seen = 0

  /// Opens the window.
  ///
  /// - Parameters:
  ///   - desktop: Where.
  ///   - folder: For the file.
  /// - Throws: When the window does not open.
  public init(in desktop: some VirtualDesktop, folder: URL) throws {
    let file = folder.appending(path: UUID().uuidString)
    self.file = file
    // Without line editing every byte comes at once; without signals Ctrl-C is a byte too.
    let script = "stty -icanon -echo -isig -ixon min 1; exec tee \"$0\""
    try desktop.openTerminal(["sh", "-c", script, file.path])
    try waitUntil("the shell in the window") { FileManager.default.fileExists(atPath: file.path) }
  }

  /// What was typed since the last call; waits until it is as long as it should be.
  ///
  /// - Parameters:
  ///   - expected: What should have been typed.
  ///   - limit: Seconds to wait for it.
  /// - Returns: What was typed, which may be less or more.
  /// - Throws: When the file cannot be read.
  public func next(expecting expected: String, limit: Double = 60) throws -> String {
    var typed = Data()
    try? waitUntil("the text", limit: limit) {
      typed = try Data(contentsOf: file).dropFirst(seen)
      return typed.count >= expected.utf8.count
    }
    seen += typed.count
    return String(decoding: typed, as: UTF8.self)
  }
}
