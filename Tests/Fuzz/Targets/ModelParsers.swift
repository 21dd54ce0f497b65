internal import Checkpoint
internal import Foundation
internal import Recognition
internal import TestSupport

extension FuzzTarget {
  /// Reads a part of a model as a file that no folder names.
  func parseModel(_ bytes: [UInt8]) throws {
    switch self {
    case .tar: _ = try TarArchive(mapped(bytes))
    case .zip: _ = try ZipArchive(mapped(bytes))
    case .gzip: _ = try Gunzip.inflate(mapped(bytes), in: NSTemporaryDirectory())
    case .pickle:
      let storage = [UInt8](repeating: 1, count: 64)
      let file = TestSupport.zip([
        ("a/data.pkl", bytes), ("a/data/0", storage), ("a/data/1", storage),
      ])
      try readAll(TorchCheckpoint.tensors(in: mapped(file)))
    case .checkpoint: try readAll(TorchCheckpoint.tensors(in: mapped(bytes)))
    case .safetensors: try readAll(SafetensorsFile(mapped(bytes)).tensors)
    case .yaml: _ = TensorLayout.tensors(for: try ModelConfiguration(yaml: mapped(bytes)))
    case .json: try readHeader(bytes)
    case .foreign: if let kind = ForeignFile(try mapped(bytes)) { _ = "\(kind)" }
    default: break
    }
  }

  private func readAll(_ tensors: [String: StoredTensor]) throws {
    for tensor in tensors.values { _ = try? tensor.floats() }
  }

  /// JSON as the header of a file of tensors, which says where each of 64 bytes belongs.
  private func readHeader(_ bytes: [UInt8]) throws {
    let file = little(UInt64(bytes.count)) + bytes + [UInt8](repeating: 0, count: 64)
    try readAll(SafetensorsFile(mapped(file)).tensors)
  }

  /// Reads a SentencePiece model; one that is accepted has to work.
  func parseTokenizer(_ bytes: [UInt8]) throws {
    let tokenizer = try Tokenizer(model: bytes)
    _ = tokenizer.decode(tokenizer.encode("Ｈello  wörld, ▁kubectl ﷺ 世界"))
    let builder = TranscriptBuilder(tokenizer: tokenizer, timing: .tdt)
    let tokens = (0..<min(tokenizer.count, 300)).map {
      Token(id: $0, frame: $0, duration: 1, logProbability: 0, confidence: 1)
    }
    let transcript = builder.transcript(tokens: tokens)
    for text in [transcript.text] + transcript.words.map(\.text) {
      precondition(!text.utf8.contains { $0 < 0x20 || $0 == 0x7f }, "text has control characters")
    }
  }
}
