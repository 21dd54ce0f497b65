import Kernels
import Testing

@Suite struct WorkspaceTests {
  private func address(_ matrix: Matrix) -> UInt { UInt(bitPattern: matrix.values) }

  /// Carves matrices and fills each with its index.
  private func carve(_ workspace: Workspace, _ shapes: [(Int, Int)]) throws -> [Matrix] {
    let matrices = try workspace.carve { carver in shapes.map { carver.matrix($0.0, $0.1) } }.get()
    for (index, matrix) in matrices.enumerated() {
      matrix.values.update(repeating: Float(index), count: matrix.rows * matrix.columns)
    }
    return matrices
  }

  @Test func matricesLieApartAndAligned() throws {
    let workspace = Workspace()
    let shapes = [(3, 5), (1, 1), (0, 7), (17, 16), (1, 253), (31, 9)]
    let matrices = try carve(workspace, shapes)
    for (index, matrix) in matrices.enumerated() {
      #expect((matrix.rows, matrix.columns) == shapes[index])
      #expect(matrix.stride == matrix.columns)
      #expect(address(matrix).isMultiple(of: 64))
      let values = UnsafeBufferPointer(start: matrix.values, count: matrix.rows * matrix.columns)
      #expect(values.allSatisfy { $0 == Float(index) }, "matrix \(index) was overwritten")
    }
  }

  @Test func theBlockOnlyGrows() throws {
    let workspace = Workspace()
    let first = try carve(workspace, [(100, 100), (10, 10)])
    let smaller = try carve(workspace, [(20, 20), (3, 3)])
    let same = try carve(workspace, [(100, 100), (10, 10)])
    // No memory was asked for: the block starts where it did.
    #expect(address(smaller[0]) == address(first[0]))
    #expect(same.map(address) == first.map(address))
    let larger = try carve(workspace, [(1_000, 1_000)])
    #expect(larger[0].values[999_999] == 0)
    #expect(address(larger[0]).isMultiple(of: 64))
  }

  @Test func moreThanThereIsIsRefused() throws {
    let workspace = Workspace()
    let needed = 1 << 50
    let result = workspace.carve { $0.matrix(1 << 24, 1 << 24) }
    guard case .failure(let shortage) = result else {
      Issue.record("no machine has a petabyte")
      return
    }
    #expect(shortage.needed == needed)
    #expect(shortage.available < needed)
    #expect(shortage.available > 0)
    // After that it works again.
    #expect(try carve(workspace, [(8, 8)])[0].values[63] == 0)
  }

  @Test func nothingIsCarvedFromNothing() throws {
    #expect(try carve(Workspace(), []).isEmpty)
    #expect(try carve(Workspace(), [(0, 0)])[0].rows == 0)
  }
}
