import CCallCounter
import Checkpoint
import Recognition
import TestSupport
import Testing

/// What an instrument tells of a recogniser, and what it costs to have none.
@Suite struct InstrumentTests {
  private static func decode(_ recognizer: Recognizer) throws -> [Token] {
    let samples = try Recordings.committed("s640")
    return try samples.withUnsafeBufferPointer { try recognizer.tokens(of: $0) }
  }

  @Test(arguments: ["rnnt", "ctc"]) func everyStageIsTimed(_ model: String) throws {
    let recognizer = try Recognizer.committed(model, threads: 2)
    let instrument = Instrument(productsOf: 2)
    recognizer.instrument = instrument
    _ = try Self.decode(recognizer)
    let unused: Set<Instrument.Stage> =
      model == "ctc" ? [.positions, .decoderProjection, .prediction] : [.positions]
    for stage in Instrument.Stage.allCases {
      #expect((instrument[stage] == 0) == unused.contains(stage), "\(stage)")
    }
    let all = instrument.features + instrument.encoder + instrument.decoder
    let sum = Instrument.Stage.allCases.reduce(0) { $0 + instrument[$1] }
    #expect(abs(all - sum) < 1e-9)
    #expect(instrument.multiplying > 0 && instrument.multiplying <= 2 * instrument.encoder)
    #expect(instrument.packing == 0, "there are no integers")
  }

  @Test func packingIsTimed() throws {
    let recognizer = try Recognizer.committed("rnnt", threads: 1, precision: .int8)
    let instrument = Instrument(productsOf: 1)
    recognizer.instrument = instrument
    _ = try Self.decode(recognizer)
    #expect(instrument.multiplying > 0 && instrument.packing > 0)
    #expect(instrument.multiplying + instrument.packing <= instrument.encoder)
  }

  /// Others in the same process do not count.
  @Test func itTimesOneRecogniserAlone() throws {
    let (first, second) = (try Recognizer.committed("rnnt"), try Recognizer.committed("rnnt"))
    let instrument = Instrument(productsOf: first.threads)
    first.instrument = instrument
    _ = try Self.decode(second)
    #expect(instrument.features == 0 && instrument.encoder == 0 && instrument.decoder == 0)
    #expect(instrument.multiplying == 0)
  }

  @Test(.enabled(if: calls_are_counted()), arguments: Precision.allCases)
  func nobodyReadsAClockWithoutOne(_ precision: Precision) throws {
    let recognizer = try Recognizer.committed("rnnt", threads: 2, precision: precision)
    let readings = { try recognizer.calls(clock_calls_of_this_thread, Self.decode) }
    #expect(try readings() == 0)
    recognizer.instrument = Instrument()
    let stages = try readings()
    #expect(stages > 0)
    recognizer.instrument = Instrument(productsOf: recognizer.threads)
    #expect(try readings() > stages)
    recognizer.instrument = nil
    #expect(try readings() == 0)
  }
}
