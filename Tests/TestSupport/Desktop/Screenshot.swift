public import Foundation

extension VirtualDesktop {
  /// Keeps a picture of the screen in the folder that `UTTER_SCREENSHOTS` names, or a given one.
  ///
  /// - Parameters:
  ///   - name: Of the file, without its ending.
  ///   - folder: Where it goes without `UTTER_SCREENSHOTS`.
  /// - Returns: The number of colours in it; 1 where nothing is seen.
  /// - Throws: When a tool for it fails.
  @discardableResult
  public func keepScreenshot(_ name: String, in folder: URL) throws -> Int {
    var folder = folder
    if let kept = ProcessInfo.processInfo.environment["UTTER_SCREENSHOTS"] {
      folder = URL(fileURLWithPath: kept)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    let file = folder.appending(path: "\(name).png")
    try screenshot(to: file)
    return Int(try run("identify", ["-format", "%k", file.path])) ?? 0
  }
}
