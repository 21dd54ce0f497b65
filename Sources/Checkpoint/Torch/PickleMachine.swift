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
  /// Values in containers and in the memo; each is counted once for each place that it is in.
  private var kept = 0
  /// The pickle, for error messages.
  let region: FileRegion

  init(region: FileRegion) { self.region = region }

  private mutating func keep(_ count: Int) throws(CheckpointError) {
    kept += count
    try region.require(kept, within: .pickleValues)
  }

  func forbidden(_ reason: String) -> CheckpointError {
    region.forbidden("weights pickle: \(reason)")
  }

  func malformed(_ reason: String) -> CheckpointError {
    region.malformed("weights pickle: \(reason)")
  }

  // MARK: Stack

  mutating func push(_ value: PickleValue) throws(CheckpointError) {
    try region.require(stack.count + 1, within: .pickleStack)
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
    try region.require(marks.count + 1, within: .pickleStack)
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
    try keep(1)
    memo[index ?? memo.count] = try top()
  }

  mutating func recall(_ index: Int) throws(CheckpointError) {
    guard let value = memo[index] else { throw malformed("it recalls what it never stored") }
    try push(value)
  }

  // MARK: Containers

  mutating func pushSequence(_ values: [PickleValue]) throws(CheckpointError) {
    try keep(values.count + 1)
    sequences.append(values)
    try push(.sequence(sequences.count - 1))
  }

  mutating func pushDictionary(_ pairs: [PickleValue]) throws(CheckpointError) {
    try keep(1)
    dictionaries.append([])
    try push(.dictionary(dictionaries.count - 1))
    try setItems(pairs)
  }

  /// Appends to the list on top of the stack.
  mutating func append(_ values: [PickleValue]) throws(CheckpointError) {
    guard case .sequence(let index) = try top() else {
      throw malformed("it appends to what is no list")
    }
    try keep(values.count)
    sequences[index] += values
  }

  /// Adds alternating keys and values to the dictionary on top of the stack.
  mutating func setItems(_ pairs: [PickleValue]) throws(CheckpointError) {
    guard case .dictionary(let index) = try top(), pairs.count.isMultiple(of: 2) else {
      throw malformed("it sets items of what is no dictionary")
    }
    try keep(pairs.count)
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
