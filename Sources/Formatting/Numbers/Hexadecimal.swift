/// "zero x one f": numbers to the base of sixteen, digit by digit.
enum Hexadecimal {
  /// Digits of a number.
  private static let longest = 64

  static func number(_ reader: WordReader) throws(Undecided) -> Match? {
    var (digits, count) = ("", 1)
    switch reader.first.key {
    case "0x": break
    case "zero", "0", "oh":
      guard let x = try reader.following(1), x.key == "x" else { return nil }
      count = 2
    default: return nil
    }
    while digits.utf8.count < longest, let word = try reader.following(count),
      let digit = digit(word)
    {
      digits += digit
      count += 1
    }
    return digits.isEmpty ? nil : Match(count, Piece("0x" + digits, .written), in: reader)
  }

  private static func digit(_ word: HeardWord) -> String? {
    switch NumberWord(word) {
    case .digit(let number), .teen(let number), .tens(let number), .compound(let number):
      return "\(number)"
    case .literal(let digits): return digits
    case .hundred, .scale: return nil
    case nil: break
    }
    // "ff" and "1f", but no word that happens to be spelled with such letters.
    let isShort = word.key.utf8.count <= 2
    return isShort && word.key.utf8.allSatisfy(isDigit) && !word.key.isEmpty ? word.key : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}
