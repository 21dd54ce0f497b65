/// Writes spoken numbers with digits, as Whisper's English normaliser does, its oddities included.
///
/// "two hundred and one" becomes 201, "one oh one" 101, "twenty twenty" 2020, "five dollars" $5,
/// "ten per cent" 10%; "one" alone stays a word.
struct EnglishNumbers: Sendable {
  private static let halves = Rewrite("\\band\\s+a\\s+half\\b", "\u{0}")

  private static let apart = [
    // A space between digits and letters, but not before an ending.
    Rewrite("([a-z])([0-9])", "$1 $2"), Rewrite("([0-9])([a-z])", "$1 $2"),
    Rewrite("([0-9])\\s+(st|nd|rd|th|s)\\b", "$1$2"),
  ]

  private static let together = [
    // "$2 and ¢7" is $2.07, and "$0.07" ¢7.
    Rewrite("([€£$])([0-9]+) (?:and )?¢([0-9]{2})\\b", "$1$2.$3"),
    Rewrite("([€£$])([0-9]+) (?:and )?¢([0-9])\\b", "$1$2.0$3"),
    Rewrite("[€£$]0.([1-9][0-9])\\b", "¢$1"), Rewrite("[€£$]0.0?([0-9])\\b", "¢$1"),
    Rewrite("\\b1(s?)\\b", "one$1"),
  ]

  /// The text with all numbers in digits.
  func normalized(_ text: String) -> String {
    var text = Self.withHalves(text)
    for rewrite in Self.apart { text = rewrite.apply(to: text) }
    var reader = NumberReader(text.scalarWords)
    text = reader.written().joined(separator: " ")
    for rewrite in Self.together { text = rewrite.apply(to: text) }
    return text
  }

  /// "three and a half" as "three point five".
  private static func withHalves(_ text: String) -> String {
    let marked = halves.apply(to: text)
    let segments = marked.unicodeScalars.split(separator: "\u{0}", omittingEmptySubsequences: false)
      .map { String($0) }
    guard segments.count > 1 else { return text }
    var parts: [String] = []
    for (index, segment) in segments.enumerated() {
      guard let last = segment.scalarWords.last else { continue }
      parts.append(segment)
      guard index < segments.count - 1 else { break }
      let isNumber = NumberWords.isDecimal(last) || NumberWords.multipliers[last] != nil
      parts.append(isNumber ? "point five" : "and a half")
    }
    return parts.joined(separator: " ")
  }
}

/// Reads words from left to right and gathers numbers.
private struct NumberReader {
  private let words: [String]
  private var output: [String] = []
  private var prefix: String?
  private var number: SpokenNumber?
  /// The word at hand, and those beside it.
  private var previous: String?
  private var next: String?

  init(_ words: [String]) { self.words = words }

  /// All words, those of numbers as digits.
  mutating func written() -> [String] {
    var index = 0
    while index < words.count {
      previous = index > 0 ? words[index - 1] : nil
      next = index + 1 < words.count ? words[index + 1] : nil
      index += read(words[index]) ? 2 : 1
    }
    flush()
    return output
  }

  /// Takes a word in.
  ///
  /// - Returns: Whether the next one is a part of it.
  private mutating func read(_ word: String) -> Bool {
    if readDigits(word) { return false }
    guard NumberWords.contains(word) else {
      flush()
      write(word)
      return false
    }
    if NumberWords.zeros.contains(word) {
      number = (number ?? SpokenNumber(0)).followed(by: "0")
    } else if let value = NumberWords.ones[word] {
      number = joined(ones: value)
    } else if let (value, suffix) = NumberWords.endingOnes[word] {
      write(joined(ones: value).text + suffix)
    } else if let value = NumberWords.tens[word] {
      number = joined(tens: value)
    } else if let (value, suffix) = NumberWords.endingTens[word] {
      write(joined(tens: value).text + suffix)
    } else if let zeros = NumberWords.multipliers[word] {
      multiply(zeros: zeros)
    } else if let (zeros, suffix) = NumberWords.endingMultipliers[word] {
      multiply(zeros: zeros)
      write((number ?? SpokenNumber(zeros: zeros)).text + suffix)
    } else {
      return readLink(word)
    }
    return false
  }

  /// Takes digits in, perhaps with a sign or a currency.
  private mutating func readDigits(_ word: String) -> Bool {
    let sign = word.first.flatMap { NumberWords.prefixes.contains($0) ? String($0) : nil }
    let digits = sign == nil ? word : String(word.dropFirst())
    guard Self.isNumeric(digits) else { return false }
    if case .digits(let text) = number, text.hasSuffix(".") {
      number = .digits(text + word)
      return true
    }
    flush()
    prefix = sign ?? prefix
    number = SpokenNumber(written: digits)
    return true
  }

  /// Takes in a word that does something with a number.
  private mutating func readLink(_ word: String) -> Bool {
    let hasNext = next.map { NumberWords.contains($0) || Self.isNumeric($0) } ?? false
    if let sign = NumberWords.signs[word] {
      flush()
      if hasNext { prefix = sign } else { write(word) }
    } else if let currency = NumberWords.currencies[word] {
      if number == nil {
        write(word)
      } else {
        prefix = currency
        flush()
      }
    } else if word == "percent" || word == "per" {
      guard let text = number?.text else {
        write(word)
        return false
      }
      if word == "percent" || next == "cent" {
        write(text + "%")
        return word == "per"
      }
      flush()
      write(word)
    } else if !hasNext {
      flush()
      write(word)
    } else if word == "point" {
      if next.map({ NumberWords.isDecimal($0) || Self.isNumeric($0) }) == true {
        number = (number ?? SpokenNumber(0)).followed(by: ".")
      }
    } else if word == "and" {
      // It belongs to the number behind hundreds and thousands.
      if previous.flatMap({ NumberWords.multipliers[$0] }) == nil {
        flush()
        write(word)
      }
    } else {
      return repeatNext(word == "double" ? 2 : 3, word)
    }
    return false
  }

  /// "double five": the next digit several times.
  private mutating func repeatNext(_ times: Int, _ word: String) -> Bool {
    let zero = next.flatMap { NumberWords.zeros.contains($0) ? 0 : nil }
    guard let digit = next.flatMap({ NumberWords.ones[$0] }) ?? zero else {
      flush()
      write(word)
      return false
    }
    number = (number ?? SpokenNumber(0)).followed(
      by: String(repeating: String(digit), count: times))
    return true
  }

  private func joined(ones: Int) -> SpokenNumber {
    guard let number else { return SpokenNumber(ones) }
    if case .whole = number, !isOnes(previous) {
      return number.ends(inZeros: ones < 10 ? 1 : 2)
        ? number.filled(with: ones) : .digits(number.text + String(ones))
    }
    if ones < 10, let previous, NumberWords.tens[previous] != nil {
      return .digits(number.text.dropLast() + String(ones))
    }
    return .digits(number.text + String(ones))
  }

  private func isOnes(_ word: String?) -> Bool { word.flatMap { NumberWords.ones[$0] } != nil }

  private func joined(tens: Int) -> SpokenNumber {
    guard let number else { return SpokenNumber(tens) }
    if case .whole = number, number.ends(inZeros: 2) { return number.filled(with: tens) }
    return .digits(number.text + String(tens))
  }

  private mutating func multiply(zeros: Int) {
    guard let number else {
      self.number = SpokenNumber(zeros: zeros)
      return
    }
    if case .whole = number {
      self.number = number.multiplied(zeros: zeros)
    } else if let scaled = number.scaled(zeros: zeros) {
      self.number = scaled
    } else {
      flush()
      self.number = SpokenNumber(zeros: zeros)
    }
  }

  /// Writes the number that there is.
  private mutating func flush() {
    if let number { write(number.text) }
  }

  /// Writes a word behind what stands before it, and ends the number.
  private mutating func write(_ text: String) {
    output.append((prefix ?? "") + text)
    (prefix, number) = (nil, nil)
  }

  private static func isNumeric(_ word: String) -> Bool {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    return (1...2).contains(parts.count)
      && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { ("0"..."9").contains($0) } }
  }
}
