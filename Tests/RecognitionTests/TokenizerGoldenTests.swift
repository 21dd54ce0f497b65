import Checkpoint
import Foundation
import Recognition
import TestSupport
import Testing

/// Equality with the SentencePiece library; `models/tools/tokenizer_fixtures.py` wrote the files.
@Suite struct TokenizerGoldenTests {
  static let models = ["en", "multi", "unigram", "symbols"]

  @Test(arguments: models)
  func everyLineOfTheText(_ model: String) throws {
    let tokenizer = try TokenizerFixtures.tokenizer(model)
    let text = try TokenizerFixtures.lines("text.txt")
    let expectations = try TokenizerFixtures.lines("\(model)/lines.txt")
    #expect(text.count == 10_000)
    #expect(expectations.count == text.count)
    var failures: [String] = []
    for (line, expected) in zip(text, expectations) {
      let ids = tokenizer.encode(line)
      let texts = "\(tokenizer.normalize(line))\n\(tokenizer.decode(ids))"
      let found = "\(TokenizerFixtures.hash(texts)) \(TokenizerFixtures.compact(ids))"
      if found != expected { failures.append(line.debugDescription) }
    }
    #expect(failures.isEmpty, "\(failures.count) lines differ: \(failures.prefix(5))")
  }

  @Test(arguments: models)
  func idsInAnyOrder(_ model: String) throws {
    let tokenizer = try TokenizerFixtures.tokenizer(model)
    var failures: [String] = []
    let lines = try TokenizerFixtures.lines("\(model)/decodes.txt")
    #expect(lines.count == 3_000)
    for line in lines {
      let fields = line.utf8.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      let ids = fields[0].split(separator: UInt8(ascii: " ")).compactMap { Int(Substring($0)) }
      let expected = TokenizerFixtures.unescape(Array(fields[1]))
      if !tokenizer.decode(ids).utf8.elementsEqual(expected.utf8) { failures.append("\(ids)") }
    }
    #expect(failures.isEmpty, "\(failures.count) sequences differ: \(failures.prefix(5))")
  }
}

/// The files under `Fixtures/tokenizers` and their notation.
enum TokenizerFixtures {
  static let folder = Fixtures.committed.appending(path: "tokenizers")

  /// The checkpoints that "en" and "multi" are stored in.
  private static let checkpoints = ["en": "v2like/v2like.nemo", "multi": "v3like/v3like.nemo"]

  static func model(_ name: String) throws -> [UInt8] {
    guard let checkpoint = checkpoints[name] else {
      return try Fixtures.inflated(folder.appending(path: "\(name)/tokenizer.model.gz"))
    }
    let file = Fixtures.committed.appending(path: checkpoint)
    return try Checkpoint.open(file.path).tokenizerModel
  }

  static func tokenizer(_ name: String) throws -> Tokenizer {
    try Tokenizer(model: try model(name))
  }

  static func lines(_ path: String) throws -> [String] {
    try Fixtures.inflated(folder.appending(path: "\(path).gz"))
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// FNV-1a over the UTF-8 bytes, eight hexadecimal digits.
  static func hash(_ text: String) -> String {
    var value: UInt32 = 0x811C_9DC5
    for byte in Array(text.utf8) { value = (value ^ UInt32(byte)) &* 0x0100_0193 }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// Two base-64 digits an id, counted from "0" upwards in ASCII.
  static func compact(_ ids: [Int]) -> String {
    var digits: [UInt8] = []
    for id in ids {
      digits.append(UInt8(48 + id / 64))
      digits.append(UInt8(48 + id % 64))
    }
    return String(decoding: digits, as: UTF8.self)
  }

  static func unescape(_ bytes: [UInt8]) -> String {
    let meanings: [UInt8: UInt8] = [
      UInt8(ascii: "n"): 10, UInt8(ascii: "t"): 9, UInt8(ascii: "r"): 13,
      UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    ]
    var result: [UInt8] = []
    var isEscaped = false
    for byte in bytes {
      if isEscaped {
        result.append(meanings[byte] ?? byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
