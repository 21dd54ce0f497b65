internal import Glibc

extension ModelStore {
  /// The user's models, then those of the installation or of the clone.
  ///
  /// `UTTER_MODELS` names the one folder to use instead.
  package init() {
    if let only = Self.environment("UTTER_MODELS") {
      self.init(roots: [only])
    } else {
      self.init(roots: [Self.userFolder] + Self.sharedFolders)
    }
  }

  private static var userFolder: String {
    let data = environment("XDG_DATA_HOME") ?? "\(environment("HOME") ?? "")/.local/share"
    return "\(data)/utter/models"
  }

  /// `../share` beside an installed program, or `models` in the package that it was built from.
  private static var sharedFolders: [String] {
    guard let executable = realpath("/proc/self/exe", nil) else { return ["models"] }
    defer { free(executable) }
    var folders: [String] = []
    var place = parent(String(cString: executable))
    folders.append("\(parent(place))/share/utter/models")
    while !place.isEmpty {
      if access("\(place)/Package.swift", F_OK) == 0 {
        folders.append("\(place)/models")
        break
      }
      place = parent(place)
    }
    return folders + ["models"]
  }

  private static func parent(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// A variable's value, nil where it is unset or empty.
  private static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
