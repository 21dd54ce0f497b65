/// Values without quotes: true and false, numbers, dates and times.
enum TOMLScalar {
  /// Why a word is no value.
  struct Mistake: Error { let reason: String }

  /// The value of a word.
  ///
  /// - Throws: `Mistake`, where it has none.
  static func value(of word: [UInt8]) throws(Mistake) -> TOMLValue {
    switch String(decoding: word, as: UTF8.self) {
    case "true": return .flag(true)
    case "false": return .flag(false)
    case "inf", "+inf": return .number(.infinity)
    case "-inf": return .number(-.infinity)
    case "nan", "+nan", "-nan": return .number(.nan)
    case let text where TOMLMoment.isOne(word): return .moment(text)
    case let text:
      if let value = try integer(word) { return value }
      if let value = try real(word) { return value }
      throw Mistake(reason: "\(text.prefix(80)) is no value; a text stands in quotes")
    }
  }

  /// A whole number: decimal with or without a sign, or `0x`, `0o`, `0b`.
  private static func integer(_ word: [UInt8]) throws(Mistake) -> TOMLValue? {
    let radixes = ["0x": 16, "0o": 8, "0b": 2]
    let prefix = String(decoding: word.prefix(2), as: UTF8.self)
    if let radix = radixes[prefix] {
      guard let digits = digits(word.dropFirst(2), radix: radix) else { return nil }
      return .integer(try fitting(Int(digits, radix: radix)))
    }
    let (sign, rest) = signed(word)
    guard let digits = digits(rest, radix: 10), digits == "0" || !digits.hasPrefix("0") else {
      return nil
    }
    return .integer(try fitting(Int(sign + digits)))
  }

  private static func fitting(_ number: Int?) throws(Mistake) -> Int {
    guard let number else { throw Mistake(reason: "a whole number of more than 64 bits") }
    return number
  }

  /// A number with a fraction, an exponent, or both.
  private static func real(_ word: [UInt8]) throws(Mistake) -> TOMLValue? {
    let (sign, rest) = signed(word)
    let exponentStart = rest.firstIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? rest.endIndex
    let parts = rest[..<exponentStart].split(
      separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = digits(parts[0], radix: 10),
      whole == "0" || !whole.hasPrefix("0")
    else { return nil }
    var text = sign + whole
    if parts.count == 2 {
      guard let fraction = digits(parts[1], radix: 10) else { return nil }
      text += "." + fraction
    }
    if exponentStart < rest.endIndex {
      let (sign, rest) = signed(rest[(exponentStart + 1)...])
      guard let exponent = digits(rest, radix: 10) else { return nil }
      text += "e\(sign)\(exponent)"
    }
    guard let number = Double(text) else { return nil }
    guard number.isFinite else { throw Mistake(reason: "a number too large for 64 bits") }
    return .number(number)
  }

  private static func signed(_ word: some Collection<UInt8>) -> (
    sign: String, rest: ArraySlice<UInt8>
  ) {
    let word = ArraySlice(word)
    switch word.first {
    case UInt8(ascii: "-"): return ("-", word.dropFirst())
    case UInt8(ascii: "+"): return ("", word.dropFirst())
    default: return ("", word)
    }
  }

  /// Digits without the underscores between them; nil where there is anything else.
  private static func digits(_ word: ArraySlice<UInt8>, radix: Int) -> String? {
    let parts = word.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
    guard parts.allSatisfy({ part in !part.isEmpty && part.allSatisfy { isDigit($0, radix) } })
    else { return nil }
    return String(decoding: parts.joined(), as: UTF8.self)
  }

  /// The number that digits alone stand for; nil where there is anything else, or too much.
  static func number(_ word: ArraySlice<UInt8>, radix: Int) -> Int? {
    guard word.allSatisfy({ isDigit($0, radix) }) else { return nil }
    return Int(String(decoding: word, as: UTF8.self), radix: radix)
  }

  private static func isDigit(_ byte: UInt8, _ radix: Int) -> Bool {
    Character(Unicode.Scalar(byte)).hexDigitValue.map { $0 < radix } ?? false
  }
}
