/// Brings movements of a key into order whose messages overtook each other.
///
/// A desktop starts one program when a key goes down and another when it goes up. Of a key that is
/// tapped, both begin within milliseconds, and either may reach the daemon first. Each says when it
/// began; who does not say so is taken to come in order.
package struct KeyOrder: Sendable {
  /// A key that went down.
  package struct Press: Equatable, Sendable {
    /// When.
    package let time: ProcessBegin
    /// What was asked for.
    package let request: RecordingRequest
  }

  /// What a key that goes up does to the dictation that goes on.
  package enum Lift: Equatable, Sendable {
    /// It ends, and so does what the key means.
    case ends
    /// It ends, but the key went down again meanwhile.
    case endsBefore(Press)
    /// Nothing: the key repeats itself.
    case repeats
    /// Nothing: the dictation began later. The one before ended with this, or had ended already.
    case endedTheLast
    /// Nothing: the dictation began later, and so did the one before.
    case comesLate
  }

  /// When the key of the dictation that goes on went down.
  private var begin: ProcessBegin?
  /// The same of the dictation before.
  private var beginBefore: ProcessBegin?
  private var lastPress: Press?
  private var lastLift: ProcessBegin?

  /// A key that is held repeats itself sooner, in nanoseconds: desktops wait up to a second before
  /// the first repetition.
  private static let longestPause = 2_000_000_000

  /// Nothing has moved yet.
  package init() {}

  /// Whether a key that goes down must have gone up before, though nobody said so.
  ///
  /// - Parameter time: When it goes down; nil where that is not known.
  /// - Returns: Whether it has not moved for longer than a key that repeats itself rests.
  package func missesLift(before time: ProcessBegin?) -> Bool {
    guard let time, let lastPress else { return false }
    return time.time - lastPress.time.time > Self.longestPause
  }

  /// Whether a key that goes down follows so closely on its release that it only repeats itself.
  ///
  /// - Parameters:
  ///   - time: When it goes down; nil where that is not known.
  ///   - isRepeating: Whether it is known to repeat itself so.
  /// - Returns: Whether it does.
  package func isRepetition(at time: ProcessBegin?, isRepeating: Bool = false) -> Bool {
    guard let time, let lastLift else { return false }
    return Self.isRepetition(of: lastLift, at: time, isRepeating)
  }

  /// No finger is as fast; what is known to repeat itself may be slow on a busy machine.
  private static func isRepetition(
    of lift: ProcessBegin, at press: ProcessBegin, _ isRepeating: Bool
  ) -> Bool {
    press.follows(lift, within: isRepeating ? 100_000_000 : 10_000_000)
  }

  /// A key went down.
  ///
  /// - Parameters:
  ///   - request: What is asked for, and when.
  ///   - isRecording: Whether a dictation goes on already.
  /// - Returns: Whether the key is still down, as far as is known.
  package mutating func press(_ request: RecordingRequest, isRecording: Bool) -> Bool {
    guard let time = request.began else {
      if !isRecording { (beginBefore, begin) = (begin, nil) }
      return true
    }
    if let lastLift, time.isBefore(lastLift) { return false }
    if !isRecording { (beginBefore, begin) = (begin, time) }
    if lastPress.map({ $0.time.isBefore(time) }) ?? true {
      lastPress = Press(time: time, request: request)
    }
    return true
  }

  /// A key went up.
  ///
  /// - Parameters:
  ///   - time: When; nil for now.
  ///   - isRepeating: Whether it is known to repeat itself by a release and a press at once.
  /// - Returns: What that does to the dictation that goes on, if there is one.
  package mutating func lift(at time: ProcessBegin?, isRepeating: Bool = false) -> Lift {
    guard let time else { return .ends }
    if lastLift.map({ $0.isBefore(time) }) ?? true { lastLift = time }
    if let begin, time.isBefore(begin) {
      guard let beginBefore, !time.isBefore(beginBefore) else { return .comesLate }
      return .endedTheLast
    }
    guard let lastPress, time.isBefore(lastPress.time) else { return .ends }
    if Self.isRepetition(of: time, at: lastPress.time, isRepeating) { return .repeats }
    (beginBefore, begin) = (begin, lastPress.time)
    return .endsBefore(lastPress)
  }
}
