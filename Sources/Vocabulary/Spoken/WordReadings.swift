/// How people read one part of an identifier aloud.
enum WordReadings {
  /// All readings, the usual one first.
  ///
  /// - Parameters:
  ///   - word: Letters as they are spelled.
  ///   - isConstant: Whether the whole identifier is spelled in capitals, which then say nothing.
  /// - Returns: At least one reading.
  static func readings(of word: String, isConstant: Bool) -> [String] {
    if let capitals = capitals(in: word), !isConstant || isAcronym(word.lowercased()) {
      return acronym(capitals.letters, isPlural: capitals.isPlural)
    }
    return lowercase(word.lowercased())
  }

  private static func lowercase(_ word: String) -> [String] {
    if let known = SpokenNames.parts[word] ?? SpokenNames.acronyms[word] { return known }
    if isAcronym(word) { return [letters(word)] }
    if let halves = halves(of: word) { return [halves, word] }
    return [word]
  }

  private static func acronym(_ word: String, isPlural: Bool) -> [String] {
    var readings = SpokenNames.acronyms[word] ?? []
    // "LICENSE" is shouted, not spelled.
    if readings.isEmpty, word.utf8.count > 4, OrdinaryEnglish.contains(word.utf8) {
      readings.append(word)
    }
    let letters = letters(word)
    if !readings.contains(letters) { readings.append(letters) }
    guard isPlural else { return readings }
    return readings.map { $0 == letters ? "\($0) s" : "\($0)s" }
  }

  /// Capital letters in small ones, where a word has no others but the ending of a plural.
  private static func capitals(in word: String) -> (letters: String, isPlural: Bool)? {
    guard word.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    let upper = word.utf8.prefix { (0x41...0x5A).contains($0) }.count
    if upper == word.utf8.count { return (word.lowercased(), false) }
    guard upper > 1, upper == word.utf8.count - 1, word.hasSuffix("s") else { return nil }
    return (word.dropLast().lowercased(), true)
  }

  /// Whether a word in small letters is spelled letter by letter.
  private static func isAcronym(_ word: String) -> Bool {
    if SpokenNames.acronyms[word] != nil { return true }
    return word.utf8.count <= 5
      && word.utf8.allSatisfy { (0x61...0x7A).contains($0) && !vowels.contains($0) }
  }

  private static let vowels = Array("aeiouy".utf8)

  /// The two words of a compound that is none itself, such as "webhook".
  private static func halves(of word: String) -> String? {
    let bytes = Array(word.utf8)
    guard (6...24).contains(bytes.count), !OrdinaryEnglish.contains(bytes) else { return nil }
    var best: (rank: Int, cut: Int)?
    for cut in 3...bytes.count - 3 {
      guard let left = OrdinaryEnglish.rank(of: bytes[..<cut]),
        let right = OrdinaryEnglish.rank(of: bytes[cut...])
      else { continue }
      let rank = max(left, right)
      if rank < 10_000, rank < best?.rank ?? .max { best = (rank, cut) }
    }
    guard let cut = best?.cut else { return nil }
    return String(decoding: bytes[..<cut] + [0x20] + bytes[cut...], as: UTF8.self)
  }

  private static func letters(_ word: String) -> String {
    word.map(String.init).joined(separator: " ")
  }
}
