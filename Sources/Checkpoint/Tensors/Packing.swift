package import Kernels
internal import Synchronization
internal import System

/// A packed matrix in the making.
///
/// Where the model stores float weights, the matrix is rounded panel by panel by whoever shares the
/// work; where it stores packed ones, nothing is left to do.
package struct Packing: Sendable {
  /// The matrix; complete once all panels are filled and `check` has not thrown.
  package let matrix: PackedMatrix
  /// Panels to fill; 0 for a matrix that is stored packed and used in place.
  package let panels: Int
  private let work: Work?

  /// Source and target, shared by the threads that fill.
  private final class Work: Sendable {
    let source: StoredPanels
    let memory: PackedMemory
    let failure = Mutex<CheckpointError?>(nil)

    init(_ source: StoredPanels, _ memory: PackedMemory) {
      (self.source, self.memory) = (source, memory)
    }
  }

  /// A matrix that is complete.
  init(_ matrix: PackedMatrix) {
    self.matrix = matrix
    panels = 0
    work = nil
  }

  /// A matrix to be made of a tensor that stores floats.
  ///
  /// - Parameters:
  ///   - tensor: Its values.
  ///   - shape: The tensor as a matrix.
  /// - Throws: `CheckpointError.unreadable` where the system has no memory left.
  package init(_ tensor: StoredTensor, as shape: PackedShape) throws(CheckpointError) {
    guard let memory = PackedMemory(shape) else {
      throw .unreadable(path: tensor.location.file.path, reason: Errno.last.description)
    }
    work = Work(StoredPanels(tensor, as: shape), memory)
    panels = shape.panels
    matrix = PackedMatrix(
      PackedWeights(
        shape, values: UnsafePointer(memory.values), scales: UnsafePointer(memory.scales)),
      owner: memory)
  }

  /// Fills some panels; safe on several threads at once for ranges that do not overlap.
  ///
  /// Pages of the model's file that have been read for it are given back.
  ///
  /// - Parameter panels: Which ones, within 0 ..< `panels`.
  package func fill(_ panels: Range<Int>) {
    precondition(panels.lowerBound >= 0 && panels.upperBound <= self.panels)
    guard let work else { return }
    let shape = work.source.shape
    do {
      for start in stride(from: panels.lowerBound, to: panels.upperBound, by: work.source.stride) {
        try work.source.pack(
          start..<min(start + work.source.stride, panels.upperBound),
          values: work.memory.values + start * shape.panelBytes,
          scales: work.memory.scales + start * PackedShape.panelRows)
      }
    } catch {
      work.failure.withLock { $0 = $0 ?? error }
    }
  }

  /// Tells whether what has been filled so far is sound.
  ///
  /// - Throws: `CheckpointError.malformed` where values are not finite or no numbers.
  package func check() throws(CheckpointError) {
    if let failure = work?.failure.withLock({ $0 }) { throw failure }
  }
}
