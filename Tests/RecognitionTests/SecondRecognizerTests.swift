import CCallCounter
import Checkpoint
import Foundation
import Recognition
import TestSupport
import Testing

/// What a second recogniser with a model costs: the memory that it works in, and no weights.
@Suite(.enabled(if: calls_are_counted(), "a sanitizer has a heap of its own"))
struct SecondRecognizerTests {
  /// Scratch of its team's kernels, states and tokens.
  private static let besides = 512 << 10

  @Test(arguments: Precision.inMemory) func itTakesItsWorkspaceAlone(_ precision: Precision) throws
  {
    let samples = try (0..<3).flatMap { _ in try Recordings.committed("s640") }
    func start(_ model: SpeechModel) throws -> Recognizer {
      let recognizer = try Recognizer(model, threads: 1)
      #expect(try !samples.withUnsafeBufferPointer { try recognizer.tokens(of: $0) }.isEmpty)
      return recognizer
    }
    let before = bytes_held_by_this_thread()
    let folder = Fixtures.repository.appending(path: "models/starter-en")
    let checkpoint = try Checkpoint.open(folder.path)
    let first = try start(SpeechModel(checkpoint, precision: precision, threads: 1))
    let withOne = bytes_held_by_this_thread()
    let second = try start(first.model)
    let taken = bytes_held_by_this_thread() - withOne
    // What is given back earlier would be taken off.
    withExtendedLifetime((samples, checkpoint, first)) {}
    let workspace = second.workspaceBytes
    #expect(workspace > 0 && workspace == first.workspaceBytes)
    #expect((workspace...(workspace + Self.besides)).contains(taken), "\(taken) of \(workspace)")
    // The same measure sees weights, mapped or packed.
    #expect(withOne - before > workspace + checkpoint.totalBytes / 2)
  }
}
