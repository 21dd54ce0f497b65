/// Terms that are said in the same way.
struct SharedForms {
  private let places: [TermPlace]
  /// Terms by the letters of their forms.
  private var owners: [[UInt8]: [Int]] = [:]

  init(_ places: [TermPlace]) {
    self.places = places
    for (index, place) in places.enumerated() {
      for key in Set(place.forms.map { FoldedWord.key(of: $0.text) }) {
        owners[key, default: []].append(index)
      }
    }
  }

  /// What a term shares with those before it, and whose spelling one of its forms is.
  func problems(of index: Int) -> [ListProblem] {
    let place = places[index]
    for form in place.forms where form.kind != .lossy {
      let others = owners[FoldedWord.key(of: form.text), default: []].filter { $0 != index }
      if let twin = others.first(where: {
        $0 < index && places[$0].term.spelling == place.term.spelling
          && places[$0].list == place.list
      }) {
        return [
          place.problem(
            .warning, "\(place.term.spelling) stands in line \(places[twin].line) already",
            remedy: "put both spoken= into one line")
        ]
      }
      if let other = others.first(where: {
        $0 < index && places[$0].term.spelling != place.term.spelling
      }) {
        return [
          place.problem(
            .warning,
            "\"\(form.text)\" also says \(places[other].term.spelling) "
              + "(\(places[other].file):\(places[other].line))",
            remedy: "give one of them another spoken=, or the one that you mean more weight=")
        ]
      }
    }
    return []
  }
}
