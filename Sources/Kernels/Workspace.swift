internal import Glibc

/// Memory for activations: one block, carved anew for every utterance.
///
/// The block only grows, so that a second utterance that is no longer than the first allocates
/// nothing.
package final class Workspace {
  private var block: UnsafeMutableRawPointer?
  /// How large the block is.
  package private(set) var byteCount = 0

  /// An empty workspace.
  package init() {}

  deinit { free(block) }

  /// Hands out parts of the block.
  package struct Carver {
    fileprivate let base: UnsafeMutableRawPointer?
    fileprivate var used = 0

    /// A matrix of undefined values, 64-byte aligned.
    package mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
      let bytes = (rows * columns * MemoryLayout<Float>.stride + 63) & ~63
      defer { used += bytes }
      // While sizes are only added up there is no memory, and the address is never read.
      let address = base.map { $0 + used } ?? Workspace.nowhere
      return Matrix(
        address.assumingMemoryBound(to: Float.self), rows: rows, columns: columns)
    }

    /// The same memory for two layouts that are not needed at the same time.
    package mutating func overlapping<First, Second>(
      _ first: (inout Carver) -> First, _ second: (inout Carver) -> Second
    ) -> (First, Second) {
      var (one, other) = (self, self)
      let result = (first(&one), second(&other))
      used = max(one.used, other.used)
      return result
    }

    /// Room for quantised rows that take some floats.
    package mutating func quantized(floats: Int) -> QuantizedRows {
      QuantizedRows(matrix(1, floats).values, capacity: floats)
    }
  }

  nonisolated(unsafe) private static let nowhere = UnsafeMutableRawPointer.allocate(
    byteCount: 64, alignment: 64)

  /// More memory was asked for than the system has, both in bytes.
  package struct Shortage: Error {
    /// What was asked for.
    package let needed: Int
    /// What is free.
    package let available: Int
  }

  /// Carves the block as a function says, growing it first where it is too small.
  ///
  /// The function runs twice, once to add up sizes and once to hand out memory, so it must ask
  /// for the same matrices both times. Whatever an earlier carving handed out is gone.
  ///
  /// - Returns: What the function returned, or how much memory is missing.
  package func carve<Buffers>(_ layout: (inout Carver) -> Buffers) -> Result<Buffers, Shortage> {
    var measure = Carver(base: nil)
    _ = layout(&measure)
    if measure.used > byteCount {
      free(block)
      block = nil
      byteCount = 0
      let available = Self.availableMemory()
      guard measure.used <= available, posix_memalign(&block, 64, measure.used) == 0 else {
        return .failure(Shortage(needed: measure.used, available: available))
      }
      byteCount = measure.used
    }
    var carver = Carver(base: block)
    return .success(layout(&carver))
  }

  /// Bytes that the system can give without swapping, as the kernel estimates.
  private static func availableMemory() -> Int {
    guard let file = fopen("/proc/meminfo", "r") else { return .max }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    while fgets(&line, Int32(line.count), file) != nil {
      let bytes = line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
      let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
      if words.first == "MemAvailable:", words.count > 1, let kilobytes = Int(words[1]) {
        return kilobytes << 10
      }
    }
    return .max
  }
}
