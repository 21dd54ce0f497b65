/// A number while its words are read: a whole number, or digits as they were said one by one.
enum SpokenNumber: Equatable {
  /// Decimal digits without zeros in front, but of zero.
  case whole(String)
  /// Digits, perhaps with points.
  case digits(String)

  /// A small whole number.
  init(_ number: Int) { self = .whole(String(number)) }

  /// Ten to some power.
  init(zeros: Int) { self = .whole("1" + String(repeating: "0", count: zeros)) }

  /// A number as it is written with digits; whole where nothing but zeros follows the point.
  init(written: String) {
    let parts = written.split(separator: ".", omittingEmptySubsequences: false)
    let isWhole = parts.dropFirst().allSatisfy { $0.allSatisfy { $0 == "0" } }
    self = isWhole ? .whole(Self.trimmed(parts[0])) : .digits(written)
  }

  /// How it is written.
  var text: String {
    switch self {
    case .whole(let text), .digits(let text): text
    }
  }

  var isZero: Bool { self == .whole("0") }

  /// Whether the last of its digits are zeros.
  func ends(inZeros count: Int) -> Bool {
    text == "0" || text.hasSuffix(String(repeating: "0", count: count))
  }

  /// Digits behind those that there are, of which zero has none.
  func followed(by digits: String) -> SpokenNumber {
    .digits((isZero ? "" : text) + digits)
  }

  /// A number put in the place of its last zeros, as four in that of twenty-four.
  func filled(with number: Int) -> SpokenNumber {
    text == "0" ? SpokenNumber(number) : .whole(Self.sum(text, String(number)))
  }

  /// What is below a thousand taken so many times; what is above stays.
  func multiplied(zeros: Int) -> SpokenNumber {
    let low = Self.trimmed(text.suffix(3))
    let high = text.dropLast(3) + (text.count > 3 ? "000" : "")
    let product = low == "0" ? "0" : low + String(repeating: "0", count: zeros)
    return .whole(Self.sum(high.isEmpty ? "0" : String(high), product))
  }

  /// Digits taken so many times; nil where that is no whole number.
  func scaled(zeros: Int) -> SpokenNumber? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.contains(where: { !$0.isEmpty }),
      parts.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } })
    else { return nil }
    var decimals = parts.count == 2 ? parts[1] : ""
    while decimals.last == "0" { decimals.removeLast() }
    guard decimals.count <= zeros else { return nil }
    let digits = String(parts[0]) + decimals + String(repeating: "0", count: zeros - decimals.count)
    return .whole(Self.trimmed(digits))
  }

  private static func trimmed(_ digits: some StringProtocol) -> String {
    let rest = digits.drop { $0 == "0" }
    return rest.isEmpty ? "0" : String(rest)
  }

  private static func sum(_ one: String, _ other: String) -> String {
    var (left, right) = (Array(one.utf8.reversed()), Array(other.utf8.reversed()))
    if left.count < right.count { swap(&left, &right) }
    var (digits, carry): ([UInt8], UInt8) = ([], 0)
    for index in left.indices {
      let zero = UInt8(ascii: "0")
      let sum = left[index] - zero + (index < right.count ? right[index] - zero : 0) + carry
      digits.append(zero + sum % 10)
      carry = sum / 10
    }
    if carry > 0 { digits.append(UInt8(ascii: "1")) }
    return trimmed(String(decoding: digits.reversed(), as: UTF8.self))
  }
}
