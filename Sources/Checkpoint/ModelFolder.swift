import Glibc

/// An imported model: `model.safetensors`, `tokenizer.model` and `config.json` in a folder.
enum ModelFolder {
  static let weightsFile = "model.safetensors"
  static let tokenizerFile = "tokenizer.model"
  static let configurationFile = "config.json"
  /// Version of the folder's layout, `format` in `config.json`.
  static let format = 1

  /// Opens a folder.
  static func open(_ path: String) throws(CheckpointError) -> Checkpoint {
    let settings = try configuration(path)
    let file = try MappedFile(path: "\(path)/\(tokenizerFile)")
    let tokenizer = withExtendedLifetime(file) { Array(file.bytes) }
    let weights = try SafetensorsFile(path: "\(path)/\(weightsFile)")
    return try Checkpoint(
      path: path, settings: settings, tokenizerModel: tokenizer,
      weights: (weights.file, weights.tensors))
  }

  private static func configuration(_ path: String) throws(CheckpointError) -> Document {
    let file = FileRegion(try MappedFile(path: "\(path)/\(configurationFile)"))
    let settings: Document
    do {
      settings = try JSONParser.parse(file.bytes)
    } catch {
      throw file.malformed(error.reason)
    }
    guard settings["format"] == .integer(format) else {
      throw .unsupported(
        path: file.file.path, reason: "its format is not \(format)",
        hint: "import the model again from its .nemo file")
    }
    return settings
  }
}

/// Whether a path names a folder.
func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
