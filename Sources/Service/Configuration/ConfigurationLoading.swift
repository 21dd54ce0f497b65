internal import Foundation

extension Configuration {
  /// Where a value comes from.
  package enum Origin: Equatable, Sendable {
    /// Nobody set it.
    case standard
    /// The file.
    case file
    /// A variable of this name.
    case variable(String)
  }

  /// A setting as it is in use.
  package struct Entry: Sendable {
    /// Which one.
    package let key: ConfigurationKey
    /// Its value.
    package let value: ConfigurationValue
    /// Where the value comes from.
    package let origin: Origin
  }

  /// A configuration, and where each of its values comes from.
  package struct Loaded: Sendable {
    /// The values.
    package let configuration: Configuration
    /// The file that was read, whether it exists or not.
    package let path: String
    /// All settings, in the order of the file.
    package let entries: [Entry]
  }

  /// Reads the configuration: variables beat the file, and the file beats the defaults.
  ///
  /// - Parameters:
  ///   - environment: Variables of the process.
  ///   - file: The file; nil for the one that the variables name.
  /// - Returns: The configuration.
  /// - Throws: `ConfigurationError` for the first thing that is wrong.
  package static func load(
    environment: [String: String] = ProcessInfo.processInfo.environment, file: String? = nil
  ) throws(ConfigurationError) -> Configuration {
    try trace(environment: environment, file: file).configuration
  }

  /// Reads the configuration as `load` does, and says where each value comes from.
  ///
  /// - Parameters:
  ///   - environment: Variables of the process.
  ///   - file: The file; nil for the one that the variables name.
  /// - Returns: The configuration and its origins.
  /// - Throws: `ConfigurationError` for the first thing that is wrong.
  package static func trace(
    environment: [String: String] = ProcessInfo.processInfo.environment, file: String? = nil
  ) throws(ConfigurationError) -> Loaded {
    let file = try ConfigurationFile(path: file ?? path(environment: environment))
    var (configuration, origins) = (Configuration(), [String: Origin]())
    try configuration.apply(file)
    for path in file.values.keys { origins[path] = .file }
    try refuseUnknown(environment)
    for key in ConfigurationKey.all {
      // An empty variable counts as none, so that it can be switched off for one command.
      guard let words = environment[key.variable], !words.isEmpty else { continue }
      try key.set(key.value(of: words), in: &configuration, place: key.variable)
      origins[key.path] = .variable(key.variable)
    }
    let entries = ConfigurationKey.all.map { key in
      Entry(
        key: key, value: key.value(in: configuration),
        origin: origins[key.path] ?? .standard)
    }
    return Loaded(configuration: configuration, path: file.path, entries: entries)
  }

  /// Finds the file: `UTTER_CONFIG`, or `utter/config.toml` in the folder for configurations.
  ///
  /// - Parameter environment: Variables of the process.
  /// - Returns: Its path; there need not be such a file.
  package static func path(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    if let path = environment["UTTER_CONFIG"], !path.isEmpty { return path }
    // The specification of these folders has relative paths ignored.
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      return "\(folder)/utter/config.toml"
    }
    return "\(environment["HOME"] ?? NSHomeDirectory())/.config/utter/config.toml"
  }

  /// Takes what a file says.
  ///
  /// - Throws: `ConfigurationError.unknown` or `.badValue`.
  mutating func apply(_ file: ConfigurationFile) throws(ConfigurationError) {
    // In alphabetical order, so that the same file always gets the same complaint.
    for (path, value) in file.values.sorted(by: { $0.key < $1.key }) {
      try ConfigurationKey.find(path, in: file.path).set(value, in: &self, place: file.path)
    }
  }

  /// Refuses variables that look like a setting and are none.
  private static func refuseUnknown(
    _ environment: [String: String]
  ) throws(ConfigurationError) {
    let known = ConfigurationKey.all.map(\.variable)
    let sections = Set(ConfigurationKey.all.map { "UTTER_\($0.section.uppercased())_" })
    for name in environment.keys.sorted()
    where sections.contains(where: name.hasPrefix) && !known.contains(name) {
      throw .unknown(
        place: "environment", name: name,
        nearest: neighbour(of: name, among: known))
    }
  }
}
