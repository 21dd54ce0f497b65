/// A table of a TOML file, with the places that an editor needs to know.
///
/// The parser fills it; afterwards it does not change.
package final class TOMLTable {
  /// How a table came to be, which decides what may still be added to it.
  enum Origin {
    /// A header of its own, or the file itself.
    case header
    /// The header of a table inside it; a header of its own may follow.
    case implied
    /// Keys with dots; no header may follow.
    case dotted
    /// Braces; complete as it is.
    case inline
  }

  /// A name and what it stands for.
  package struct Entry {
    /// The name, without quotes.
    package let name: String
    /// Where the key begins, or the header.
    package let start: Int
    /// What it stands for.
    package fileprivate(set) var content: Content
  }

  /// What a name stands for.
  package enum Content {
    /// A value that is no table, and its bytes.
    case value(TOMLValue, Range<Int>)
    /// A table.
    case table(TOMLTable)
    /// A list of tables, each with a header in double brackets.
    case tables([TOMLTable])
  }

  /// Where a further line or item would go.
  enum Room: Equatable {
    /// Nowhere: the table has no lines of its own.
    case none
    /// Behind the line that ends at a byte; keys there begin with some names and dots.
    case line(end: Int, prefix: [String])
    /// In braces, behind the item that ends at a byte, or the opening brace.
    case item(end: Int, isFirst: Bool)
  }

  var origin: Origin
  /// Number of tables around it.
  let depth: Int
  var room = Room.none
  /// The bytes of its braces; nil where it has none.
  var range: Range<Int>?
  /// The names in the order of the file.
  package private(set) var entries: [Entry] = []
  private var indices: [String: Int] = [:]

  init(_ origin: Origin, depth: Int) {
    self.origin = origin
    self.depth = depth
  }

  /// What a name stands for; nil where it is not there.
  subscript(name: String) -> Entry? { indices[name].map { entries[$0] } }

  /// Adds a name that is not there.
  func add(_ name: String, _ content: Content, start: Int) {
    indices[name] = entries.count
    entries.append(Entry(name: name, start: start, content: content))
  }

  /// Adds a table to a list of tables; false where there is no such list.
  func append(_ table: TOMLTable, to name: String) -> Bool {
    guard let index = indices[name], case .tables(var tables) = entries[index].content else {
      return false
    }
    // Let go of the list, so that it is not copied.
    entries[index].content = .tables([])
    tables.append(table)
    entries[index].content = .tables(tables)
    return true
  }

  /// The table as a value, without its places.
  var value: TOMLValue {
    .table(Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.value) }))
  }
}

extension TOMLTable.Entry {
  /// What the name stands for, as a value.
  package var value: TOMLValue {
    switch content {
    case .value(let value, _): value
    case .table(let table): table.value
    case .tables(let tables): .list(tables.map(\.value))
    }
  }

  /// The bytes of the value; nil for a table that is spread over lines.
  package var range: Range<Int>? {
    switch content {
    case .value(_, let range): range
    case .table(let table): table.range
    case .tables: nil
    }
  }
}
