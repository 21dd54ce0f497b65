import Foundation
import Kernels
import TestSupport
import Testing

/// Every kernel against a plain one in double precision, for each instruction set that this
/// processor has.
///
/// The choice of an instruction set holds for the test's own thread.
@Suite struct KernelTests {
  /// Below, at and above the width of a vector, several vectors, and nothing.
  static let sizes = [0, 1, 7, 8, 9, 15, 16, 17, 31, 253]

  /// Runs a test with the kernels of each instruction set, and goes back to the best one.
  static func withEveryInstructionSet(_ body: (String) throws -> Void) rethrows {
    let best = instructionSet
    defer { _ = useInstructionSet(best) }
    for name in instructionSets where useInstructionSet(name) { try body(name) }
  }

  /// The best one, unless the variable names another that is there.
  @Test func theBestInstructionSetIsChosen() {
    var available: [String] = []
    Self.withEveryInstructionSet { name in
      #expect(instructionSet == name)
      available.append(name)
    }
    #expect(available.last == "generic")
    let wanted = ProcessInfo.processInfo.environment["UTTER_ISA"]
    #expect(instructionSet == available.first { $0 == wanted } ?? available.first)
    #expect(!useInstructionSet("mmx"))
    print("kernels tested with: \(available.joined(separator: ", "))")
  }
}

/// The logistic function, 1 / (1 + e⁻ˣ).
func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

func activated(_ x: Double, _ activation: Activation) -> Double {
  switch activation {
  case .none: x
  case .relu: max(0, x)
  case .swish: x * sigmoid(x)
  }
}
