/// What a client is still to be sent, in order.
///
/// Lines are shared between outboxes, so an outbox costs little more than its references.
struct Outbox {
  /// A line with its newline.
  struct Message {
    let bytes: [UInt8]
    /// What it tells; nil for an answer.
    let topic: Topic?

    /// Whether a client that cannot keep up may go without it.
    var isExpendable: Bool { topic == .partial || topic == .level }
    /// What it counts in an outbox.
    ///
    /// A very long text is shared by those who wait for it, and must not close their outboxes to
    /// what follows.
    var charge: Int { min(bytes.count, 1 << 16) }
  }

  /// Where it is full: bytes and lines of notifications.
  static let byteLimit = 1 << 20
  static let lineLimit = 4_096
  /// Bytes of answers from which on its client is not read from.
  static let answerLimit = 1 << 19

  private var messages: [Message] = []
  /// Where the first message is.
  private var first = 0
  private var lines = 0
  private var bytes = 0
  private var answerBytes = 0
  /// Messages that may be dropped.
  private var expendable = 0

  /// Whether there is nothing in it.
  var isEmpty: Bool { first == messages.count }
  /// Whether its client has not read its answers.
  var isBehind: Bool { answerBytes >= Self.answerLimit }

  private var isFull: Bool { bytes >= Self.byteLimit || lines >= Self.lineLimit }

  /// Adds a message; what is expendable goes first where there is no room, the oldest first.
  ///
  /// - Returns: Whether there was room. An expendable message always counts as sent.
  mutating func append(_ message: Message) -> Bool {
    guard message.topic != nil else {
      answerBytes += message.bytes.count
      messages.append(message)
      return true
    }
    if isFull, expendable > 0 { dropExpendable() }
    guard !isFull else { return message.isExpendable }
    lines += 1
    bytes += message.charge
    if message.isExpendable { expendable += 1 }
    messages.append(message)
    return true
  }

  /// Takes the first message, and those after it as long as all are not more than so many bytes.
  mutating func take(_ count: Int) -> [Message] {
    var end = first
    var size = 0
    while end < messages.count, end == first || size + messages[end].bytes.count <= count {
      size += messages[end].bytes.count
      discount(messages[end])
      end += 1
    }
    let taken = Array(messages[first..<end])
    first = end
    // Now and then, so that no message is moved more than once on average.
    if first > messages.count / 2 {
      messages.removeSubrange(..<first)
      first = 0
    }
    return taken
  }

  /// Makes room by dropping the oldest expendable messages: an eighth, not to be back at once.
  private mutating func dropExpendable() {
    var kept: [Message] = []
    kept.reserveCapacity(messages.count - first)
    for message in messages[first...] {
      let isTight = bytes > Self.byteLimit / 8 * 7 || lines > Self.lineLimit / 8 * 7
      if isTight, message.isExpendable {
        discount(message)
      } else {
        kept.append(message)
      }
    }
    messages = kept
    first = 0
  }

  private mutating func discount(_ message: Message) {
    guard message.topic != nil else {
      answerBytes -= message.bytes.count
      return
    }
    lines -= 1
    bytes -= message.charge
    if message.isExpendable { expendable -= 1 }
  }
}
