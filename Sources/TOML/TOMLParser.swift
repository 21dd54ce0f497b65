/// Reads TOML 1.1, of which every TOML 1.0 file is one.
struct TOMLParser {
  /// Tables and lists in each other beyond which a file is refused.
  static let deepest = 64

  private var scanner: TOMLScanner
  private let root = TOMLTable(.header, depth: 0)
  /// The table of the last header, and its names.
  private var section: (table: TOMLTable, path: [String])

  /// Reads a whole file.
  ///
  /// - Throws: `TOMLError` for the first thing that is wrong.
  static func parse(_ bytes: [UInt8]) throws(TOMLError) -> TOMLTable {
    var parser = TOMLParser(bytes)
    try parser.file()
    return parser.root
  }

  private init(_ bytes: [UInt8]) {
    scanner = TOMLScanner(bytes)
    section = (root, [])
  }

  private mutating func file() throws(TOMLError) {
    while true {
      try scanner.skipSpace()
      guard scanner.peek() != nil else { return }
      if scanner.sees("[") {
        try header()
        try scanner.finishLine(after: "a section's name")
      } else {
        try line()
      }
    }
  }

  // MARK: - Headers

  /// Reads `[a.b]` or `[[a.b]]`, and makes its table the one that lines go to.
  private mutating func header() throws(TOMLError) {
    let start = scanner.position
    _ = scanner.skip("[")
    let isItem = scanner.skip("[")
    let names = try key()
    guard isItem ? scanner.skip("]]") : scanner.skip("]") else {
      throw scanner.mistake(
        "\(scanner.next) in a section's name, which stands in brackets: [name]")
    }
    let path = names.map(\.name)
    var table = root
    for name in path.dropLast() { table = try self.table(name, in: table, start) }
    let name = path[path.count - 1]
    let new = TOMLTable(.header, depth: table.depth + 1)
    if !(isItem && table.append(new, to: name)) {
      switch table[name]?.content {
      case nil: table.add(name, isItem ? .tables([new]) : .table(new), start: start)
      case .table(let old) where old.origin == .implied && !isItem: old.origin = .header
      default: throw scanner.mistake("\(TOMLError.name(of: path)) is there already", at: start)
      }
    }
    if case .table(let named)? = table[name]?.content {
      section = (named, path)
    } else {
      section = (new, path)
    }
    section.table.room = .line(end: scanner.position, prefix: [])
  }

  /// The table of a name that stands in a header before another one.
  private func table(_ name: String, in table: TOMLTable, _ start: Int) throws(TOMLError)
    -> TOMLTable
  {
    switch table[name]?.content {
    case nil:
      let new = TOMLTable(.implied, depth: table.depth + 1)
      table.add(name, .table(new), start: start)
      return new
    case .table(let old) where old.origin != .inline: return old
    case .tables(let tables): return tables[tables.count - 1]
    case .table, .value:
      throw scanner.mistake("\(TOMLValue.key(name)) is complete already", at: start)
    }
  }

  // MARK: - Assignments

  /// A part of a key.
  private struct Name {
    let name: String
    /// Its bytes, with its quotes.
    let range: Range<Int>
  }

  /// Reads a key and its value; errors behind the key tell which one it is.
  private mutating func line() throws(TOMLError) {
    let names = try key()
    let keyEnd = names[names.count - 1].range.upperBound
    var valueStart: Int?
    do throws(TOMLError) {
      valueStart = try sign(after: names)
      let content = try content(depth: section.table.depth + names.count)
      let end = scanner.position
      try scanner.finishLine(after: "a value")
      let tables = try add(content, names, to: section.table)
      let prefixes = names.indices.map { names[..<$0].map(\.name) }
      for (table, prefix) in zip(tables, prefixes) { table.room = .line(end: end, prefix: prefix) }
    } catch {
      var error = error
      let rest = (valueStart ?? keyEnd)..<scanner.lineEnd(from: keyEnd)
      error.assignment = TOMLError.Assignment(
        path: section.path + names.map(\.name), rest: rest, hasSign: valueStart != nil)
      throw error
    }
  }

  /// Reads names with dots between them.
  private mutating func key() throws(TOMLError) -> [Name] {
    var names: [Name] = []
    repeat {
      scanner.skipBlanks()
      let start = scanner.position
      let name = scanner.seesText ? try scanner.text(mayHaveLines: false) : scanner.bareWord()
      guard scanner.position > start else {
        throw scanner.mistake("\(scanner.next) in place of a name")
      }
      names.append(Name(name: name, range: start..<scanner.position))
      guard names.count <= Self.deepest else { throw scanner.mistake("a key of too many names") }
      scanner.skipBlanks()
    } while scanner.skip(".")
    return names
  }

  /// Reads the equals sign; the place where a value begins.
  private mutating func sign(after names: [Name]) throws(TOMLError) -> Int {
    guard scanner.skip("=") else {
      let key = TOMLError.name(of: names.map(\.name))
      throw scanner.mistake("\(scanner.next) in place of an equals sign after \(key)")
    }
    scanner.skipBlanks()
    return scanner.position
  }

  /// Puts a value into a table and those that its key names.
  ///
  /// - Returns: These tables from the outside.
  @discardableResult
  private func add(
    _ content: TOMLTable.Content, _ names: [Name], to table: TOMLTable
  ) throws(TOMLError) -> [TOMLTable] {
    var tables = [table]
    for name in names.dropLast() {
      let table = tables[tables.count - 1]
      switch table[name.name]?.content {
      case nil:
        let new = TOMLTable(.dotted, depth: table.depth + 1)
        table.add(name.name, .table(new), start: name.range.lowerBound)
        tables.append(new)
      case .table(let old) where old.origin == .dotted: tables.append(old)
      default:
        throw scanner.mistake(
          "\(TOMLValue.key(name.name)) is complete already", at: name.range.lowerBound)
      }
    }
    let (table, last) = (tables[tables.count - 1], names[names.count - 1])
    guard table[last.name] == nil else {
      let key = TOMLError.name(of: names.map(\.name))
      throw scanner.mistake("\(key) is there already", at: names[0].range.lowerBound)
    }
    table.add(last.name, content, start: last.range.lowerBound)
    return tables
  }

  // MARK: - Values

  /// Reads a value; tables keep their places.
  private mutating func content(depth: Int) throws(TOMLError) -> TOMLTable.Content {
    let start = scanner.position
    if scanner.sees("{") { return .table(try inlineTable(depth: depth)) }
    let value = try value(depth: depth)
    return .value(value, start..<scanner.position)
  }

  private mutating func value(depth: Int) throws(TOMLError) -> TOMLValue {
    if scanner.seesText { return .text(try scanner.text(mayHaveLines: true)) }
    if scanner.sees("[") { return .list(try list(depth: depth + 1)) }
    if scanner.sees("{") { return try inlineTable(depth: depth).value }
    let start = scanner.position
    let word = scanner.valueWord()
    guard !word.isEmpty else { throw scanner.mistake("\(scanner.next) in place of a value") }
    do throws(TOMLScalar.Mistake) {
      return try TOMLScalar.value(of: word)
    } catch {
      throw scanner.mistake(error.reason, at: start)
    }
  }

  private mutating func list(depth: Int) throws(TOMLError) -> [TOMLValue] {
    try refuse(depth)
    let start = scanner.position
    _ = scanner.skip("[")
    var values: [TOMLValue] = []
    while true {
      try scanner.skipSpace()
      if scanner.skip("]") { return values }
      guard scanner.peek() != nil else { throw unfinished("a list", start) }
      values.append(try value(depth: depth))
      try scanner.skipSpace()
      guard scanner.skip(",") || scanner.sees("]") else { throw unfinished("a list", start) }
    }
  }

  private mutating func inlineTable(depth: Int) throws(TOMLError) -> TOMLTable {
    try refuse(depth)
    let start = scanner.position
    _ = scanner.skip("{")
    let table = TOMLTable(.inline, depth: depth)
    table.room = .item(end: scanner.position, isFirst: true)
    while true {
      try scanner.skipSpace()
      if scanner.skip("}") { break }
      guard scanner.peek() != nil else { throw unfinished("a table", start) }
      let names = try key()
      _ = try sign(after: names)
      try add(content(depth: depth + names.count), names, to: table)
      table.room = .item(end: scanner.position, isFirst: false)
      try scanner.skipSpace()
      guard scanner.skip(",") || scanner.sees("}") else { throw unfinished("a table", start) }
    }
    table.range = start..<scanner.position
    return table
  }

  private func refuse(_ depth: Int) throws(TOMLError) {
    guard depth <= Self.deepest else {
      throw scanner.mistake("too many tables and lists in each other")
    }
  }

  private func unfinished(_ what: String, _ start: Int) -> TOMLError {
    scanner.peek() == nil
      ? scanner.mistake("\(what) without its closing bracket", at: start)
      : scanner.mistake("\(scanner.next) in place of a comma in \(what)")
  }
}
