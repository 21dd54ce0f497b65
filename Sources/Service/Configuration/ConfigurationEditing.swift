internal import Foundation

extension Configuration {
  /// Sets one key in the file; every other line stays as it is.
  ///
  /// - Parameters:
  ///   - path: `section.key`.
  ///   - words: The value as on a command line, without quotes.
  ///   - file: The file, which need not exist.
  /// - Throws: `ConfigurationError`; the file is unchanged then.
  package static func set(
    _ path: String, to words: String, file: String
  ) throws(ConfigurationError) {
    let key = try ConfigurationKey.find(path, in: ConfigurationError.commandLine)
    var scratch = Configuration()
    try key.set(key.value(of: words), in: &scratch, place: ConfigurationError.commandLine)
    let value = key.value(in: scratch)
    let before = try ConfigurationFile(path: file)
    var lines = ConfigurationLines(before.text)
    lines.set(key, to: value.toml)
    // The lines are edited without knowing all of TOML, so what came out is read again.
    guard let after = try? ConfigurationFile(path: file, text: lines.text),
      after.values == before.values.merging([key.path: value], uniquingKeysWith: { $1 })
    else { throw .uneditable(path: file, key: key.path) }
    try scratch.apply(after)
    try replaceFile(file, with: after.text)
  }
}

/// Replaces a file at once or not at all; only its owner may read it.
///
/// - Throws: `ConfigurationError.unwritable`.
private func replaceFile(_ path: String, with text: String) throws(ConfigurationError) {
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
  let isWritten = writeAll(text, to: descriptor) && fsync(descriptor) == 0
  guard close(descriptor) == 0, isWritten, rename(template, target) == 0 else {
    let reason = systemText()
    unlink(template)
    throw .unwritable(path: path, reason: reason)
  }
}

/// Writes a text to an open file; false where the system refuses, with its reason in `errno`.
private func writeAll(_ text: String, to descriptor: Int32) -> Bool {
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno != EINTR { return false }
    rest = rest.dropFirst(max(0, count))
  }
  return true
}
