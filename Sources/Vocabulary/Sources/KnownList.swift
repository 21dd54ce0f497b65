/// A list that was read, and what finds its terms.
struct KnownList: Sendable {
  /// Its content.
  let bytes: [UInt8]
  /// Finds its terms.
  let table: FormTable

  /// Terms in it.
  var count: Int { table.records.count }

  init(_ bytes: [UInt8], _ table: FormTable) { (self.bytes, self.table) = (bytes, table) }
}
