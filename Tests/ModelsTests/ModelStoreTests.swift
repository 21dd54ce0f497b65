import Checkpoint
import Foundation
import Models
import TestSupport
import Testing

@Suite struct ModelStoreTests {
  private let folder: TemporaryFolder
  private let store: ModelStore

  init() throws {
    folder = try TemporaryFolder()
    store = ModelStore(roots: ["\(folder.path)/models/user", "\(folder.path)/models/shared"])
  }

  private var entries: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: store.roots[0]))?.sorted() ?? []
  }

  @Test(arguments: variants) func importsTheSameBits(variant: String) throws {
    let model = try store.importModel(from: fixture(variant), name: "m")
    let imported = try store.open("m")
    let original = try Checkpoint.open(fixture(variant))
    #expect(imported.configuration == original.configuration)
    #expect(imported.tokenizerModel == original.tokenizerModel)
    #expect(imported.totalBytes == original.totalBytes)
    for tensor in TensorLayout.tensors(for: original.configuration) {
      let (new, old) = (try imported.floats(tensor.name), try original.floats(tensor.name))
      #expect(new.shape == old.shape)
      withExtendedLifetime((new, old)) {
        #expect(new.values.elementsEqual(old.values) { $0.bitPattern == $1.bitPattern })
        #expect(imported.maps(UnsafeRawBufferPointer(new.values)))
      }
    }
    #expect(model.element == .float32)
    #expect(entries == ["m"])
  }

  @Test func storesQueryKeyAndValueAsOneBlock() throws {
    try store.importModel(from: fixture("v2like/v2like"), name: "m")
    let model = try store.open("m")
    let blocks = try ["q", "k", "v"].map {
      try model.floats("encoder.layers.0.self_attn.linear_\($0).weight").values
    }
    for (block, next) in zip(blocks, blocks.dropFirst()) {
      #expect(block.baseAddress.map { $0 + block.count } == next.baseAddress)
    }
  }

  @Test func findsBiasesThatLayersShare() throws {
    let path = try store.importModel(from: fixture("ctc/ctc"), name: "m").path
    let settings = String(decoding: try contents("\(path)/config.json"), as: UTF8.self)
    _ = try folder.write(
      Array(settings.replacing("\"untie_biases\":true", with: "\"untie_biases\":false").utf8),
      "models/user/m/config.json")
    // The pair of the first layer becomes the encoder's; the header shrinks accordingly.
    let weights = try contents("\(path)/model.safetensors")
    let name = "encoder.layers.0.self_attn.pos_bias_u"
    let range = try #require(weights.firstRange(of: Array(name.utf8)))
    let shared = Array("encoder.pos_bias_u".utf8)
    let length = weights.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = little(UInt64(length - range.count + shared.count))
    let rest = weights[8..<range.lowerBound] + shared + weights[range.upperBound...]
    _ = try folder.write(header + rest, "models/user/m/model.safetensors")

    let tied = try Checkpoint.open(path)
    #expect(!tied.configuration.encoder.untieBiases)
    let original = try Checkpoint.open(fixture("ctc/ctc"))
    #expect(array(try tied.floats(name)) == array(try original.floats(name)))
  }

  @Test func roundsMatricesOnly() throws {
    let model = try store.importModel(
      from: fixture("hybrid/hybrid"), name: "m", format: WeightFormat(.float16) { _ in false })
    #expect(model.element == .float16)
    let half = try Checkpoint.open(model.path)
    let full = try Checkpoint.open(fixture("hybrid/hybrid"))
    for tensor in TensorLayout.tensors(for: full.configuration) {
      let element = try half.tensor(tensor.name).element
      #expect(
        element
          == (tensor.name.hasSuffix(".weight") && tensor.shape.count > 1 ? .float16 : .float32))
      let (new, old) = (try half.floats(tensor.name), try full.floats(tensor.name))
      for (new, old) in zip(array(new), array(old)) {
        #expect(new == (element == .float16 ? Float(Float16(old)) : old))
      }
    }
  }

  @Test func recordsTheSource() throws {
    let model = try store.importModel(from: fixture("ctc/ctc"))
    #expect(model.name == "ctc")
    let json =
      try JSONSerialization.jsonObject(
        with: Data(contents("\(model.path)/config.json"))) as? [String: Any]
    #expect(json?["source"] as? String == "ctc.nemo")
    #expect(json?["precision"] as? String == "float32")
    #expect(json?["format"] as? Int == 1)
    let digest = try #require(json?["source_sha256"] as? String)
    let weights = try SafetensorsFile(path: "\(model.path)/model.safetensors")
    #expect(weights.metadata["source_sha256"] == digest)
    #expect(weights.metadata["configuration"]?.contains(digest) == true)

    let pipe = Pipe()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
    process.arguments = [fixture("ctc/ctc")]
    process.standardOutput = pipe
    try process.run()
    let line = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(line.hasPrefix(digest))
  }

  @Test func leavesNothingBehind() throws {
    let bytes = try contents(fixture("ctc/ctc"))
    let cut = try folder.write(Array(bytes.prefix(bytes.count / 2)), "cut.nemo")
    #expect(throws: ModelError.self) { try store.importModel(from: cut) }
    #expect(entries == [])
    #expect(throws: ModelError.cancelled) {
      try store.importModel(from: fixture("ctc/ctc"), isCancelled: { true })
    }
    var calls = 0
    #expect(throws: ModelError.cancelled) {
      try store.importModel(
        from: fixture("ctc/ctc"),
        isCancelled: {
          calls += 1
          return calls > 20
        })
    }
    #expect(entries == [])

    // A process that no longer runs has left a folder.
    let stale = "\(store.roots[0])/.partial-ctc-999999999"
    try FileManager.default.createDirectory(atPath: stale, withIntermediateDirectories: true)
    try Data([1]).write(to: URL(fileURLWithPath: "\(stale)/model.safetensors"))
    try store.importModel(from: fixture("ctc/ctc"))
    #expect(entries == ["ctc"])
  }

  @Test func importsTheFolderOfAnArchive() throws {
    let unpacked = "\(folder.path)/unpacked"
    try FileManager.default.createDirectory(atPath: unpacked, withIntermediateDirectories: true)
    let archive = try TarArchive(FileRegion(MappedFile(path: fixture("ctc/ctc"))))
    for (name, content) in archive.members {
      try Data(content.bytes).write(to: URL(fileURLWithPath: "\(unpacked)/\(name)"))
    }
    let model = try store.importModel(from: unpacked + "/")
    #expect(model.name == "unpacked")
    let name = "encoder.pre_encode.out.weight"
    let original = try Checkpoint.open(fixture("ctc/ctc"))
    #expect(try array(store.open("unpacked").floats(name)) == array(original.floats(name)))

    #expect(
      throws: ModelError.checkpoint(.foreign(path: store.roots[0], .emptyFolder))
    ) { try store.importModel(from: store.roots[0], name: "other") }
  }

  /// A weight that is no number, or infinite, is refused in every precision.
  @Test(arguments: [Precision.float32, .float16, .int8], [Float.nan, -.infinity])
  func refusesWhatIsNotFinite(precision: Precision, value: Float) throws {
    let name = "encoder.pre_encode.out.weight"
    let source = try Checkpoint.open(fixture("ctc/ctc"))
    let weights = try source.floats(name)
    var bytes = try contents(fixture("ctc/ctc"))
    let start = try withExtendedLifetime(weights) {
      let run = Array(UnsafeRawBufferPointer(weights.values).prefix(64))
      return try #require(bytes.firstRange(of: run)).lowerBound
    }
    bytes.replaceSubrange(start..<start + 4, with: little(value.bitPattern))
    let path = try folder.write(bytes, "m.nemo")
    #expect(throws: ModelError.checkpoint(.notFinite(path: path, name: name))) {
      try store.importModel(
        from: path, format: WeightFormat(precision) { $0.name.hasSuffix("out.weight") })
    }
    #expect(entries == [])
    #expect(throws: CheckpointError.notFinite(path: path, name: name)) {
      try Checkpoint.open(path).floats(name)
    }
  }

  @Test func overwritesOnlyWhenAsked() throws {
    let path = try store.importModel(from: fixture("ctc/ctc"), name: "m").path
    #expect(throws: ModelError.alreadyExists(path: path)) {
      try store.importModel(from: fixture("hybrid/hybrid"), name: "m")
    }
    try store.importModel(from: fixture("hybrid/hybrid"), name: "m", overwrite: true)
    #expect(try Checkpoint.open(path).configuration.transducer != nil)
    #expect(entries == ["m"])
  }

  @Test func findsListsAndRemoves() throws {
    let shared = ModelStore(roots: [store.roots[1]])
    try shared.importModel(from: fixture("ctc/ctc"), name: "b")
    try shared.importModel(from: fixture("ctc/ctc"), name: "a")
    try store.importModel(from: fixture("hybrid/hybrid"), name: "b")
    #expect(store.list().map(\.name) == ["a", "b"])
    #expect(try store.resolve("b") == "\(store.roots[0])/b")
    #expect(try store.resolve("a") == "\(store.roots[1])/a")
    #expect(try store.resolve("./some/file.nemo") == "./some/file.nemo")
    #expect(throws: ModelError.notFound(name: "c", searched: store.roots)) {
      try store.resolve("c")
    }
    try store.remove("b")
    #expect(try store.resolve("b") == "\(store.roots[1])/b")
    #expect(throws: ModelError.self) { try store.remove("b") }
    #expect(throws: ModelError.self) { try store.remove("c") }

    try Data("{}".utf8).write(to: URL(fileURLWithPath: "\(store.roots[1])/a/config.json"))
    let damaged = try #require(store.list().first)
    #expect(damaged.parameters == nil)
    #expect(damaged.problem != nil)
  }

  @Test(arguments: ["", ".hidden", "a/b", "..", "-x", "ä", "a b", "a\n"])
  func refusesNames(name: String) {
    #expect(throws: ModelError.invalidName(name)) {
      try store.importModel(from: fixture("ctc/ctc"), name: name)
    }
    #expect(throws: ModelError.invalidName(name)) { try store.remove(name) }
  }
}
