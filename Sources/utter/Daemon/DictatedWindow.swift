import Desktop
import Service

extension FocusLookup {
  /// How long a dictation may wait for the name of its window, from key-down on.
  private static let patience = Duration.milliseconds(30)

  /// Looks for the window that a dictation goes into, where the configuration has a profile for
  /// windows.
  static func forDictation() -> FocusLookup {
    FocusLookup(within: patience) {
      // What is wrong with it the daemon says.
      let configuration = try? Configuration.load()
      return configuration?.format.profiles.dependOnWindows == true ? DesktopSession() : nil
    }
  }
}

extension RecordingRequest {
  /// Takes what a window is called, as far as the daemon wants to know it.
  mutating func goInto(_ window: [String]) {
    self.window = Array(
      window.filter { $0.utf8.count <= Self.longestName }.prefix(Self.mostNames))
  }
}
