import Foundation
import Service
import Testing

/// A key goes down at odd times and up at even ones; the messages come in any order.
@Suite struct KeyOrderTests {
  /// What the daemon does with them: whether it records in the end, and since which press.
  private struct Microphone {
    var order = KeyOrder()
    /// The time of the press that it records for.
    var press: Int?

    /// Far enough apart for their times to tell.
    private static func begin(_ time: Int) -> ProcessBegin {
      ProcessBegin(time: time * 1_000_000_000)
    }

    mutating func hear(_ time: Int) {
      if time.isMultiple(of: 2) {
        switch order.lift(at: Self.begin(time)) {
        case .comesLate, .endedTheLast, .repeats: break
        case .ends: press = nil
        case .endsBefore(let next): if press != nil { press = next.time.time / 1_000_000_000 }
        }
      } else {
        let isDown = order.press(
          RecordingRequest(began: Self.begin(time)), isRecording: press != nil)
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

  /// A key that repeats itself is down once, and a repetition that comes late does not press it
  /// anew.
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

  /// X11 makes a release and a press of each repetition, whose programs begin within a hundredth of
  /// a second; fingers take longer.
  @Test func aReleaseAndAPressAtOnceAreARepetition() {
    func begin(_ milliseconds: Int, _ number: Int) -> ProcessBegin {
      ProcessBegin(time: milliseconds * 1_000_000, session: number, process: number)
    }
    func press(_ order: inout KeyOrder, _ time: ProcessBegin, _ isRecording: Bool) {
      _ = order.press(RecordingRequest(began: time), isRecording: isRecording)
    }
    for (gap, isRepetition) in [(0, true), (10, true), (20, false), (300, false)] {
      let (down, up, again) = (begin(100, 7), begin(800, 8), begin(800 + gap, 9))
      var inOrder = KeyOrder()
      press(&inOrder, down, false)
      #expect(inOrder.lift(at: up) == .ends)
      #expect(inOrder.isRepetition(at: again) == isRepetition)
      var overtaken = KeyOrder()
      press(&overtaken, down, false)
      press(&overtaken, again, true)
      #expect((overtaken.lift(at: up) == .repeats) == isRepetition)
      // A tap whose messages change places is none, nor is what one script does.
      #expect(!inOrder.isRepetition(at: begin(800, 6)))
      #expect(!inOrder.isRepetition(at: ProcessBegin(time: up.time, session: 8, process: 9)))
    }
    #expect(!KeyOrder().isRepetition(at: begin(0, 1)))
    // On a busy machine they may be slower, where the key is known to do so.
    for isRepeating in [true, false] {
      let (down, up, again) = (begin(100, 7), begin(800, 8), begin(850, 9))
      var order = KeyOrder()
      press(&order, down, false)
      press(&order, again, true)
      #expect((order.lift(at: up, isRepeating: isRepeating) == .repeats) == isRepeating)
      #expect(order.isRepetition(at: again, isRepeating: isRepeating) == isRepeating)
    }
  }

  /// Who does not say when is taken at his word.
  @Test func withoutTimesTheOrderIsThatOfTheMessages() {
    var order = KeyOrder()
    func begin(_ time: Int?) -> ProcessBegin? { time.map { ProcessBegin(time: $0) } }
    func press(_ time: Int?) -> Bool {
      order.press(RecordingRequest(began: begin(time)), isRecording: false)
    }
    func lift(_ time: Int?) -> KeyOrder.Lift { order.lift(at: begin(time)) }
    #expect(lift(nil) == .ends)
    #expect(press(nil))
    #expect(lift(7) == .ends)
    #expect(press(nil))
    #expect(lift(nil) == .ends)
    #expect(!press(6))
    #expect(press(8))
  }

  /// A release that comes after the next press was already taken for a new dictation's.
  @Test func aReleaseThatComesLateBelongsToTheDictationBefore() {
    func begin(_ second: Int) -> ProcessBegin { ProcessBegin(time: second * 1_000_000_000) }
    var order = KeyOrder()
    for press in [1, 5] {
      let isTaken = order.press(RecordingRequest(began: begin(press)), isRecording: false)
      #expect(isTaken)
    }
    #expect(order.lift(at: begin(4)) == .endedTheLast)
    #expect(order.lift(at: begin(0)) == .comesLate)
    #expect(order.lift(at: begin(6)) == .ends)
  }

  /// What a desktop started for the press and for the release of one tap, as it was seen: the
  /// program for the release is older and has the smaller number, but not its session.
  @Test func sessionsTellWhatNumbersDoNot() {
    let press = ProcessBegin(time: 6_182_450_000_000, session: 21_758, process: 21_761)
    let release = ProcessBegin(time: 6_182_440_000_000, session: 21_759, process: 21_760)
    #expect(press.isBefore(release) && !release.isBefore(press))
    // From one terminal; and after the numbers have begun anew.
    let first = ProcessBegin(time: 10_000_000, session: 7, process: 4_000_000)
    #expect(first.isBefore(ProcessBegin(time: 10_000_000, session: 7, process: 4_000_001)))
    #expect(first.isBefore(ProcessBegin(time: 2_000_000_000, session: 3, process: 300)))
    #expect(!first.isBefore(first))
    // The shell that starts the program for the press was held up on a busy machine.
    let slow = ProcessBegin(time: 900_000_000, session: 500, process: 530)
    let quick = ProcessBegin(time: 300_000_000, session: 503, process: 510)
    #expect(slow.isBefore(quick) && !quick.isBefore(slow))
    // Sessions that were there before tell nothing of what is started in them.
    let typed = ProcessBegin(time: 900_000_000, session: 100, process: 530)
    #expect(quick.isBefore(typed) && !typed.isBefore(quick))
    // The numbers went round their end between the press and the release of one tap.
    let last = ProcessBegin(time: 10_000_000, session: 32_766, process: 32_767)
    let next = ProcessBegin(time: 10_000_000, session: 301, process: 302)
    #expect(last.isBefore(next) && !next.isBefore(last))
    // Who has no numbers is believed his time.
    #expect(ProcessBegin(time: 1).isBefore(ProcessBegin(time: 2, session: 1, process: 1)))
  }

  @Test func whatTheSystemSaysIsUnderstood() throws {
    let rest = " S 1 2 3 4 -1 5 6 7 8 9 10 11 12 13 20 0 1 0"
    func begin(_ line: String) -> ProcessBegin? { ProcessBegin(of: line, ticksPerSecond: 100) }
    #expect(
      begin("4000 (sh) (a b)\(rest) 500 6 7")
        == ProcessBegin(time: 5_000_000_000, session: 3, process: 4_000))
    for line in ["", "1 (a) S 1", "x (a)\(rest) 500", "1 (a)\(rest) x"] {
      #expect(begin(line) == nil, "\(line)")
    }
    let own = try #require(ProcessBegin.ofThisProcess)
    #expect(own.time <= ProcessBegin.now && own.time > 0 && own.process == Int(getpid()))
  }
}
