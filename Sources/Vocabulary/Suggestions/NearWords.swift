/// Whether one word may have been heard for another.
enum NearWords {
  /// Whether two different words are alike by their letters or by their sound.
  ///
  /// A form of a word that people say and mean, such as its plural, is another word.
  ///
  /// - Parameters:
  ///   - a: A word in small letters.
  ///   - b: Another one.
  ///   - byLetters: Whether the sound alone is not enough.
  /// - Returns: Whether they are.
  static func areNear(_ a: [UInt8], _ b: [UInt8], byLetters: Bool = false) -> Bool {
    if a.count == 1 && b.count == 1 {
      return letters.contains { $0.contains(a[0]) && $0.contains(b[0]) }
    }
    let (short, long) = a.count <= b.count ? (a, b) : (b, a)
    guard short.count > 1, !isInflection(long, of: short) else { return false }
    if !byLetters, short.count > 2, sound(of: a) == sound(of: b) { return true }
    let most = short.count >= 7 ? 2 : short.count >= 4 ? 1 : 0
    return long.count - short.count <= most && distance(a, b, most: most) <= most
  }

  /// The consonants that a word is heard by, with those alike that are taken for each other, and a
  /// mark where it begins with a vowel.
  static func sound(of word: [UInt8]) -> [UInt8] {
    var sound: [UInt8] = []
    var index = 0
    while index < word.count {
      let (letter, next) = (word[index], index + 1 < word.count ? word[index + 1] : 0)
      let before = index > 0 ? word[index - 1] : 0
      var code = codes[letter] ?? letter
      switch (letter, next) {
      case (UInt8(ascii: "p"), UInt8(ascii: "h")): code = UInt8(ascii: "f")
      case (UInt8(ascii: "c"), UInt8(ascii: "e")), (UInt8(ascii: "c"), UInt8(ascii: "i")),
        (UInt8(ascii: "c"), UInt8(ascii: "y")):
        code = UInt8(ascii: "s")
      case (UInt8(ascii: "h"), _) where before != 0: code = 0
      default: break
      }
      if code == vowel { code = index == 0 ? vowel : 0 }
      if code != 0, sound.last != code { sound.append(code) }
      if letter == UInt8(ascii: "x") { sound.append(UInt8(ascii: "s")) }
      index += 1
    }
    return sound
  }

  private static let vowel = UInt8(ascii: "a")
  /// What letters sound like; 0 for what is hardly heard.
  private static let codes: [UInt8: UInt8] = {
    var codes: [UInt8: UInt8] = [:]
    let groups = ["aeiouy", "bp", "ckqgx", "dt", "fv", "j", "l", "mn", "r", "sz", "w"]
    for group in groups { for letter in group.utf8 { codes[letter] = group.utf8.first } }
    codes[UInt8(ascii: "w")] = 0
    codes[UInt8(ascii: "'")] = 0
    return codes
  }()

  /// Letters whose names rhyme.
  private static let letters = ["bcdegptvz", "ahjk", "flmnsx", "iy", "quw"].map { Array($0.utf8) }

  private static let endings = ["s", "es", "d", "ed", "ing", "'s", "er", "ly"].map {
    Array($0.utf8)
  }

  private static func isInflection(_ long: [UInt8], of short: [UInt8]) -> Bool {
    endings.contains { long.elementsEqual(short + $0) }
      || short.last == UInt8(ascii: "y")
        && long.elementsEqual(short.dropLast() + Array("ies".utf8))
  }

  /// Letters that have to be changed, added or left out; more than `most` are not counted.
  private static func distance(_ a: [UInt8], _ b: [UInt8], most: Int) -> Int {
    var row = Array(0...b.count)
    for (index, letter) in a.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (place, other) in b.enumerated() {
        let cost = diagonal + (letter == other ? 0 : 1)
        diagonal = row[place + 1]
        row[place + 1] = min(cost, diagonal + 1, row[place] + 1)
      }
      if row.allSatisfy({ $0 > most }) { return most + 1 }
    }
    return row[b.count]
  }
}
