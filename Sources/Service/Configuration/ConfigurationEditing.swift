internal import Foundation

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
    try replaceFile(file, with: bytes)
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
      guard let repaired = error.repairing(bytes, [key.section, key.name], with: value) else {
        throw .malformed(path: file, error)
      }
      return repaired
    }
    var scratch = Configuration()
    try scratch.apply(before, but: key)
    return before.document.setting(key.name, in: [key.section], to: value)
  }
}

/// Replaces a file at once or not at all; only its owner may read it.
///
/// - Throws: `ConfigurationError.unwritable`.
private func replaceFile(_ path: String, with bytes: [UInt8]) throws(ConfigurationError) {
  // A link stays one, and its target is replaced: configurations are often kept elsewhere.
  let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  let folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
  do {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
  } catch {
    throw .unwritable(path: folder, reason: error.localizedDescription)
  }
  var template = Array("\(target).XXXXXX".utf8CString)
  let descriptor = mkstemp(&template)
  guard descriptor >= 0 else { throw .unwritable(path: path, reason: systemText()) }
  let isWritten = writeAll(bytes, to: descriptor) && fsync(descriptor) == 0
  guard close(descriptor) == 0, isWritten, rename(template, target) == 0 else {
    let reason = systemText()
    unlink(template)
    throw .unwritable(path: path, reason: reason)
  }
}

/// Writes bytes to an open file; false where the system refuses, with its reason in `errno`.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno != EINTR { return false }
    rest = rest.dropFirst(max(0, count))
  }
  return true
}
