import Recognition
import TestSupport
import Testing

/// Whatever a model file holds: an error or a tokenizer that works, never a trap.
@Suite struct TokenizerFuzzTests {
  #if DEBUG
    private static let rounds = 100
  #else
    private static let rounds = 1_500
  #endif

  @Test(arguments: ["symbols", "en", "unigram"])
  func mutatedModels(_ name: String) throws {
    let model = try TokenizerFixtures.model(name)
    var generator = Seeded(1)
    var survivors = 0
    for _ in 0..<Self.rounds {
      guard let tokenizer = try? Tokenizer(model: Self.mutate(model, &generator)) else { continue }
      survivors += 1
      let ids = tokenizer.encode("Ｈello  wörld, ▁kubectl ﷺ 世界")
      _ = tokenizer.decode(ids)
      _ = tokenizer.decode(0..<min(tokenizer.count, 300))
    }
    #expect(survivors > 0 && survivors < Self.rounds)
  }

  @Test func randomBytes() {
    var generator = Seeded(2)
    for _ in 0..<5_000 {
      let count = Int.random(in: 0..<64, using: &generator)
      // Small numbers make plausible keys and lengths.
      let bytes = (0..<count).map { _ in
        UInt8.random(in: 0...(Bool.random(using: &generator) ? 45 : 255), using: &generator)
      }
      #expect(throws: TokenizerError.self) { try Tokenizer(model: bytes) }
    }
  }

  @Test func truncatedModels() throws {
    let model = try TokenizerFixtures.model("symbols")
    for count in stride(from: 0, to: model.count, by: 97) {
      _ = try? Tokenizer(model: Array(model.prefix(count)))
    }
  }

  private static func mutate(_ model: [UInt8], _ generator: inout Seeded) -> [UInt8] {
    var bytes = model
    for _ in 0..<Int.random(in: 1...6, using: &generator) {
      // Half of the changes hit the pieces in front or the settings at the end, not the big rules.
      let offset = Int.random(in: 0..<min(2_000, bytes.count), using: &generator)
      let position =
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: offset
        case 1: bytes.count - 1 - offset
        default: Int.random(in: 0..<bytes.count, using: &generator)
        }
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: position)
      case 1: bytes.remove(at: position)
      case 2: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      default: bytes[position] = UInt8.random(in: 0...255, using: &generator)
      }
    }
    return bytes
  }
}
