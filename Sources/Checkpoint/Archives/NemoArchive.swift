internal import System

/// NeMo's `.nemo` file: a tar of configuration, weights and tokenizer, gzipped by older versions.
package enum NemoArchive {
  /// The configuration's member.
  static let configuration = "model_config.yaml"
  /// The weights' member.
  static let weights = "model_weights.ckpt"

  /// Opens an archive and locates what a model needs in it.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - scratch: Folder that a gzipped archive is unpacked in, nil for the temporary folder.
  /// - Returns: The model, with its weights still in the archive.
  /// - Throws: `CheckpointError` that says what is wrong with the archive, or what the file is
  ///   instead.
  package static func open(
    _ path: String, scratch: String? = nil
  ) throws(CheckpointError) -> Checkpoint {
    var file = try MappedFile(path: path)
    if Gunzip.recognises(FileRegion(file)) {
      file = try Gunzip.inflate(
        FileRegion(file), in: scratch ?? Environment.temporaryFolder(isLarge: true),
        isWanted: TarHeader.recognises)
    }
    let region = FileRegion(file)
    guard TarHeader.recognises(region.bytes) else {
      if let foreign = ForeignFile(region) { throw .foreign(path: path, foreign) }
      guard region.count >= TarHeader.size else {
        throw .truncated(path: path, reason: "it is shorter than any archive")
      }
      guard region.bytes.prefix(TarHeader.size).contains(where: { $0 != 0 }) else {
        throw .truncated(path: path, reason: "it begins with zeros, as unfinished downloads do")
      }
      throw .foreign(path: path, .unknown)
    }
    let members = try TarArchive(region).members
    let folder = try Self.folder(in: members, path: path)
    guard let yaml = members[folder + Self.configuration] else {
      throw .malformed(path: path, reason: "the archive holds no \(configuration)")
    }
    guard let weights = members[folder + Self.weights] else {
      throw .malformed(path: path, reason: "the archive holds no \(weights)")
    }
    let settings = try Document(yaml: yaml, name: Self.configuration)
    let name = try ModelConfiguration(settings, path: path).tokenizerFile
    guard let tokenizer = members[folder + name] else {
      throw .malformed(path: path, reason: "the archive holds no tokenizer \(name)")
    }
    return try Checkpoint(
      path: path, settings: settings, tokenizerModel: tokenizer.tokenizerModel(),
      weights: ([file], TorchCheckpoint.tensors(in: weights)))
  }

  /// The folder in the archive that the model lies in, with its slash; mostly there is none.
  private static func folder(
    in members: [String: FileRegion], path: String
  ) throws(CheckpointError) -> String {
    if members[configuration] != nil { return "" }
    let folders = members.keys.filter { $0.hasSuffix("/\(configuration)") }
      .map { $0.dropLast(configuration.count) }
    guard folders.count < 2 else {
      throw .malformed(path: path, reason: "the archive holds more than one \(configuration)")
    }
    return folders.first.map(String.init) ?? ""
  }
}

extension FileRegion {
  /// The bytes of a SentencePiece model, which Recognition reads.
  ///
  /// - Returns: A copy.
  /// - Throws: `CheckpointError` for more than such models have, and for a stand-in of the file.
  func tokenizerModel() throws(CheckpointError) -> [UInt8] {
    try require(count, within: .tokenizer)
    try refuseStandIn()
    return withExtendedLifetime(file) { Array(bytes) }
  }
}
