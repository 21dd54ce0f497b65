internal import System

/// A table of spoken forms as a file holds it, behind the list that it was made of.
///
/// The numbers of a header, then the list, and the table's arrays as they are in memory, so that
/// nothing is to be made of them but a check: of a sum over all of it, and of every number that
/// leads to another place. Files are of this machine and this program; others are not read.
struct TableFile {
  /// The list, to the byte.
  let list: [UInt8]
  /// Its table, whoever wants its terms.
  let table: FormTable

  init(list: [UInt8], table: FormTable) { (self.list, self.table) = (list, table) }

  /// Bytes that a file may have.
  static let largest = 128 << 20

  /// Says that a file is one of these, in the order of bytes of this machine; ends with the version
  /// of the layout.
  private static let mark: UInt64 = 0x5554_5445_5256_0001
  /// The numbers of a header: mark, program, counts of list, records, entries, text, keys and
  /// prefixes, seeds of the last two, and the sum.
  private static let headerCount = 11

  // MARK: - Writing

  /// All of the file.
  ///
  /// - Parameters:
  ///   - program: A number for the program.
  ///   - body: Gets its parts, one after the other.
  /// - Throws: What the body throws.
  func write(
    _ program: UInt64, _ body: (UnsafeRawBufferPointer) throws(Errno) -> Void
  ) throws(Errno) {
    var header: [UInt64] = [
      Self.mark, program, UInt64(list.count), UInt64(table.records.count),
      UInt64(table.entries.count), UInt64(table.text.count), UInt64(table.keys.slots.count),
      UInt64(table.prefixes.slots.count), table.keys.seed, table.prefixes.seed,
    ]
    var sum = FileChecksum()
    header.withUnsafeBytes { sum.combine($0) }
    parts { sum.combine($0) }
    header.append(sum.value)
    try header.withUnsafeBufferPointer { header throws(Errno) in
      try body(UnsafeRawBufferPointer(header))
    }
    try parts(body)
  }

  private func parts<Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    try pass(list, to: body)
    try pass(table.records, to: body)
    try pass(table.entries, to: body)
    try pass(table.text, to: body)
    try pass(table.keys.slots, to: body)
    try pass(table.prefixes.slots, to: body)
  }

  private func pass<Element, Failure: Error>(
    _ array: [Element], to body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    try array.withUnsafeBufferPointer { elements throws(Failure) in
      try body(UnsafeRawBufferPointer(elements))
    }
  }

  // MARK: - Reading

  /// Reads a file; nil where it is none, is damaged, or is of another program or list.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - size: Its bytes.
  ///   - program: A number for the program.
  ///   - list: The list that it should hold.
  ///   - origin: Who wants the terms.
  init?(
    _ file: borrowing FileDescriptor, size: Int, program: UInt64, list: [UInt8],
    origin: Term.Origin
  ) {
    var reader = PartReader(size: size)
    guard let header: [UInt64] = reader.read(file, Self.headerCount), header[0] == Self.mark,
      header[1] == program, header[2] == UInt64(list.count),
      let stored: [UInt8] = reader.read(file, header[2]), stored == list,
      let records: [FormTable.TermRecord] = reader.read(file, header[3]),
      let entries: [FormTable.Entry] = reader.read(file, header[4]),
      let text: [UInt8] = reader.read(file, header[5]),
      let keys: [UInt64] = reader.read(file, header[6]),
      let prefixes: [UInt64] = reader.read(file, header[7]), reader.isAtEnd,
      let keys = HashSlots(seed: header[8], slots: keys, most: entries.count),
      let prefixes = HashSlots(seed: header[9], slots: prefixes, most: 1)
    else { return nil }
    let table = FormTable(
      origin: origin, records: records, entries: entries, text: text, keys: keys,
      prefixes: prefixes)
    self.init(list: stored, table: table)
    var sum = FileChecksum()
    header.dropLast().withUnsafeBytes { sum.combine($0) }
    parts { sum.combine($0) }
    guard sum.value == header[10], table.isSound else { return nil }
  }
}

/// Reads the arrays of a file, one after the other.
private struct PartReader {
  private let size: Int
  private var place = 0

  init(size: Int) { self.size = size }

  /// Whether all of the file was read.
  var isAtEnd: Bool { place == size }

  /// The next elements; nil where the file does not hold so many.
  mutating func read<Element: BitwiseCopyable>(
    _ file: borrowing FileDescriptor, _ count: some BinaryInteger
  ) -> [Element]? {
    let stride = MemoryLayout<Element>.stride
    guard let count = Int(exactly: count), count <= (size - place) / stride else { return nil }
    let start = place
    var isRead = false
    let elements = [Element](unsafeUninitializedCapacity: count) { room, filled in
      let bytes = UnsafeMutableRawBufferPointer(start: room.baseAddress, count: count * stride)
      isRead = (try? file.read(into: bytes, at: start)) == bytes.count
      filled = isRead ? count : 0
    }
    place += count * stride
    return isRead ? elements : nil
  }
}

extension FormTable {
  /// Whether every number in the arrays leads to a place that is there.
  fileprivate var isSound: Bool {
    let size = UInt64(text.count)
    let casings = UInt32(Term.Casing.allCases.count)
    let guards = UInt32(Term.Guard.allCases.count)
    for record in records {
      guard UInt64(record.spelling) + UInt64(record.count) <= size, record.casing < casings,
        record.guard < guards, (0.01...100).contains(record.weight)
      else { return false }
    }
    for (index, entry) in entries.enumerated() {
      let bytes = UInt64(entry.keyCount) + UInt64(entry.boundaryCount)
      guard Int(entry.term) < records.count, Int(entry.next) <= index,
        UInt64(entry.key) + bytes <= size, Kind(rawValue: entry.kind) != nil
      else { return false }
    }
    return true
  }
}
