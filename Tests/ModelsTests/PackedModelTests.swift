import Checkpoint
import Foundation
import Kernels
import Models
import Recognition
import TestSupport
import Testing

@Suite struct PackedModelTests {
  private let folder: TemporaryFolder
  private let store: ModelStore

  init() throws {
    folder = try TemporaryFolder()
    store = ModelStore(roots: ["\(folder.path)/models"])
  }

  /// Path of a model that comes with the tests, imported as int8.
  private func model(_ variant: String) throws -> String {
    try store.importModel(from: fixture(variant), name: "m", format: .int8, overwrite: true).path
  }

  /// Writes the model again with its weights' bytes changed.
  private func damaged(_ path: String, _ change: (inout [UInt8]) throws -> Void) throws -> String {
    var weights = try contents("\(path)/model.safetensors")
    try change(&weights)
    _ = try folder.write(weights, "models/m/model.safetensors")
    return path
  }

  /// Replaces the first text behind a mark in the header.
  private func replace(
    _ old: String, _ new: String, after mark: String, in bytes: inout [UInt8]
  ) throws {
    let start = try #require(bytes.firstRange(of: Array(mark.utf8))).upperBound
    let place = try #require(bytes[start...].firstRange(of: Array(old.utf8)))
    let end = 8 + headerLength(bytes) + new.utf8.count - old.utf8.count
    bytes.replaceSubrange(place, with: new.utf8)
    // Values stay at a multiple of 64.
    let padding = [UInt8](repeating: 0x20, count: (64 - end % 64) % 64)
    bytes.insert(contentsOf: padding, at: end)
    bytes.replaceSubrange(0..<8, with: little(UInt64(end + padding.count - 8)))
  }

  private func headerLength(_ bytes: [UInt8]) -> Int {
    bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  @Test(arguments: variants) func packsWhenImportedAsWhenLoaded(variant: String) throws {
    let full = try Checkpoint.open(fixture(variant))
    let packed = try Checkpoint.open(model(variant))
    #expect(packed.configuration == full.configuration)
    for tensor in TensorLayout.tensors(for: full.configuration) {
      guard Int8Policy.rounds(tensor) else {
        #expect(try array(packed.floats(tensor.name)) == array(full.floats(tensor.name)))
        continue
      }
      let stored = try packed.packed(tensor.name)
      #expect(stored.panels == 0)
      let (rows, columns) = (tensor.shape[0], tensor.count / tensor.shape[0])
      #expect((stored.matrix.weights.rows, stored.matrix.weights.columns) == (rows, columns))
      let reference = PackedValues(
        reference: array(try full.floats(tensor.name)), rows: rows, columns: columns)
      #expect(PackedValues(stored.matrix) == reference)
      #expect(try PackedValues(full.packed(tensor.name)) == reference)
      #expect(
        packed.maps(
          UnsafeRawBufferPointer(start: stored.matrix.weights.values, count: rows * columns)))
    }
  }

  @Test(arguments: variants) func alignsMatricesAndScales(variant: String) throws {
    let path = try model(variant)
    let file = try SafetensorsFile(path: "\(path)/model.safetensors")
    var matrices = 0
    for (name, tensor) in file.tensors where tensor.element == .int8 {
      for tensor in [tensor, try file.tensor("\(name).scale")] {
        let start = try #require(tensor.contiguousBytes?.baseAddress)
        #expect(Int(bitPattern: start).isMultiple(of: 64))
      }
      matrices += 1
    }
    let layout = TensorLayout.tensors(for: try Checkpoint.open(path).configuration)
    #expect(matrices == layout.count { Int8Policy.rounds($0) })
    #expect(file.tensors.count == layout.count + matrices)
  }

  @Test func saysWhatItStores() throws {
    let model = try store.importModel(from: fixture("v2like/v2like"), name: "m", format: .int8)
    let full = try Checkpoint.open(fixture("v2like/v2like"))
    let packed = try Checkpoint.open(model.path)
    #expect(model.element == .int8)
    #expect(packed.storedElement == .int8)
    #expect(model.parameters == TensorLayout.parameterCount(of: full.configuration))
    #expect(packed.totalBytes == WeightFormat.int8.size(of: full.configuration))
    #expect(full.totalBytes == WeightFormat.float32.size(of: full.configuration))
    let settings = String(decoding: try contents("\(model.path)/config.json"), as: UTF8.self)
    #expect(settings.contains("\"precision\":\"int8\""))
    let name = "encoder.layers.0.self_attn.linear_q.weight"
    #expect(throws: CheckpointError.unsupported(path: model.path, .packedMatrix(name: name))) {
      try packed.floats(name)
    }
  }

  @Test func storesAnOpenModelAsAnImportDoes() throws {
    let full = try store.importModel(from: fixture("v2like/v2like"), name: "full")
    let imported = try Checkpoint.open(try model("v2like/v2like"))
    let path = try store.store(Checkpoint.open(full.path), name: "stored", format: .int8)
    let stored = try Checkpoint.open(path)
    #expect(stored.storedElement == .int8 && stored.configuration == imported.configuration)
    for tensor in TensorLayout.tensors(for: imported.configuration) where Int8Policy.rounds(tensor)
    {
      #expect(
        try PackedValues(stored.packed(tensor.name)) == PackedValues(imported.packed(tensor.name)))
    }
    #expect(throws: ModelError.alreadyExists(path: path)) {
      try store.store(Checkpoint.open(full.path), name: "stored", format: .int8)
    }
    #expect(throws: ModelError.self) {
      try store.store(stored, name: "again", format: .int8)
    }
    #expect(store.list().map(\.name) == ["full", "m", "stored"])
  }

  @Test func needsLittleMoreThanAQuarter() throws {
    var model = ModelConfiguration.parakeet
    for vocabulary in [1024, 8192] {
      model.vocabularySize = vocabulary
      #expect(WeightFormat.int8.size(of: model) <= 680_000_000)
    }
  }

  /// What floats were stored as before there was int8.
  @Test(arguments: [
    (Precision.float32, "fce5bd785db62d640ed44791cff81283eed34a7fb2e16d2b1ef1b7bc7bf1cecd"),
    (Precision.float16, "743805801dbbe7caaf88406ef177fcacdc6d2120bdbcfadde96d357f46ccc53d"),
  ])
  func leavesFloatsAsTheyWere(precision: Precision, digest: String) throws {
    let model = try store.importModel(
      from: fixture("hybrid/hybrid"), name: "m",
      format: WeightFormat(precision, rounding: Int8Policy.rounds))
    let file = try MappedFile(path: "\(model.path)/model.safetensors")
    let hash = SHA256()
    hash.update(file.bytes)
    #expect(hash.finish() == digest)
  }

  @Test func refusesWhatDoesNotFit() throws {
    let name = "encoder.layers.0.self_attn.linear_q.weight"
    for (old, new, mark, message) in [
      ("[3,12,16,4]", "[3,16,12,4]", "\"\(name)\":", "\(name) has shape [3, 16, 12, 4], expected"),
      ("[3,12,16,4]", "[2304,1,1]", "\"\(name)\":", "\(name) has shape [2304, 1, 1], expected"),
      ("\"I8\"", "\"U8\"", "\"\(name)\":", "\(name) has shape [3, 12, 16, 4], expected [48, 48]"),
      ("scale", "scald", "\"\(name).", "tensor \(name).scale is missing"),
      ("[48]", "[8,6]", "\"\(name).scale\":", "\(name).scale has shape [8, 6], expected [48]"),
      ("\"F32\"", "\"I32\"", "\"\(name).scale\":", "\(name).scale holds I32, expected F32"),
    ] {
      let path = try damaged(model("hybrid/hybrid")) { bytes in
        try replace(old, new, after: mark, in: &bytes)
      }
      #expect {
        _ = try Checkpoint.open(path)
      } throws: { error in
        "\(error)".contains(message)
      }
    }
  }

  @Test(arguments: [Float.nan, .infinity, -1])
  func refusesWhatIsNoScale(value: Float) throws {
    let name = "encoder.layers.0.self_attn.linear_q.weight.scale"
    let path = try model("hybrid/hybrid")
    let stored = try SafetensorsFile(path: "\(path)/model.safetensors").floats(name)
    let scales = bits(array(stored))
    _ = try damaged(path) { bytes in
      let place = try #require(bytes.firstRange(of: scales))
      bytes.replaceSubrange(place.prefix(4), with: bits([value]))
    }
    #expect {
      _ = try Checkpoint.open(path)
    } throws: { error in
      "\(error)".contains("\(name) holds a value that is no scale")
    }
    #expect(store.list().first?.problem != nil)
  }

  @Test func refusesWhatIsNotAligned() throws {
    let path = try damaged(model("ctc/ctc")) { bytes in
      let length = headerLength(bytes)
      bytes.insert(contentsOf: Array("    ".utf8), at: 8 + length)
      bytes.replaceSubrange(0..<8, with: little(UInt64(length + 4)))
    }
    #expect {
      _ = try Checkpoint.open(path)
    } throws: { error in
      "\(error)".contains("does not start at a multiple of 64 bytes")
    }
  }

  @Test func refusesTruncatedModels() throws {
    let path = try model("ctc/ctc")
    let whole = try contents("\(path)/model.safetensors")
    for percent in stride(from: 0, to: 100, by: 5) {
      _ = try damaged(path) { $0 = Array(whole.prefix(whole.count * percent / 100)) }
      #expect(throws: CheckpointError.self) { try Checkpoint.open(path) }
    }
  }

  @Test func survivesMutatedHeaders() throws {
    let path = try model("ctc/ctc")
    let whole = try contents("\(path)/model.safetensors")
    let header = 8 + headerLength(whole)
    let start = try #require(whole.firstRange(of: Array("\"encoder.".utf8))).lowerBound
    var random = Seeded(11)
    var refused = 0
    for _ in 0..<200 {
      _ = try damaged(path) { bytes in
        bytes = whole
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          let place = Int.random(in: start..<header, using: &random)
          bytes[place] = Array("0123456789,[]\" I8".utf8).randomElement(using: &random) ?? 0
        }
      }
      do {
        let checkpoint = try Checkpoint.open(path)
        for tensor in TensorLayout.tensors(for: checkpoint.configuration)
        where Int8Policy.rounds(tensor) {
          _ = try PackedValues(checkpoint.packed(tensor.name))
        }
      } catch is CheckpointError {
        refused += 1
      }
    }
    #expect(refused > 0)
  }
}

extension WeightFormat {
  /// int8 as the engine wants it.
  fileprivate static let int8 = WeightFormat(.int8, rounding: Int8Policy.rounds)
}
