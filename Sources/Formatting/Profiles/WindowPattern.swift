/// What windows are called, as a user writes it: `*` stands for any characters, `?` for one, and
/// capitals are like small letters.
package struct WindowPattern: Equatable, Sendable {
  private let characters: [Character]

  /// A pattern, which need not have any `*` or `?`.
  package init(_ text: String) { characters = Array(text.lowercased()) }

  /// Whether a window may be called so.
  ///
  /// Takes time in proportion to both lengths at most.
  package func matches(_ name: String) -> Bool {
    let name = Array(name.lowercased())
    var (place, next) = (0, 0)
    // Behind the last `*`, and what it stands for ends there.
    var star: (place: Int, end: Int)?
    while next < name.count {
      if place < characters.count, characters[place] == "*" {
        place += 1
        star = (place, next)
      } else if place < characters.count, ["?", name[next]].contains(characters[place]) {
        (place, next) = (place + 1, next + 1)
      } else if let last = star {
        star = (last.place, last.end + 1)
        (place, next) = (last.place, last.end + 1)
      } else {
        return false
      }
    }
    return characters[place...].allSatisfy { $0 == "*" }
  }
}
