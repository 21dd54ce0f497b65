import Checkpoint
import Foundation
import TestSupport
import Testing

@Suite struct SafetensorsTests {
  private func open(_ header: String, _ data: [UInt8] = []) throws -> SafetensorsFile {
    try SafetensorsFile(mapped(little(UInt64(header.utf8.count)) + Array(header.utf8) + data))
  }

  private func entry(_ type: String, _ shape: String, _ offsets: String) -> String {
    "{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
  }

  @Test func writesAndReads() throws {
    var bytes: [UInt8] = []
    let halves = [Float16(0.5), -2].flatMap { little($0.bitPattern) }
    let contents: [(String, ElementType, [Int], [UInt8])] = [
      ("b \"quoted\" ü", .float32, [2, 1], bits([1.5, -2])), ("a", .float16, [2], halves),
      ("ids", .int32, [3], [Int32(1), -2, 3].flatMap(little)), ("empty", .int8, [0], []),
    ]
    let entries = contents.map { name, element, shape, content in
      SafetensorsWriter.Entry(name: name, element: element, shape: shape) {
        (sink) throws(CheckpointError) in
        for piece in content { try withUnsafePiece(piece, sink) }
      }
    }
    let metadata = ["line": "one\ntwo\u{1}", "json": "{\"a\":1}"]
    try SafetensorsWriter.write(entries, metadata: metadata) {
      (piece) throws(CheckpointError) in bytes += Array(piece)
    }

    let file = try SafetensorsFile(mapped(bytes))
    #expect(file.metadata == metadata)
    #expect(try array(file.floats("b \"quoted\" ü")) == [1.5, -2])
    #expect(try array(file.floats("a")) == [0.5, -2])
    #expect(try file.int32s("ids") == [1, -2, 3])
    #expect(try file.tensor("empty").count == 0)
    #expect(throws: CheckpointError.self) { try file.tensor("absent") }
    let data = contents.reduce(0) { $0 + $1.3.count }
    #expect((bytes.count - data).isMultiple(of: 64))
  }

  private func withUnsafePiece(
    _ piece: UInt8, _ sink: SafetensorsWriter.Sink<CheckpointError>
  ) throws(CheckpointError) {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
    defer { bytes.deallocate() }
    bytes[0] = piece
    try sink(UnsafeRawBufferPointer(bytes))
  }

  @Test func readsFilesOfOtherWriters() throws {
    let golden = Fixtures.committed.appending(path: "v2like/s170.safetensors").path
    let file = try SafetensorsFile(path: golden)
    #expect(file.metadata["json"] != nil)
    let ids = try file.int32s("tokens.ids")
    #expect(!ids.isEmpty)
    #expect(ids.allSatisfy { (0..<128).contains($0) })
    let logProbabilities = array(try file.floats("tokens.logprobs"))
    #expect(logProbabilities.count == ids.count)
    #expect(logProbabilities.allSatisfy { $0 <= 0 })
  }

  @Test func readsEveryType() throws {
    for element in ElementType.allCases {
      let header = "{\"t\":\(entry(element.rawValue, "[3]", "[0,\(3 * element.size)]"))}"
      let file = try open(header, Array(repeating: 0, count: 3 * element.size))
      #expect(try file.tensor("t").element == element)
    }
  }

  @Test(arguments: [
    ("overlap", #"{"a":A[0,4],"b":A[0,4]}"#), ("no tensor", #"{"a":A[4,8]}"#),
    ("at the end", #"{"a":A[0,4]}"#), ("outside", #"{"a":A[0,4],"b":A[4,12]}"#),
    ("outside", #"{"a":A[8,4]}"#), ("has 8 bytes", #"{"a":A[0,8]}"#),
    ("twice", #"{"a":A[0,4],"a":A[4,8]}"#),
    ("damaged", #"{"a":A[-4,0]}"#), ("damaged", #"{"a":A[0]}"#), ("damaged", #"{"a":3}"#),
    ("damaged", #"{"a":A[0,1e99]}"#), ("no JSON object", "[]"),
    ("no JSON object", #"{"__metadata__":3}"#),
    ("other than text", #"{"__metadata__":{"a":3}}"#), ("JSON", "{"), ("JSON", ""),
    ("outside", #"{"a":A[9223372036854775807,9223372036854775807]}"#),
    ("after its end", "{} x"), ("surrogate", #"{"\ud800":1}"#), ("escape", #"{"\x":1}"#),
    ("damaged", #"{"a":A[0,18446744073709551616]}"#), ("no value", #"{"a":01}"#),
  ])
  func refusesHeaders(reason: String, header: String) {
    let entry = #"{"dtype":"F32","shape":[1],"data_offsets":"#
    let text = header.replacing(/A(\[[^\]]*\])/) { "\(entry)\($0.1)}" }
    #expect {
      _ = try open(text, Array(repeating: 0, count: 8))
    } throws: { error in
      "\(error)".contains(reason)
    }
  }

  @Test func refusesAbsurdHeaders() throws {
    for length: UInt64 in [.max, 1 << 63, 200_000_000, 100] {
      #expect(throws: CheckpointError.self) {
        try SafetensorsFile(mapped(little(length) + Array("{}".utf8)))
      }
    }
    #expect(throws: CheckpointError.self) { try SafetensorsFile(mapped([1, 2, 3])) }
    for shape in ["[9223372036854775807,4]", "[4294967296,4294967296]", "[1.5]", "[\"1\"]"] {
      #expect(throws: CheckpointError.self) {
        try open("{\"a\":\(entry("F32", shape, "[0,4]"))}", [0, 0, 0, 0])
      }
    }
    #expect(throws: CheckpointError.self) { try open("{\"a\":\(entry("F12", "[]", "[0,0]"))}") }
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: CheckpointError.self) { try open("{\"a\":\(deep)") }
    let broken = little(UInt64(6)) + [0x7b, 0x22, 0xff, 0x22, 0x3a, 0x7d]
    #expect(throws: CheckpointError.self) { try SafetensorsFile(mapped(broken)) }
  }
}
