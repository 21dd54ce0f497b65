internal import Checkpoint
internal import Kernels

/// Where attention's data lie while one group of heads after the other is worked on.
///
/// All heads form one group where that takes little memory. In a long recording they do not, and
/// what grows with its length is kept for a few heads only.
struct AttentionBuffers {
  /// How many floats everything takes.
  struct Plan {
    /// Heads worked on at a time.
    let group: Int
    let frames, depth: Int
    /// Floats of one packed head.
    let keys, values, positions: Int

    /// Floats that a group may take: 48 MB, all eight heads of 128 in two minutes of audio.
    private static let limit = 12 << 20

    /// Plans the buffers.
    ///
    /// - Parameters:
    ///   - frames: Encoder frames, T.
    ///   - configuration: The encoder.
    ///   - hasPositions: Whether positions are projected for this utterance, not kept.
    init(frames: Int, _ configuration: ModelConfiguration.Encoder, hasPositions: Bool) {
      self.frames = frames
      let heads = configuration.heads
      depth = configuration.width / heads
      keys = RowPanels.count(rows: frames, depth: depth)
      values = ColumnPanels.count(rows: frames, depth: depth)
      positions = hasPositions ? RowPanels.count(rows: 2 * frames - 1, depth: depth) : 0
      let head = 3 * frames * depth + keys + values + positions
      // A group's outputs of a linear layer have to begin at a multiple of 16.
      let most = depth % 16 == 0 ? max(1, min(heads, Self.limit / max(1, head))) : heads
      let groups = (heads + most - 1) / most
      group = (heads + groups - 1) / groups
    }

    // Everything begins at a multiple of 64 bytes.
    var keysStart: Int { (3 * frames * group * depth + 15) / 16 * 16 }
    var valuesStart: Int { keysStart + group * keys }
    var positionsStart: Int { valuesStart + group * values }

    /// Floats that everything together takes.
    var count: Int { positionsStart + group * positions }
  }

  private let plan: Plan
  private let place: UnsafeMutablePointer<Float>

  /// Heads worked on at a time.
  var group: Int { plan.group }
  /// Encoder frames, T.
  var frames: Int { plan.frames }

  /// Lays the buffers out.
  ///
  /// - Parameters:
  ///   - plan: Their sizes.
  ///   - place: Room for `plan.count` floats, 64-byte aligned.
  init(_ plan: Plan, at place: UnsafeMutablePointer<Float>) {
    self.plan = plan
    self.place = place
  }

  /// Some columns of queries (part 0), keys (1) or values (2) of the group, `[T, columns]`.
  ///
  /// They lie together, so that packing them reads on and on.
  func projected(_ part: Int, columns: Range<Int>) -> Matrix {
    let first = (part * group * plan.depth + columns.lowerBound) * plan.frames
    return Matrix(place + first, rows: plan.frames, columns: columns.count)
  }

  /// Packed keys of a head of the group.
  func keys(_ head: Int) -> UnsafeMutablePointer<Float> {
    place + plan.keysStart + head * plan.keys
  }

  /// Packed values of a head of the group.
  func values(_ head: Int) -> UnsafeMutablePointer<Float> {
    place + plan.valuesStart + head * plan.values
  }

  /// Packed positions of a head of the group, where none are kept.
  func positions(_ head: Int) -> UnsafeMutablePointer<Float> {
    place + plan.positionsStart + head * plan.positions
  }
}
