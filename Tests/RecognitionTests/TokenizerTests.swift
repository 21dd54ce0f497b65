import Recognition
import Testing

@Suite struct TokenizerTests {
  @Test(arguments: TokenizerGoldenTests.models)
  func nothingIsNoTokens(_ model: String) throws {
    let tokenizer = try TokenizerFixtures.tokenizer(model)
    #expect(tokenizer.encode("").isEmpty)
    #expect(tokenizer.decode([]) == "")
    #expect(tokenizer.normalize("") == "")
  }

  @Test(arguments: ["en", "multi", "unigram"])
  func knownTextComesBackNormalised(_ model: String) throws {
    let tokenizer = try TokenizerFixtures.tokenizer(model)
    var checked = 0
    // A tenth of the lines, because debug builds are slow; the library checks all of them.
    let lines = try TokenizerFixtures.lines("text.txt")
    for line in stride(from: 0, to: lines.count, by: 10).map({ lines[$0] }) {
      let ids = tokenizer.encode(line)
      let normalized = tokenizer.normalize(line)
      // Leading marks of the text itself are taken for spaces and go.
      guard !normalized.hasPrefix("▁▁"), !ids.contains(where: { tokenizer.piece($0) == "<unk>" })
      else { continue }
      let expected = normalized.unicodeScalars.dropFirst().map { $0 == "▁" ? " " : $0 }
      #expect(Array(tokenizer.decode(ids).unicodeScalars) == expected)
      checked += 1
    }
    #expect(checked > 100)
  }

  @Test func piecesAreSpeltAsInTheModel() throws {
    let tokenizer = try TokenizerFixtures.tokenizer("multi")
    #expect(tokenizer.count == 512)
    let bytes = (0..<tokenizer.count).filter(tokenizer.isByte)
    #expect(bytes.count == 256)
    #expect(bytes.first.map(tokenizer.piece) == "<0x00>")
    #expect(tokenizer.decode(tokenizer.encode("語")) == "語")
  }

  @Test func mergesGoByScoreThenFromTheLeft() throws {
    // "bc" is the best pair of "▁abc"; of "aaa" the left "aa" is taken.
    let tokenizer = try TokenizerModelWriter.tokenizer(["bc", "ab", "aa", "▁", "a", "b", "c"])
    #expect(tokenizer.encode("abc").map(tokenizer.piece) == ["▁", "a", "bc"])
    #expect(tokenizer.encode("aaa").map(tokenizer.piece) == ["▁", "aa", "a"])
  }

  @Test func aRunOfUnknownCharactersIsOneToken() throws {
    let tokenizer = try TokenizerModelWriter.tokenizer(["▁", "a"], type: 1)
    #expect(tokenizer.encode("xyaz") == [1, 0, 2, 0])
    #expect(tokenizer.decode([1, 0, 2, 0]) == " ⁇ a ⁇ ")
  }

  @Test func damagedModelsAreRefusedWithAReason() {
    #expect(throws: TokenizerError.malformed("there is no unknown piece")) {
      try Tokenizer(model: [])
    }
    #expect(throws: TokenizerError.malformed("piece 2 is there twice")) {
      try TokenizerModelWriter.tokenizer(["a", "a"])
    }
    #expect(throws: TokenizerError.malformed("piece 1 is empty")) {
      try TokenizerModelWriter.tokenizer([""])
    }
    var scored = TokenizerModelWriter()
    scored.piece("a", .nan)
    #expect(throws: TokenizerError.malformed("piece 0 has a score that is no number")) {
      try Tokenizer(model: scored.bytes)
    }
    #expect(throws: TokenizerError.malformed("a field at byte 2 reaches past the end")) {
      try Tokenizer(model: [0x0A, 0x7F])
    }
    #expect(throws: TokenizerError.malformed("it ends in the middle of a field, at byte 2")) {
      try Tokenizer(model: [0x0D, 0x00])
    }
    #expect(throws: TokenizerError.malformed("wire type 3 at byte 1")) {
      try Tokenizer(model: [0x0B])
    }
    #expect(throws: TokenizerError.malformed("a number of more than ten bytes at byte 11")) {
      try Tokenizer(model: [0x08] + [UInt8](repeating: 0xFF, count: 11))
    }
  }

  /// Refused while they are read, before anything is made of them.
  @Test func modelsWithoutMeasureAreRefused() {
    func expect(_ what: String, _ model: TokenizerModelWriter) {
      #expect(throws: TokenizerError.excessive(what)) { try Tokenizer(model: model.bytes) }
    }
    var long = TokenizerModelWriter()
    long.piece(String(repeating: "x", count: 1_025))
    expect("a piece of more than 1,024 bytes", long)
    // A piece without a type or a score takes few bytes.
    var many = [UInt8]()
    for _ in 0...131_072 { many += [0x0A, 3, 0x0A, 1, 0x61] }
    #expect(throws: TokenizerError.excessive("more than 131,072 pieces")) {
      try Tokenizer(model: many)
    }
    var wide = TokenizerModelWriter()
    for _ in 0..<1_050 { wide.piece(String(repeating: "x", count: 1_000)) }
    expect("pieces of more than 1 MiB in all", wide)
    let settings = (0...262_144).flatMap { _ in [0x50, 1] as [UInt8] }
    #expect(throws: TokenizerError.excessive("more than 262,144 fields")) {
      try Tokenizer(model: settings)
    }
    var rules = TokenizerModelWriter()
    rules.field(3, [0x12, 0x81, 0x80, 0x80, 4] + [UInt8](repeating: 0, count: 8 << 20 | 1))
    expect("normalisation rules of more than 8 MiB", rules)
  }

  @Test func modelsOfOtherKindsAreRefused() {
    #expect(
      throws: TokenizerError.unsupported("it is a word model, neither bytePair nor unigram")
    ) { try TokenizerModelWriter.tokenizer(["a"], type: 3) }
    #expect(throws: TokenizerError.unsupported("its model type 9 is unknown")) {
      try TokenizerModelWriter.tokenizer(["a"], type: 9)
    }
  }

  @Test func bytePiecesMustBeComplete() {
    var model = TokenizerModelWriter()
    model.piece("<unk>", 0, .unknown)
    model.piece("<0x41>", 0, .byte)
    #expect(throws: TokenizerError.malformed("piece 1 is a byte, but byte_fallback is off")) {
      try Tokenizer(model: model.bytes)
    }
    model.trainer(type: 2, byteFallback: true)
    let message = "byte_fallback is on, but not all 256 bytes are there"
    #expect(throws: TokenizerError.malformed(message)) { try Tokenizer(model: model.bytes) }
    model.piece("<0xZZ>", 0, .byte)
    #expect(throws: TokenizerError.malformed("piece 2 is not the name of a byte")) {
      try Tokenizer(model: model.bytes)
    }
  }

  @Test func unknownFieldsAreSkipped() throws {
    var model = TokenizerModelWriter()
    model.field(99, number: .max)
    model.field(1000, [1, 2, 3])
    model.piece("<unk>", 0, .unknown)
    model.piece("a")
    #expect(try Tokenizer(model: model.bytes).count == 2)
  }
}
