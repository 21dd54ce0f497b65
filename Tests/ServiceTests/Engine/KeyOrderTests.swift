import Service
import Testing

/// A key goes down at odd times and up at even ones; the messages come in any order.
@Suite struct KeyOrderTests {
  /// What the daemon does with them: whether it records in the end, and since which press.
  private struct Microphone {
    var order = KeyOrder()
    /// The time of the press that it records for.
    var press: Int?

    mutating func hear(_ time: Int) {
      if time.isMultiple(of: 2) {
        switch order.lift(at: time) {
        case .comesLate: break
        case .ends: press = nil
        case .endsBefore(let next): if press != nil { press = next.time }
        }
      } else {
        let isDown = order.press(RecordingRequest(began: time), isRecording: press != nil)
        if isDown, press == nil { press = time }
      }
    }
  }

  private static func permutations(_ times: [Int]) -> [[Int]] {
    guard let first = times.first else { return [[]] }
    return permutations(Array(times.dropFirst())).flatMap { rest in
      (0...rest.count).map { Array(rest[..<$0]) + [first] + Array(rest[$0...]) }
    }
  }

  /// Whether the key is down in the end is all that matters, in whichever order that was told.
  @Test(arguments: 1...6) func theLastMovementCounts(_ count: Int) {
    for times in Self.permutations(Array(1...count)) {
      var microphone = Microphone()
      for time in times { microphone.hear(time) }
      #expect((microphone.press != nil) == !count.isMultiple(of: 2), "\(times)")
    }
  }

  /// A key that repeats itself is down once, and a repetition that comes late does not press it anew.
  @Test func repetitionsThatComeLateDoNothing() {
    for times in Self.permutations([1, 3, 5]) {
      var microphone = Microphone()
      for time in times { microphone.hear(time) }
      #expect(microphone.press == times[0])
      microphone.hear(6)
      #expect(microphone.press == nil)
    }
    for late in [1, 3, 5] {
      var microphone = Microphone()
      for time in [1, 3, 5] where time != late { microphone.hear(time) }
      microphone.hear(6)
      microphone.hear(late)
      #expect(microphone.press == nil)
    }
  }

  /// Who does not say when is taken at his word.
  @Test func withoutTimesTheOrderIsThatOfTheMessages() {
    var order = KeyOrder()
    func press(_ time: Int?) -> Bool {
      order.press(RecordingRequest(began: time), isRecording: false)
    }
    func lift(_ time: Int?) -> KeyOrder.Lift { order.lift(at: time) }
    #expect(lift(nil) == .ends)
    #expect(press(nil))
    #expect(lift(7) == .ends)
    #expect(press(nil))
    #expect(lift(nil) == .ends)
    #expect(!press(6))
    #expect(press(8))
  }

  @Test func processesBeginInOrder() throws {
    let rest = " S 1 2 3 4 -1 5 6 7 8 9 10 11 12 13 20 0 1 0"
    func begin(_ line: String) -> Int? { SystemTime.begin(of: line, ticksPerSecond: 100) }
    let first = try #require(begin("4000 (sh) (a b)\(rest) 500 6 7"))
    let second = try #require(begin("4001 (utter)\(rest) 500 6 7"))
    let last = try #require(begin("9 (utter)\(rest) 501 6 7"))
    #expect(first < second && second < last)
    #expect((5_000_000_000..<5_010_000_000).contains(first))
    for line in ["", "1 (a) S 1", "x (a)\(rest) 500", "1 (a)\(rest) x"] {
      #expect(begin(line) == nil, "\(line)")
    }
    let own = try #require(SystemTime.processBegin)
    #expect(own <= SystemTime.now && own > 0)
  }
}
