internal import Glibc
internal import System

extension ModelStore {
  /// The user's models, then those of the installation or of the clone.
  ///
  /// `UTTER_MODELS` names the one folder to use instead.
  package init() {
    if let only = Environment.value(of: "UTTER_MODELS") {
      self.init(roots: [only])
    } else {
      self.init(roots: [Self.userFolder] + Self.sharedFolders)
    }
  }

  private static var userFolder: String {
    let data = (try? UserFolders().data) ?? "/.local/share"
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
}
