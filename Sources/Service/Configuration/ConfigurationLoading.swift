internal import Foundation
internal import System
package import TOML
internal import Vocabulary

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
    package let value: TOMLValue
    /// Where the value comes from.
    package let origin: Origin
  }

  /// A configuration, and where each of its values comes from.
  package struct Loaded: Sendable {
    /// The values; paths are what they mean.
    package let configuration: Configuration
    /// The file that was read, whether it exists or not.
    package let path: String
    /// All settings, in the order of the file; paths are as they were written.
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
    let path = if let file { file } else { try path(environment: environment) }
    let file = try ConfigurationFile(path: path)
    do throws(FolderFault) {
      // What is written in a dictation's place is as much the user's own business.
      let lists = VocabularyLoader.folder(UserFolders(environment: environment))
      if let lists { try requireOwn(lists) }
    } catch {
      throw .untrusted(error)
    }
    var configuration = Configuration()
    var origins: [String: Origin] = [:]
    for key in try configuration.apply(file) { origins[key.path] = .file }
    try refuseUnknown(environment)
    for key in ConfigurationKey.all {
      // An empty variable counts as none, so that it can be switched off for one command.
      guard let words = environment[key.variable], !words.isEmpty else { continue }
      try key.set(key.value(of: words), in: &configuration, place: .variable(key.variable))
      origins[key.path] = .variable(key.variable)
    }
    let entries = ConfigurationKey.all.map { key in
      Entry(
        key: key, value: key.value(in: configuration),
        origin: origins[key.path] ?? .standard)
    }
    configuration.resolvePaths(origins, environment: environment, file: file.path)
    return Loaded(configuration: configuration, path: file.path, entries: entries)
  }

  /// Finds the file: `UTTER_CONFIG`, or `utter/config.toml` in the folder for configurations.
  ///
  /// - Parameter environment: Variables of the process.
  /// - Returns: Its path; there need not be such a file.
  /// - Throws: `ConfigurationError.noHome` where it is nowhere.
  package static func path(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ConfigurationError) -> String {
    if let path = environment["UTTER_CONFIG"], !path.isEmpty { return path }
    do throws(UserFolders.UnknownHome) {
      return try UserFolders(environment: environment).configuration + "/utter/config.toml"
    } catch {
      throw .noHome(error)
    }
  }

  /// Takes what a file says.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - replaced: A key whose value does not matter, for it will be written anew.
  /// - Returns: The keys that are there.
  /// - Throws: `ConfigurationError.unknown` or `.badValue` for the first that is wrong.
  @discardableResult
  mutating func apply(
    _ file: ConfigurationFile, but replaced: ConfigurationKey? = nil
  ) throws(ConfigurationError) -> [ConfigurationKey] {
    var keys: [ConfigurationKey] = []
    let sections = Self.sections.filter { !$0.contains(".") }
    for section in file.document.root.entries {
      let place = file.place(of: section.start)
      guard sections.contains(section.name) else {
        throw .unknown(
          place, name: "[\(TOMLError.name(of: [section.name]))]",
          nearest: neighbour(of: section.name, among: sections).map { "[\($0)]" })
      }
      try apply(section, named: section.name, in: file, but: replaced, &keys)
    }
    return keys
  }

  /// The paths of all tables, those among them that hold nothing but tables.
  private static let sections = ConfigurationKey.all.flatMap { key in
    key.tables.indices.map { key.tables[...$0].joined(separator: ".") }
  }

  /// Takes what a table of a file says, and the tables in it.
  private mutating func apply(
    _ section: TOMLTable.Entry, named name: String, in file: ConfigurationFile,
    but replaced: ConfigurationKey?, _ keys: inout [ConfigurationKey]
  ) throws(ConfigurationError) {
    guard case .table(let table) = section.content else {
      let place = file.place(of: section.start)
      throw .badValue(place, key: name, found: section.value.found, allowed: "a table")
    }
    for entry in table.entries {
      let place = file.place(of: entry.start)
      let path = "\(name).\(TOMLError.name(of: [entry.name]))"
      if Self.sections.contains(path) {
        try apply(entry, named: path, in: file, but: replaced, &keys)
        continue
      }
      let key = try ConfigurationKey.find(path, in: place)
      keys.append(key)
      // A table that is spread over lines cannot be replaced.
      if key.path == replaced?.path, entry.range != nil { continue }
      try key.set(entry.value, in: &self, place: place)
    }
  }

  /// Refuses variables that look like a setting and are none.
  private static func refuseUnknown(
    _ environment: [String: String]
  ) throws(ConfigurationError) {
    let known = ConfigurationKey.all.map(\.variable)
    let sections = Set(ConfigurationKey.all.map { "UTTER_\($0.tables[0].uppercased())_" })
    for name in environment.keys.sorted()
    where sections.contains(where: name.hasPrefix) && !known.contains(name) {
      throw .unknown(
        .environment, name: name.shortened, nearest: neighbour(of: name, among: known))
    }
  }
}
