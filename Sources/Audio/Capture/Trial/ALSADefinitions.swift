internal import System

/// What says which devices there are beside the files of the system's packages: variables and
/// files of the user's or the administrator's, as they are now.
struct ALSADefinitions: Equatable, Sendable {
  private let variables: [String: String]
  private let files: [String: FileStatus]

  /// Looks for them.
  ///
  /// - Parameter variable: A variable's value; by default that of this process.
  init(variable: (String) -> String? = Environment.value) {
    var variables: [String: String] = [:]
    for name in ["ALSA_CONFIG_PATH", "ALSA_CONFIG_DIR", "ALSA_PLUGIN_DIR"] {
      variables[name] = variable(name)
    }
    let user = UserFolders(variable: variable)
    var paths = ["/etc/asound.conf", "/usr/etc/asound.conf"]
    if let home = try? user.home { paths.append("\(home)/.asoundrc") }
    if let folder = try? user.configuration { paths.append("\(folder)/alsa/asoundrc") }
    paths += variables["ALSA_CONFIG_PATH"]?.split(separator: ":").map(String.init) ?? []
    for folder in ["/etc/alsa/conf.d", "/usr/etc/alsa/conf.d", "/var/lib/alsa/conf.d"] {
      for name in folderEntries(folder) where name.hasSuffix(".conf") {
        let path = "\(folder)/\(name)"
        // Packages put links to their own files there.
        let end = (try? endOfLinks(path)) ?? path
        if !end.hasPrefix("/usr/share/") { paths.append(path) }
      }
    }
    var files: [String: FileStatus] = [:]
    for path in paths { files[path] = try? FileStatus(of: path) }
    (self.variables, self.files) = (variables, files)
  }

  /// Whether a device is one of those that the system's packages define, and everybody uses.
  ///
  /// - Parameter name: ALSA's name for it.
  /// - Returns: Whether it is; a name may hold a definition of its own.
  func areUsual(for name: String) -> Bool {
    guard variables.isEmpty, files.isEmpty else { return false }
    let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let arguments = parts.count == 2 ? parts[1] : ""
    return Self.usual.contains(String(parts[0]))
      && arguments.utf8.allSatisfy { byte in
        let character = Character(Unicode.Scalar(byte))
        return character.isASCII && (character.isLetter || character.isNumber)
          || "_=,.-".contains(character)
      }
  }

  private static let usual: Set = [
    "default", "sysdefault", "hw", "plughw", "dsnoop", "front", "pulse", "pipewire",
  ]
}
