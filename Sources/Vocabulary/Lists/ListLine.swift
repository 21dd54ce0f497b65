/// What is wrong with a line.
struct LineFault: Error {
  /// The character, from 1 on.
  let column: Int
  let message: String
  let remedy: String?

  init(_ column: Int, _ message: String, remedy: String? = nil) {
    self.column = column
    self.message = message
    self.remedy = remedy
  }
}

/// A line of a list.
struct ListLine {
  private let text: String

  init(_ bytes: ArraySlice<UInt8>) throws(LineFault) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let valid = String(decoding: bytes, as: UTF8.self).prefix { $0 != "\u{FFFD}" }
      throw LineFault(
        valid.unicodeScalars.count + 1, "is not UTF-8", remedy: "save the file as UTF-8")
    }
    self.text = text
  }

  /// The term; nil for a line that says nothing.
  func term(_ origin: Term.Origin) throws(LineFault) -> Term? {
    guard let first = text.unicodeScalars.first(where: { $0 != " " && $0 != "\t" }), first != "#"
    else { return nil }
    try refuseControls()
    let fields = text.split(separator: "\t", omittingEmptySubsequences: false)
    let escaped = VocabularyList.normalized(String(fields[0]))
    let spelling = escaped.hasPrefix("\\") ? String(escaped.dropFirst()) : escaped
    var term = Term(spelling, origin: origin)
    try check(spelling, "the term", column: 1)
    var names: Set<Substring> = []
    var column = fields[0].unicodeScalars.count + 2
    for field in fields.dropFirst() {
      defer { column += field.unicodeScalars.count + 1 }
      // Two tabs, or one at the end, align columns.
      if field.allSatisfy({ $0 == " " }) { continue }
      let name = field.prefix { $0 != "=" }
      guard name.endIndex < field.endIndex else {
        throw LineFault(
          column, "\"\(field.prefix(40))\" is no field",
          remedy: "write spoken=, weight=, case= or guard=")
      }
      if name != "spoken", !names.insert(name).inserted {
        throw LineFault(column, "\(name)= stands twice")
      }
      let value = VocabularyList.normalized(String(field[name.endIndex...].dropFirst()))
      try Self.set(name, value, in: &term, column: column)
      if name == "spoken" { try check(value, "the spoken form", column: column) }
    }
    return term
  }

  private static func set(
    _ name: Substring, _ value: String, in term: inout Term, column: Int
  ) throws(LineFault) {
    switch name {
    case "spoken":
      guard term.spoken.count < ListLimits.forms else {
        throw LineFault(column, "more than \(ListLimits.forms) spoken forms")
      }
      guard FoldedWord.key(of: value).count > 1 else {
        throw LineFault(
          column, "\"\(value.prefix(40))\" cannot be said",
          remedy: "write it as words, or as letters with spaces")
      }
      let form = value.split(separator: " ").joined(separator: " ")
      if !term.spoken.contains(form) { term.spoken.append(form) }
    case "weight":
      guard let weight = Double(value), (0.01...100).contains(weight) else {
        throw LineFault(column, "weight=\(value.prefix(40)) is no number from 0.01 to 100")
      }
      term.weight = weight
    case "case":
      guard let casing = Term.Casing(rawValue: value), casing != .automatic else {
        throw LineFault(column, "case=\(value.prefix(40)) is neither exact nor sentence")
      }
      term.casing = casing
    case "guard":
      guard let `guard` = Term.Guard(rawValue: value), `guard` != .automatic else {
        throw LineFault(column, "guard=\(value.prefix(40)) is neither on nor off")
      }
      term.guard = `guard`
    default:
      throw LineFault(
        column, "\(name.prefix(40))= is unknown", remedy: "write spoken=, weight=, case= or guard=")
    }
  }

  private func check(_ text: String, _ what: String, column: Int) throws(LineFault) {
    guard !text.isEmpty else { throw LineFault(column, "\(what) is empty") }
    guard text.utf8.count <= ListLimits.bytes else {
      throw LineFault(
        column, "\(what) has \(text.utf8.count) bytes, more than \(ListLimits.bytes)")
    }
  }

  /// Refuses what a terminal or an editor would obey when the term is typed, and what turns the
  /// direction of text round so that it reads as another.
  private func refuseControls() throws(LineFault) {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x09 }) { return }
    for (index, scalar) in text.unicodeScalars.enumerated() where Self.isRefused(scalar) {
      let code = String(scalar.value, radix: 16, uppercase: true)
      throw LineFault(
        index + 1, "holds the control character U+\("000\(code)".suffix(max(4, code.count)))",
        remedy: "remove it")
    }
  }

  private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 && scalar != "\t" || scalar.value == 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: return true
    // Joiners belong to the spelling of some languages, and to emoji.
    case .format: return scalar.value != 0x200C && scalar.value != 0x200D
    default: return false
    }
  }
}
