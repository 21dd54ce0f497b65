import CCallCounter
import Checkpoint
import Foundation
import Kernels
import Recognition
import TestSupport
import Testing

/// A second pass through the engine, from samples to tokens, leaves the heap alone.
///
/// The text is put together outside the engine, and strings may allocate.
@Suite(
  .enabled(if: calls_are_counted(), "a sanitizer has a heap of its own"),
  .enabled(if: !isDebug, "small arrays and closures lie on the heap without the optimiser"))
struct AllocationTests {
  /// A model, the head to use and how weights are kept.
  struct Engine: CustomStringConvertible {
    let model: String
    let decoder: DecoderChoice
    let precision: Precision

    var description: String { "\(model), \(decoder), \(precision)" }

    func recognizer(threads: Int) throws -> Recognizer {
      guard model == "starter-en" else {
        return try .committed(
          model, threads: threads, decoder: decoder, precision: precision)
      }
      let folder = Fixtures.repository.appending(path: "models/starter-en")
      let starter = try SpeechModel(
        try Checkpoint.open(folder.path), decoder: decoder, precision: precision)
      return try Recognizer(starter, threads: threads)
    }
  }

  private static let heads: [(String, DecoderChoice)] = [
    ("hybrid", .tdt), ("hybrid", .ctc), ("starter-en", .tdt), ("starter-en", .ctc), ("rnnt", .tdt),
    ("sigmoid", .tdt),
  ]
  private static let engines = Precision.allCases.flatMap { precision in
    heads.map { Engine(model: $0.0, decoder: $0.1, precision: precision) }
  }

  @Test(arguments: engines, [1, 2]) func secondPass(_ engine: Engine, threads: Int) throws {
    let recognizer = try engine.recognizer(threads: threads)
    // The last one is so long that the engine does not keep all its positions, and its half is not.
    for (name, repetitions) in [("s170", 1), ("s640", 1), ("s640", 3), ("s640", 6)] {
      let once = try Recordings.committed(name)
      let samples = (0..<repetitions).flatMap { _ in once }
      try samples.withUnsafeBufferPointer { samples in
        let tokens = try recognizer.tokens(of: samples).count
        var state = recognizer.model.start
        _ = try recognizer.tokens(of: samples, continuing: &state)
        #expect(tokens > 0, "\(name) × \(repetitions)")
        #expect(
          try recognizer.heapCalls { try $0.tokens(of: samples) } == 0, "\(name) × \(repetitions)")
        let shorter = UnsafeBufferPointer(rebasing: samples[..<(samples.count / 2)])
        #expect(
          try recognizer.heapCalls { try $0.tokens(of: shorter) } == 0,
          "half of \(name) × \(repetitions)")
        // As the windows of a dictation are heard.
        #expect(
          try recognizer.heapCalls {
            try $0.tokens(of: samples, frames: 3..<9, continuing: &state)
          } == 0, "a part of \(name) × \(repetitions)")
      }
    }
  }

  /// Tokens that somebody still holds stay as they are.
  @Test func tokensOfTheCallBeforeStay() throws {
    let recognizer = try Recognizer.committed("hybrid")
    let (first, second) = (try Recordings.committed("s170"), try Recordings.committed("s640"))
    let held = try first.withUnsafeBufferPointer { try recognizer.tokens(of: $0) }
    let copy = held.map { $0 }
    _ = try second.withUnsafeBufferPointer { try recognizer.tokens(of: $0) }
    #expect(held == copy)
  }
}

extension Recognizer {
  /// Allocations and releases of all threads during one pass.
  fileprivate func heapCalls(_ body: (Recognizer) throws -> [Token]) throws -> Int {
    try calls(heap_calls_of_this_thread, body)
  }

  /// What all threads count during one pass.
  ///
  /// - Parameters:
  ///   - counter: Counts of the calling thread.
  ///   - body: The pass.
  /// - Returns: By how much the counts of all threads rose.
  /// - Throws: What the body throws.
  func calls(_ counter: () -> Int, _ body: (Recognizer) throws -> [Token]) throws -> Int {
    let (before, after) = (
      UnsafeMutablePointer<Int>.allocate(capacity: threads),
      UnsafeMutablePointer<Int>.allocate(capacity: threads)
    )
    defer { before.deallocate(); after.deallocate() }
    // Every thread counts for itself, and only these: other tests run at the same time.
    team.run { before[$0.index] = counter() }
    let tokens = try body(self)
    team.run { after[$0.index] = counter() }
    return withExtendedLifetime(tokens) {
      (0..<threads).reduce(0) { $0 + after[$1] - before[$1] }
    }
  }
}
