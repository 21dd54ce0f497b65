import Checkpoint
import Foundation
import TestSupport
import Testing

/// What is no model is called by its name.
@Suite struct DiagnosisTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func problem(of path: String) -> CheckpointError? {
    #expect(throws: CheckpointError.self) { try Checkpoint.open(path) }
  }

  private func problem(of bytes: [UInt8]) throws -> CheckpointError? {
    problem(of: try folder.write(bytes, "model.nemo"))
  }

  private func foreign(_ error: CheckpointError?) -> ForeignFile? {
    guard case .foreign(_, let what)? = error else { return nil }
    return what
  }

  private static let pointer = """
    version https://git-lfs.github.com/spec/v1
    oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
    size 2472464384

    """

  private static let files: [([UInt8], ForeignFile)] = [
    (Array(pointer.utf8), ForeignFile.lfsPointer),
    (Array("<!DOCTYPE html>\n<html class=\"\"><head>".utf8), .webPage),
    (Array("\u{feff}\n  <html>".utf8), .webPage),
    (Array("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>".utf8), .webPage),
    (Array("Entry not found".utf8), .text(firstLine: "Entry not found")),
    (
      Array(#"{"error":"Repository not found"}"#.utf8),
      .text(firstLine: #"{"error":"Repository not found"}"#)
    ),
    (Array("BZh91AY&SY".utf8) + [0, 1], .archive(format: "bzip2", tool: "bunzip2")),
    ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4], .archive(format: "xz", tool: "unxz")),
    ([0x28, 0xb5, 0x2f, 0xfd, 0, 0], .archive(format: "zstd", tool: "unzstd")),
    ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0], .archive(format: "7z", tool: "7z x")),
    (Array("Rar!\u{1a}\u{7}\u{1}\0".utf8), .archive(format: "rar", tool: "unrar x")),
    (zip([("model.nemo", [1])]), .archive(format: "zip", tool: "unzip")),
    (torch([], storages: [:]), .torchWeights), ([0x80, 2, 0x7d, 0x2e], .torchWeights),
    (little(UInt64(2)) + Array("{}".utf8), .safetensors),
    // Lengths that look like gzip and like a pickle.
    ([0x1f, 0x8c, 0, 0, 0, 0, 0, 0] + Array("{\"a\":".utf8), .safetensors),
    ([0x80, 2, 0, 0, 0, 0, 0, 0] + Array("{\"a\":".utf8), .safetensors),
    (Array("GGUF".utf8) + [3, 0, 0, 0], .format("GGUF of llama.cpp")),
    (Array("lmgg".utf8) + [3, 0, 0, 0], .format("ggml of whisper.cpp")),
    ([0x08, 0x08, 0x12, 0x07] + Array("pytorch".utf8), .format("ONNX")),
    (Array("RIFF\0\0\0\0WAVEfmt ".utf8), .recording), (Array("fLaC\0\0".utf8), .recording),
    ([UInt8](repeating: 0xee, count: 2000), .unknown),
  ]

  @Test(arguments: files) func isCalled(bytes: [UInt8], what: ForeignFile) throws {
    #expect(try foreign(problem(of: bytes)) == what)
  }

  @Test func compressedByOthers() throws {
    let model = fixture("ctc/ctc")
    for (tool, expected) in [("bzip2", "bunzip2"), ("xz", "unxz")] {
      let process = Process()
      let path = "\(folder.path)/\(tool).nemo"
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "\(tool) -c -1 '\(model)' > '\(path)'"]
      try process.run()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else { continue }
      #expect(foreign(problem(of: path)) == .archive(format: tool, tool: expected))
    }
  }

  @Test func downloadsThatEndedEarly() throws {
    // Room that was made for the whole, and never filled.
    let room = try problem(of: [UInt8](repeating: 0, count: 20_000))
    #expect("\(try #require(room))".contains("begins with zeros"))
    let whole = try contents(fixture("ctc/ctc"))
    for count in [0, 100, 512, whole.count / 2, whole.count * 3 / 4] {
      guard case .truncated = try problem(of: Array(whole.prefix(count))) else {
        Issue.record("\(count) bytes are not called truncated")
        continue
      }
    }
  }

  private static let folders: [(String, String, ForeignFile)] = [
    ("config.json", #"{"model_type":"whisper"}"#, ForeignFile.transformers(kind: "whisper")),
    (
      "config.json", #"{"architectures":["ParakeetForCTC"]}"#, .transformers(kind: "ParakeetForCTC")
    ),
    ("config.json", #"{"a":1}"#, .emptyFolder), ("encoder.int8.onnx", "x", .format("ONNX")),
    ("model.q4.gguf", "x", .format("GGUF of llama.cpp")),
    ("ggml-base.en.bin", "x", .format("ggml of whisper.cpp")),
    ("model.bin", "x", .format("CTranslate2 of faster-whisper")),
    ("parakeet.nemo", "x", .folder(holding: "parakeet.nemo")), ("README.md", "x", .emptyFolder),
    ("data.pkl", "x", .torchWeights), ("final.mdl", "x", .format("Kaldi")),
  ]

  @Test(arguments: folders) func folderIsCalled(name: String, content: String, what: ForeignFile)
    throws
  {
    _ = try folder.write(Array(content.utf8), name)
    #expect(foreign(problem(of: folder.path)) == what)
  }

  /// Stand-ins of a model's single files, as a clone without Git LFS has them.
  @Test func pointersInsideAFolder() throws {
    let names = ["config.json", "model.safetensors", "tokenizer.model"]
    let model = Fixtures.repository.appending(path: "models/starter-en").path
    for stub in names {
      for name in names {
        try? FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
        if name == stub {
          _ = try folder.write(Array(Self.pointer.utf8), name)
        } else {
          try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/\(name)", withDestinationPath: "\(model)/\(name)")
        }
      }
      #expect(
        problem(of: folder.path)
          == .foreign(path: "\(folder.path)/\(stub)", .lfsPointer))
    }
  }

  private func unpack(_ variant: String, into place: String) throws -> [String] {
    let members = try TarArchive(FileRegion(MappedFile(path: fixture(variant)))).members
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    for (name, content) in members {
      try Data(content.bytes).write(to: URL(fileURLWithPath: "\(place)/\(name)"))
    }
    return members.keys.sorted()
  }

  @Test func foldersOfUnpackedArchives() throws {
    let names = try unpack("hybrid/hybrid", into: folder.path)
    let opened = try Checkpoint.open(folder.path)
    let packed = try Checkpoint.open(fixture("hybrid/hybrid"))
    #expect(opened.configuration == packed.configuration)
    #expect(opened.tokenizerModel == packed.tokenizerModel)
    let name = "joint.enc.weight"
    #expect(try array(opened.floats(name)) == array(packed.floats(name)))

    for name in names where name.hasSuffix("tokenizer.model") || name.hasSuffix(".ckpt") {
      let content = try contents("\(folder.path)/\(name)")
      let path = try folder.write(Array(Self.pointer.utf8), name)
      #expect(problem(of: folder.path) == .foreign(path: path, .lfsPointer))
      _ = try folder.write(content, name)
    }
    let yaml = String(decoding: try contents("\(folder.path)/model_config.yaml"), as: UTF8.self)
    let outside = yaml.replacing(/nemo:.*tokenizer.model/, with: "nemo:../../etc/passwd")
    _ = try folder.write(Array(outside.utf8), "model_config.yaml")
    #expect("\(try #require(problem(of: folder.path)))".contains("outside the folder"))
  }

  @Test func folderInsideTheArchive() throws {
    let source = try TarArchive(FileRegion(MappedFile(path: fixture("ctc/ctc")))).members
    var tar = TarWriter()
    for (name, content) in source { tar.add("./model/\(name)", Array(content.bytes)) }
    tar.add("model/._model_config.yaml", [1])
    let path = try folder.write(tar.archive, "inside.nemo")
    #expect(try Checkpoint.open(path).configuration.target == "EncDecCTCModelBPE")
    tar.add("other/model_config.yaml", [1])
    _ = try folder.write(tar.archive, "inside.nemo")
    #expect("\(try #require(problem(of: path)))".contains("more than one model_config.yaml"))
  }
}
