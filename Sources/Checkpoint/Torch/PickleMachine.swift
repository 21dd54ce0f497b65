/// Stack, memo and arenas of a restricted unpickler.
///
/// It builds plain data and tensor descriptions; it cannot call anything.
struct PickleMachine {
  /// Tuples and lists.
  private(set) var sequences: [[PickleValue]] = []
  /// Dictionaries with text keys, in order; other keys are dropped.
  private(set) var dictionaries: [[(key: String, value: PickleValue)]] = []

  private var stack: [PickleValue] = []
  /// Stack heights at open marks.
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  /// The pickle, for error messages.
  private let region: FileRegion

  /// A state dict of thousands of tensors needs a few dozen places on the stack.
  private static let stackLimit = 1 << 20

  init(region: FileRegion) { self.region = region }

  func malformed(_ reason: String) -> CheckpointError {
    region.malformed("weights pickle: \(reason)")
  }

  // MARK: Stack

  mutating func push(_ value: PickleValue) throws(CheckpointError) {
    guard stack.count < Self.stackLimit else { throw malformed("its stack grows without end") }
    stack.append(value)
  }

  mutating func pop() throws(CheckpointError) -> PickleValue {
    guard stack.count > (marks.last ?? 0), let value = stack.popLast() else {
      throw malformed("it takes more than it has put down")
    }
    return value
  }

  func top() throws(CheckpointError) -> PickleValue {
    guard stack.count > (marks.last ?? 0), let value = stack.last else {
      throw malformed("it takes more than it has put down")
    }
    return value
  }

  mutating func mark() throws(CheckpointError) {
    guard marks.count < Self.stackLimit else { throw malformed("its marks grow without end") }
    marks.append(stack.count)
  }

  /// Everything above the last mark, which is closed.
  mutating func popToMark() throws(CheckpointError) -> [PickleValue] {
    guard let height = marks.popLast() else { throw malformed("it closes a mark it never set") }
    let values = Array(stack[height...])
    stack.removeLast(values.count)
    return values
  }

  // MARK: Memo

  mutating func memoize(at index: Int? = nil) throws(CheckpointError) {
    memo[index ?? memo.count] = try top()
  }

  mutating func recall(_ index: Int) throws(CheckpointError) {
    guard let value = memo[index] else { throw malformed("it recalls what it never stored") }
    try push(value)
  }

  // MARK: Containers

  mutating func pushSequence(_ values: [PickleValue]) throws(CheckpointError) {
    sequences.append(values)
    try push(.sequence(sequences.count - 1))
  }

  mutating func pushDictionary(_ pairs: [PickleValue]) throws(CheckpointError) {
    dictionaries.append([])
    try push(.dictionary(dictionaries.count - 1))
    try setItems(pairs)
  }

  /// Appends to the list on top of the stack.
  mutating func append(_ values: [PickleValue]) throws(CheckpointError) {
    guard case .sequence(let index) = try top() else {
      throw malformed("it appends to what is no list")
    }
    sequences[index] += values
  }

  /// Adds alternating keys and values to the dictionary on top of the stack.
  mutating func setItems(_ pairs: [PickleValue]) throws(CheckpointError) {
    guard case .dictionary(let index) = try top(), pairs.count.isMultiple(of: 2) else {
      throw malformed("it sets items of what is no dictionary")
    }
    for place in stride(from: 0, to: pairs.count, by: 2) {
      if case .string(let key) = pairs[place] {
        dictionaries[index].append((key, pairs[place + 1]))
      }
    }
  }

  func sequence(_ value: PickleValue) throws(CheckpointError) -> [PickleValue] {
    guard case .sequence(let index) = value else { throw malformed("a tuple is expected") }
    return sequences[index]
  }
}
