import Checkpoint
import Foundation
import TestSupport
import Testing

/// Outside bytes may be wrong in any way; they must end in a result or a thrown error.
@Suite struct DamageTests {
  private func mutate(
    _ input: [UInt8], rounds: Int, seed: UInt64, _ parse: (FileRegion) throws -> Void
  ) throws {
    var generator = Seeded(seed)
    var refused = 0
    for _ in 0..<rounds {
      var bytes = input
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] ^= 1 << Int.random(in: 0..<8, using: &generator)
        case 1: bytes[place] = .random(in: 0...255, using: &generator)
        case 2: bytes[place] = [0, 0x7f, 0x80, 0xff].randomElement(using: &generator) ?? 0
        default:
          let length = Int.random(in: 1...8, using: &generator)
          bytes.removeSubrange(place..<min(place + length, bytes.count))
          if bytes.isEmpty { bytes = [0] }
        }
      }
      do { try parse(mapped(bytes)) } catch is CheckpointError { refused += 1 }
    }
    #expect(refused > 0)
  }

  private var weights: [UInt8] {
    let tensors = (0..<3).map { index in
      (
        "layer\(index)",
        Pickled.tensor(
          "FloatStorage", "\(index)", numbers: 6, offset: 1, shape: [2, 2], strides: [1, 2])
      )
    }
    let storages = Dictionary(
      uniqueKeysWithValues: (0..<3).map { ("\($0)", bits([1, 2, 3, 4, 5, 6])) })
    return torch(tensors, storages: storages)
  }

  @Test func survivesMutatedTar() throws {
    var tar = TarWriter()
    tar.add("././@LongLink", Array("a/long/name\0".utf8), type: "L")
    tar.add("short", [1, 2, 3])
    tar.add("header", Array("12 path=ab\n".utf8), type: "x")
    tar.add("other", [1])
    try mutate(tar.archive, rounds: 2000, seed: 1) { _ = try TarArchive($0) }
  }

  @Test(arguments: [false, true]) func survivesMutatedZip(wide: Bool) throws {
    let input = zip([("a", [1, 2, 3]), ("data/b", [4])], wide: wide)
    try mutate(input, rounds: 2000, seed: 2) { _ = try ZipArchive($0) }
  }

  @Test func survivesMutatedWeights() throws {
    try mutate(weights, rounds: 3000, seed: 3) { region in
      for tensor in try TorchCheckpoint.tensors(in: region).values { _ = try tensor.floats() }
    }
  }

  @Test func survivesMutatedSafetensors() throws {
    let header = """
      {"__metadata__":{"a":"b\\n"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},\
      "b":{"dtype":"F16","shape":[1,2],"data_offsets":[8,12]}}
      """
    let input = little(UInt64(header.utf8.count)) + Array(header.utf8) + bits([1, 2, 3])
    try mutate(input, rounds: 3000, seed: 4) { region in
      for tensor in try SafetensorsFile(region).tensors.values { _ = try? tensor.floats() }
    }
  }

  @Test func survivesMutatedConfigurations() throws {
    let archive = try TarArchive(FileRegion(MappedFile(path: fixture("hybrid/hybrid"))))
    let yaml = Array(try #require(archive.members["model_config.yaml"]).bytes)
    try mutate(yaml, rounds: 150, seed: 5) { _ = try ModelConfiguration(yaml: $0) }
  }

  @Test(arguments: variants) func refusesTruncatedModels(variant: String) throws {
    let folder = try TemporaryFolder()
    let bytes = try contents(fixture(variant))
    for percent in stride(from: 0, to: 100, by: 5) {
      let cut = try folder.write(Array(bytes.prefix(bytes.count * percent / 100)), "cut.nemo")
      #expect(throws: CheckpointError.self) { try Checkpoint.open(cut) }
    }
  }

  @Test func namesWhatIsWrongWithTensors() throws {
    let folder = try TemporaryFolder()
    let source = try TarArchive(FileRegion(MappedFile(path: fixture("hybrid/hybrid"))))
    for (old, new, message) in [
      ("n_layers: 2", "n_layers: 3", "encoder.layers.2.norm_feed_forward1.weight is missing"),
      (
        "conv_kernel_size: 9", "conv_kernel_size: 7",
        "conv.depthwise_conv.weight has shape [48, 1, 9], expected [48, 1, 7]"
      ),
    ] {
      var tar = TarWriter()
      for (name, content) in source.members {
        let bytes = Array(content.bytes)
        let isYAML = name == "model_config.yaml"
        let edited =
          isYAML
          ? Array(String(decoding: bytes, as: UTF8.self).replacing(old, with: new).utf8) : bytes
        tar.add("./\(name)", edited)
      }
      let path = try folder.write(tar.archive, "model.nemo")
      #expect {
        _ = try Checkpoint.open(path)
      } throws: { error in
        "\(error)".contains(message) && "\(error)".hasPrefix(path)
      }
    }
  }

  @Test func refusesWhatIsNoFile() throws {
    let folder = try TemporaryFolder()
    mkfifo("\(folder.path)/pipe", 0o600)
    _ = try folder.write([], "empty")
    for name in ["pipe", "empty", "absent", "."] {
      #expect(throws: CheckpointError.self) { try Checkpoint.open("\(folder.path)/\(name)") }
    }
  }
}
