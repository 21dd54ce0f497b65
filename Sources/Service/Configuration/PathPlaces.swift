internal import Formatting
internal import System

/// The folders that paths in a configuration may begin with.
///
/// There is one rule for all of them: `~/` is the home folder, `$HOME/`, `$XDG_CONFIG_HOME/` and
/// the like are what they are for this user, set or not, and any other path that does not begin
/// with a slash begins in the folder of the file that holds it. A name without a slash is none.
struct PathPlaces {
  private let folders: UserFolders
  /// The folder of the file; nil for paths of variables, which begin where the program works.
  private let folder: String?

  init(_ folders: UserFolders, folder: String?) { (self.folders, self.folder) = (folders, folder) }

  /// What a path of a list or another file means, which may lie beside the configuration.
  func file(_ path: String) -> String {
    let path = known(path)
    guard !path.hasPrefix("/"), let folder else { return path }
    return "\(folder)/\(path)"
  }

  /// What a name means that is a path only where it has a slash, such as that of a program.
  func nameOrFile(_ name: String) -> String { name.contains("/") ? file(name) : name }

  private func known(_ path: String) -> String {
    guard let slash = path.firstIndex(of: "/") else { return path }
    let folder: String? =
      switch path[..<slash] {
      case "~", "$HOME": try? folders.home
      case "$XDG_CONFIG_HOME": try? folders.configuration
      case "$XDG_DATA_HOME": try? folders.data
      case "$XDG_STATE_HOME": try? folders.state
      case "$XDG_CACHE_HOME": try? folders.cache
      case "$XDG_RUNTIME_DIR": folders.runtime
      default: nil
      }
    return folder.map { $0 + path[slash...] } ?? path
  }
}

extension Configuration {
  /// Gives paths their meaning.
  ///
  /// - Parameters:
  ///   - origins: Where the values come from, by the paths of their keys.
  ///   - environment: Variables of the process.
  ///   - file: The configuration's file.
  mutating func resolvePaths(
    _ origins: [String: Origin], environment: [String: String], file: String
  ) {
    let folders = UserFolders(environment: environment)
    let places = { (key: String) in
      PathPlaces(folders, folder: origins[key] == .file ? FilePath(file).folder?.spelling : nil)
    }
    vocabulary.lists = vocabulary.lists.map(places("vocabulary.lists").file)
    for profile in FormattingProfile.allCases {
      let place = places("format.profiles.\(profile.rawValue).lists")
      format.profiles[profile].lists = format.profiles[profile].lists.map(place.file)
    }
    model.name = places("model.name").nameOrFile(model.name)
    if let program = format.filter.first {
      format.filter[0] = places("format.filter").nameOrFile(program)
    }
  }
}
