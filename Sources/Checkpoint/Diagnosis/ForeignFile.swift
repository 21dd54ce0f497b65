/// What a file or folder is that is no model which can be read.
package enum ForeignFile: Sendable, Equatable {
  /// What git keeps in the place of a large file.
  case lfsPointer
  /// A page that tells of the model, or asks for a login.
  case webPage
  /// Text, such as what a server says in the place of a file; its first line.
  case text(firstLine: String)
  /// An archive that holds the model, or something else; the tool that unpacks it.
  case archive(format: String, tool: String)
  /// PyTorch's weights without configuration and tokenizer.
  case torchWeights
  /// Tensors without configuration and tokenizer.
  case safetensors
  /// A model in the format of another program.
  case format(String)
  /// Sound, or a film with sound.
  case recording
  /// A folder that has a model's archive in it; its name there.
  case folder(holding: String)
  /// A folder as Hugging Face's transformers have it, of some kind of model.
  case transformers(kind: String)
  /// A folder without any model.
  case emptyFolder
  /// Nothing that is known.
  case unknown
}

extension ForeignFile: CustomStringConvertible {
  /// What it is, as the end of an error's line.
  package var description: String {
    switch self {
    case .lfsPointer: "is a Git LFS pointer, which stands for the file, not the file itself"
    case .webPage: "is a web page, not a model"
    case .text(let line): "is text, not a model; it begins with “\(line)”"
    case .archive(let format, _): "is a \(format) archive, not a .nemo file"
    case .torchWeights: "is a PyTorch checkpoint, without configuration and tokenizer"
    case .safetensors: "is a safetensors file, without configuration and tokenizer"
    case .format(let name): "is a model in the format \(name), which is not read here"
    case .recording: "is a recording, not a model"
    case .folder(let name): "is a folder without a model of its own; \(name) in it may be one"
    case .transformers(let kind):
      "is a model of Hugging Face's transformers, of the kind \(kind), which is not read here"
    case .emptyFolder:
      "is a folder without a model: neither config.json nor model_config.yaml is in it"
    case .unknown: "is not a .nemo file: neither a tar archive nor gzip, or damaged at its start"
    }
  }
}

extension ForeignFile {
  /// Recognises what is no model by how it begins; nil where nothing is known.
  ///
  /// - Parameter region: The file, or a part of an archive.
  package init?(_ region: FileRegion) {
    let bytes = region.bytes
    // First, for the length in front may look like the marks of others.
    if Self.isSafetensors(bytes) {
      self = .safetensors
    } else if let format = Self.archive(bytes) {
      self = format
    } else if let format = Self.model(bytes) {
      self = format
    } else if Self.isRecording(bytes) {
      self = .recording
    } else if let text = Self.text(bytes) {
      self = text
    } else {
      return nil
    }
  }

  /// The length of the header, and the header, which is JSON.
  private static func isSafetensors(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count > 9 && bytes[8] == UInt8(ascii: "{")
      && bytes.loadUnaligned(as: UInt64.self).littleEndian < 1 << 32
  }

  /// A zip archive is a checkpoint where torch's pickle is its first member.
  private static func archive(_ bytes: UnsafeRawBufferPointer) -> ForeignFile? {
    let marks: [(mark: [UInt8], format: String, tool: String)] = [
      (Array("PK\u{3}\u{4}".utf8), "zip", "unzip"), (Array("PK\u{5}\u{6}".utf8), "zip", "unzip"),
      (Array("BZh".utf8), "bzip2", "bunzip2"), ([0xfd] + Array("7zXZ\0".utf8), "xz", "unxz"),
      ([0x28, 0xb5, 0x2f, 0xfd], "zstd", "unzstd"),
      (Array("7z".utf8) + [0xbc, 0xaf, 0x27, 0x1c], "7z", "7z x"),
      (Array("Rar!\u{1a}\u{7}".utf8), "rar", "unrar x"),
      ([0x04, 0x22, 0x4d, 0x18], "lz4", "unlz4"),
      (Array("LZIP".utf8), "lzip", "lzip -d"), ([0x1f, 0x9d], "compress", "uncompress"),
      ([0x1f, 0x8b], "gzip", "gunzip"),
    ]
    guard let found = marks.first(where: { bytes.starts(with: $0.mark) }) else { return nil }
    if found.format == "zip", String(decoding: bytes.prefix(512), as: UTF8.self).contains(".pkl") {
      return .torchWeights
    }
    return .archive(format: found.format, tool: found.tool)
  }

  private static func model(_ bytes: UnsafeRawBufferPointer) -> ForeignFile? {
    let marks: [(mark: [UInt8], at: Int, format: String)] = [
      (Array("GGUF".utf8), 0, "GGUF of llama.cpp"), (Array("lmgg".utf8), 0, "ggml of whisper.cpp"),
      (Array("TFL3".utf8), 4, "TensorFlow Lite"), ([0x89] + Array("HDF\r\n".utf8), 0, "HDF5"),
    ]
    if let found = marks.first(where: { bytes.dropFirst($0.at).starts(with: $0.mark) }) {
      return .format(found.format)
    }
    // ONNX is a protobuf whose first field is a small version, and the second the producer's name.
    if bytes.count > 4, bytes[0] == 0x08, bytes[1] < 0x20, bytes[2] == 0x12, bytes[3] < 0x40 {
      return .format("ONNX")
    }
    if bytes.count > 1, bytes[0] == PickleOperation.proto.rawValue, (2...5).contains(bytes[1]) {
      return .torchWeights
    }
    return nil
  }

  private static func isRecording(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let marks: [(mark: String, at: Int)] = [
      ("WAVE", 8), ("AVI ", 8), ("AIFF", 8), ("AIFC", 8), ("fLaC", 0), ("OggS", 0), ("ID3", 0),
      ("ftyp", 4),
    ]
    return marks.contains { bytes.dropFirst($0.at).starts(with: $0.mark.utf8) }
      || bytes.starts(with: [0x1a, 0x45, 0xdf, 0xa3]) || bytes.starts(with: [0xff, 0xfb])
  }

  /// Text in UTF-8 without control characters, as far as its beginning shows.
  private static func text(_ bytes: UnsafeRawBufferPointer) -> ForeignFile? {
    let head = bytes.prefix(512)
    let isText = head.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x0a || $0 == 0x0d || $0 == 9 }
    // A character at the end may be cut.
    let text = String(decoding: head, as: UTF8.self).drop { $0.isWhitespace || $0 == "\u{feff}" }
    guard isText, !text.dropLast(3).contains("\u{fffd}"),
      let line = text.split(
        whereSeparator: \.isNewline
      ).first
    else { return nil }
    let start = line.lowercased()
    if start.hasPrefix("version https://git-lfs") { return .lfsPointer }
    if ["<!doctype", "<html", "<head", "<?xml", "<!--", "<body"].contains(where: start.hasPrefix) {
      return .webPage
    }
    return .text(firstLine: line.count > 60 ? "\(line.prefix(60))…" : String(line))
  }
}

extension FileRegion {
  /// Refuses what lies in the place of a file of a model: a Git LFS pointer, or a web page.
  func refuseStandIn() throws(CheckpointError) {
    guard let foreign = ForeignFile(self), foreign == .lfsPointer || foreign == .webPage else {
      return
    }
    throw .foreign(path: file.path, foreign)
  }
}
