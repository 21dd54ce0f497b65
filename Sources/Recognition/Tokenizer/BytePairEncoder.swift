/// Cuts text by merging neighbours, best score first.
struct BytePairEncoder {
  private let table: PieceTable

  /// A stretch of the text that is one piece so far; empty once merged into its left neighbour.
  private struct Symbol {
    var range: Range<Int>
    var previous: Int
    var next: Int
    var isFrozen: Bool
  }

  /// A possible merge; void if either side changed since it was found.
  private struct Merge: AgendaEntry {
    var left: Int
    var right: Int
    var score: Float
    var length: Int

    /// Higher scores first, then from left to right.
    func precedes(_ other: Merge) -> Bool {
      score > other.score || (score == other.score && left < other.left)
    }
  }

  /// Encodes with the scores of a vocabulary.
  init(_ table: PieceTable) {
    self.table = table
  }

  /// Cuts normalised text into pieces.
  func cut(_ text: [UInt8]) -> [Cut] {
    var symbols = split(text)
    var agenda = Agenda<Merge>()
    // How a piece that must not be used was built, to take it apart again: length of its left part.
    var unusedSplits: [Int: Int] = [:]

    func consider(_ left: Int, _ right: Int) {
      guard left >= 0, right >= 0, !symbols[left].isFrozen, !symbols[right].isFrozen else { return }
      let range = symbols[left].range.lowerBound..<symbols[right].range.upperBound
      guard let id = table.text.id(of: text[range]) else { return }
      agenda.push(
        Merge(left: left, right: right, score: table.pieces[id].score, length: range.count))
      if table.pieces[id].kind == .unused { unusedSplits[id] = symbols[left].range.count }
    }

    for right in symbols.indices.dropFirst() { consider(right - 1, right) }
    while let best = agenda.pop() {
      let left = symbols[best.left]
      let right = symbols[best.right]
      guard !left.range.isEmpty, !right.range.isEmpty,
        left.range.count + right.range.count == best.length
      else { continue }
      symbols[best.left].range = left.range.lowerBound..<right.range.upperBound
      symbols[best.left].next = right.next
      if right.next >= 0 { symbols[right.next].previous = best.left }
      symbols[best.right].range = right.range.lowerBound..<right.range.lowerBound
      consider(left.previous, best.left)
      consider(best.left, right.next)
    }

    var result: [Cut] = []
    var index = symbols.isEmpty ? -1 : 0
    while index >= 0 {
      emit(symbols[index].range, of: text, unusedSplits, into: &result)
      index = symbols[index].next
    }
    return result
  }

  private func split(_ text: [UInt8]) -> [Symbol] {
    var symbols: [Symbol] = []
    symbols.reserveCapacity(text.count)
    var start = 0
    while start < text.count {
      let symbolLength =
        table.userDefined.isEmpty ? 0 : table.userDefined.longestPrefix(of: text[start...])
      let length = symbolLength > 0 ? symbolLength : UTF8Bytes.announcedLength(text[start])
      let end = min(start + length, text.count)
      symbols.append(
        Symbol(
          range: start..<end, previous: symbols.count - 1,
          next: end < text.count ? symbols.count + 1 : -1, isFrozen: symbolLength > 0))
      start = end
    }
    return symbols
  }

  /// Appends a piece, or the parts of one that must not be used.
  private func emit(
    _ range: Range<Int>, of text: [UInt8], _ unusedSplits: [Int: Int], into result: inout [Cut]
  ) {
    var pending = [range]
    while let range = pending.popLast() {
      let id = table.id(of: text[range])
      if table.pieces[id].kind == .unused, let leftLength = unusedSplits[id] {
        let middle = range.lowerBound + leftLength
        pending.append(middle..<range.upperBound)
        pending.append(range.lowerBound..<middle)
      } else {
        result.append(Cut(range: range, id: id))
      }
    }
  }
}
