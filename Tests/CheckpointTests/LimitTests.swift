import Checkpoint
import TestSupport
import Testing

/// What is beyond a limit is refused before it is read.
@Suite struct LimitTests {
  private func expect(_ limit: Limit, _ body: () throws -> Void) {
    #expect(throws: CheckpointError.excessive(path: "input", limit)) { try body() }
  }

  private func pickle(_ operations: [UInt8]) throws {
    let file = [("archive/data.pkl", Pickled.file(operations))]
    _ = try TorchCheckpoint.tensors(in: mapped(zip(file)))
  }

  @Test func tarEntriesAndNames() {
    var many = TarWriter()
    for index in 0...4096 { many.add("m\(index)", []) }
    expect(.tarEntries) { _ = try TarArchive(mapped(many.archive)) }

    var long = TarWriter()
    long.add("header", [UInt8](repeating: 0x6e, count: 65_537), type: "L")
    expect(.tarName) { _ = try TarArchive(mapped(long.archive)) }

    var headers = TarWriter()
    for _ in 0..<17 { headers.add("header", [UInt8](repeating: 0x6e, count: 65_000), type: "L") }
    expect(.tarNames) { _ = try TarArchive(mapped(headers.archive)) }
  }

  @Test func zipEntries() {
    var bytes = zip([("a", [])], wide: true)
    // The number of entries in the zip64 end record, which lies 20 and 22 bytes before the end.
    let place = bytes.count - 42 - 56 + 32
    bytes.replaceSubrange(place..<place + 8, with: little(UInt64(1) << 40))
    expect(.zipEntries) { _ = try ZipArchive(mapped(bytes)) }
  }

  @Test func pickles() {
    // Values that are dropped again, and values that are kept.
    let dropped = (0..<600_000).flatMap { _ in [0x4e, 0x30] as [UInt8] }
    expect(.pickleOperations) { try pickle(dropped + [0x7d]) }
    let tuple: [UInt8] = [0x28, 0x4e] + [UInt8](repeating: 0x32, count: 60_000) + [0x74]
    let kept: [UInt8] = (0..<5).flatMap { _ in tuple }
    expect(.pickleValues) { try pickle(kept + [0x7d]) }
    expect(.pickleStack) { try pickle([UInt8](repeating: 0x4e, count: 65_537)) }
    expect(.pickleBytes) { try pickle([UInt8](repeating: 0x4e, count: 16 << 20)) }
  }

  @Test func dimensions() {
    let shape = [Int](repeating: 1, count: 9)
    let tensor = Pickled.tensor("FloatStorage", "0", numbers: 1, shape: shape, strides: shape)
    expect(.dimensions) { try pickle(Pickled.dictionary([("a", tensor)])) }
    let header = #"{"a":{"dtype":"F32","shape":\#(shape),"data_offsets":[0,4]}}"#
    let bytes = little(UInt64(header.utf8.count)) + Array(header.utf8) + bits([1])
    expect(.dimensions) { _ = try SafetensorsFile(mapped(bytes)) }
  }

  @Test func headersOfTensors() {
    expect(.safetensorsHeader) {
      _ = try SafetensorsFile(mapped(little(UInt64(17 << 20)) + Array("{}".utf8)))
    }
    let numbers = #"{"a":["# + String(repeating: "1,", count: 1 << 18) + "1]}"
    expect(.values) {
      _ = try SafetensorsFile(mapped(little(UInt64(numbers.utf8.count)) + Array(numbers.utf8)))
    }
  }

  private static let texts: [(Limit, String)] = [
    (Limit.yamlKeys, "a: [" + String(repeating: "a,", count: 140_000) + "]"),
    (.yamlItems, String(repeating: "-\n", count: 140_000)),
    (.yamlBrackets, String(repeating: "[", count: 100_000)),
    (.yamlBrackets, "a: " + String(repeating: #"["]","#, count: 9_000)),
    (.yamlIndentation, String(repeating: "- ", count: 1_000)),
    (.yamlIndentation, (0..<300).map { String(repeating: " ", count: $0) + "a:\n" }.joined()),
    (.nesting, "a: " + String(repeating: "[", count: 70) + String(repeating: "]", count: 70)),
  ]

  @Test(arguments: texts) func yaml(limit: Limit, text: String) {
    expect(limit) { _ = try ModelConfiguration(yaml: mapped(Array(text.utf8))) }
  }

  @Test(arguments: [
    "a: &a 1\nb: *a", "a: [x, *b]", "[*b]", "{a: *b}", "&a [x]", "- &a x", "\u{feff}&a x",
    "a:\n\t*b", "- - *b", "? *b\n: 1", "a: !!x *b", "<<: *b", "x: 'a' , *b", "{a:*b}", "a:\r*b",
  ])
  func aliases(text: String) throws {
    #expect {
      _ = try ModelConfiguration(yaml: mapped(Array(text.utf8)))
    } throws: { error in
      "\(error)".contains("anchors or aliases")
    }
  }

  /// Line ends that only YAML knows hide nothing.
  @Test(arguments: ["\u{85}", "\u{2028}", "\u{2029}", "\n\u{feff}"])
  func oddLineEnds(end: String) throws {
    #expect {
      _ = try ModelConfiguration(yaml: mapped(Array("a: 1\(end)*b".utf8)))
    } throws: { error in
      "\(error)".contains("line ends or marks")
    }
  }

  /// Ampersands and stars in pieces and texts are none.
  @Test func pieces() throws {
    let yaml = """
      target: EncDecCTCModelBPE
      tokenizer: {model_path: "nemo:t"}
      encoder: {n_layers: 1, d_model: 64, subsampling: dw_striding, subsampling_factor: 8}
      decoder:
        num_classes: 5
        vocabulary:
        - '*'
        - ▁&
        - '&'
        - a*b
        - ▁*
      """
    #expect(try ModelConfiguration(yaml: mapped(Array(yaml.utf8))).vocabularySize == 5)
  }
}
