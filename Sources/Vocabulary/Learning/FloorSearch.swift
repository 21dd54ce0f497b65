/// Finds by how much higher the score of a term has to be for terms that nobody said to be written
/// seldom enough.
package struct FloorSearch: Sendable {
  /// A term that the audio had written.
  package struct Write: Sendable, Equatable {
    /// The term.
    package let term: String
    /// Nats by which its score exceeded what it had to.
    package let margin: Float
    /// Whether it was said.
    package let isRight: Bool

    /// A term.
    package init(term: String, margin: Float, isRight: Bool) {
      (self.term, self.margin, self.isRight) = (term, margin, isRight)
    }
  }

  /// Nats that a floor may be.
  package static let range = 0...100

  /// What was written.
  package private(set) var writes: [Write] = []
  /// Hours of audio.
  package private(set) var hours = 0.0

  /// Nothing yet.
  package init() {}

  /// Takes in what was written in a recording.
  ///
  /// - Parameters:
  ///   - written: Terms and their margins.
  ///   - said: How often each was said besides where the words say it.
  ///   - seconds: Length of the recording.
  package mutating func add(
    _ written: [(term: String, margin: Float)], said: [String: Int], seconds: Double
  ) {
    var left = said
    // Of several writes of a term that was said less often, the surest are right.
    for (term, margin) in written.sorted(by: { $0.margin > $1.margin }) {
      let isRight = left[term, default: 0] > 0
      if isRight { left[term, default: 0] -= 1 }
      writes.append(Write(term: term, margin: margin, isRight: isRight))
    }
    hours += seconds / 3600
  }

  /// What is still written with a floor.
  package func written(floor: Int) -> [Write] { writes.filter { $0.margin > Float(floor) } }

  /// The lowest floor with which no more than so many terms an hour are written that nobody said.
  ///
  /// - Parameter rate: Terms an hour; with less audio than one takes, none is allowed.
  /// - Returns: Nats; the highest there is where even that is not enough.
  package func floor(rate: Double) -> Int {
    let most = Int((rate * hours).rounded(.down))
    return Self.range.first { floor in
      written(floor: floor).count { !$0.isRight } <= most
    } ?? Self.range.upperBound
  }
}
