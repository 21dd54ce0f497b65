internal import System
internal import TOML

extension Configuration {
  /// Sets one key in the file; comments and everything else stay as they are.
  ///
  /// A broken file is repaired where its first fault is in the line of this key, and its only one.
  ///
  /// - Parameters:
  ///   - path: `section.key`.
  ///   - words: The value as on a command line, without quotes.
  ///   - file: The file, which need not exist.
  /// - Throws: `ConfigurationError`; the file is unchanged then.
  package static func set(
    _ path: String, to words: String, file: String
  ) throws(ConfigurationError) {
    let key = try ConfigurationKey.find(path, in: .commandLine)
    var scratch = Configuration()
    try key.set(key.value(of: words), in: &scratch, place: .commandLine)
    let bytes = try edited(file, key, to: key.value(in: scratch).toml)
    // Read again: what is written will be a configuration.
    try scratch.apply(ConfigurationFile(path: file, bytes: bytes))
    try write(bytes, to: file)
  }

  /// A file's text with another value of a key.
  private static func edited(
    _ file: String, _ key: ConfigurationKey, to value: String
  ) throws(ConfigurationError) -> [UInt8] {
    let bytes = try ConfigurationFile.read(file)
    let before: ConfigurationFile
    do throws(TOMLError) {
      before = ConfigurationFile(path: file, document: try TOMLDocument(bytes))
    } catch {
      guard let repaired = error.repairing(bytes, key.tables + [key.name], with: value) else {
        throw .malformed(path: file, error)
      }
      return repaired
    }
    var scratch = Configuration()
    try scratch.apply(before, but: key)
    return before.document.setting(key.name, in: key.tables, to: value)
  }

  /// Replaces the file; only its owner may read it.
  private static func write(_ bytes: [UInt8], to file: String) throws(ConfigurationError) {
    func attempt(_ path: String, _ body: () throws(Errno) -> Void) throws(ConfigurationError) {
      do throws(Errno) {
        try body()
      } catch {
        throw .unwritable(path: path, reason: error.description)
      }
    }
    // Configurations are often kept elsewhere, behind a link.
    if let target = try? endOfLinks(file), let folder = FilePath(target).folder?.spelling {
      try attempt(folder) { () throws(Errno) in try makeFolders(folder) }
    }
    try attempt(file) { () throws(Errno) in try replaceFile(file, with: bytes, mode: 0o600) }
  }
}
