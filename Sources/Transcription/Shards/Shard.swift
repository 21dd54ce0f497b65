internal import Audio
internal import System

/// One of the parts into which a run is cut so that several machines can do it.
///
/// All machines have to be given the same recordings in the same order; each finds out by itself
/// which are its own.
package struct Shard: Equatable, Sendable {
  /// Which part it is, from 1.
  package let number: Int
  /// Parts of the run.
  package let count: Int

  /// The most parts that a run can have.
  package static let most = 100_000

  /// A part of a run; nil where there is no such part.
  package init?(_ number: Int, of count: Int) {
    guard 1...Self.most ~= count, 1...count ~= number else { return nil }
    (self.number, self.count) = (number, count)
  }

  /// The recordings of this shard.
  ///
  /// They are dealt out longest first, each to the shard that has least by then, so that all
  /// shards last about as long.
  ///
  /// - Parameter inputs: All recordings of the run.
  /// - Returns: Indices of this shard's, in order.
  package func indices(of inputs: [TranscriptionInput]) -> [Int] {
    let lengths = inputs.map(\.milliseconds)
    let order = inputs.indices.sorted { (lengths[$1], $0) < (lengths[$0], $1) }
    var shards = (1...count).map { Load(milliseconds: 0, shard: $0) }
    var own: [Int] = []
    for index in order {
      var load = shards.removeFirst()
      if load.shard == number { own.append(index) }
      load.milliseconds += lengths[index]
      shards.insert(load, at: shards.place(of: load))
    }
    return own.sorted()
  }
}

/// What a shard has to do, the one with least first.
private struct Load: Comparable {
  var milliseconds: Int
  let shard: Int

  static func < (one: Load, other: Load) -> Bool {
    (one.milliseconds, one.shard) < (other.milliseconds, other.shard)
  }
}

extension [Load] {
  /// Where a load belongs among those in order.
  fileprivate func place(of load: Load) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < load { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension TranscriptionInput {
  /// Bytes of a second, where a file does not tell how long it is: 128 kbit/s.
  private static let usualRate = 16_000.0

  /// How long it takes, as far as that can be told without hearing it; at least 1.
  fileprivate var milliseconds: Int {
    var seconds = part.duration
    if seconds == nil {
      let whole = promisedLength(ofRecordingAt: path) ?? guessedLength
      seconds = part.seconds(of: whole)
    }
    return 1 + Int(max(0, min(seconds ?? 0, 1e9)) * 1_000)
  }

  private var guessedLength: Double {
    Double((try? FileStatus(of: path))?.size ?? 0) / Self.usualRate
  }
}
