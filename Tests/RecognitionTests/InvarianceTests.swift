import Checkpoint
import Foundation
import Recognition
import TestSupport
import Testing

/// What must make no difference to what is recognised.
@Suite struct InvarianceTests {
  private static let variants = ["v2like", "hybrid", "v3like", "rnnt", "ctc", "maxsym"]
  private static let recordings = ["s030", "s170", "s640"]

  @Test(arguments: variants, Precision.allCases)
  func threads(_ variant: String, _ precision: Precision) throws {
    let single = try Recognizer.committed(variant, threads: 1, precision: precision)
    #expect(single.threads == 1)
    for threads in [2, 3] {
      let several = try Recognizer.committed(variant, threads: threads, precision: precision)
      #expect(several.threads == threads)
      for name in Self.recordings {
        let samples = try Recordings.committed(name)
        let expected = try single.transcribe(samples)
        let found = try several.transcribe(samples)
        #expect(found.decisions == expected.decisions, "\(name) with \(threads) threads")
        #expect(found.text == expected.text, "\(name) with \(threads) threads")
      }
    }
  }

  /// Not even the last digit of a score depends on who computes which tile.
  @Test(arguments: variants, Precision.allCases)
  func threadsThatAgree(_ variant: String, _ precision: Precision) throws {
    let model = try SpeechModel.committed(variant, precision: precision)
    for total in [2, 3] {
      let whole = try Recognizer(model, threads: total)
      for threads in 1..<total {
        let part = try Recognizer(model, threads: threads, alike: total)
        for name in Self.recordings {
          let samples = try Recordings.committed(name)
          #expect(
            try part.transcribe(samples) == whole.transcribe(samples),
            "\(name) with \(threads) of \(total) threads")
        }
      }
    }
  }

  /// Longer, shorter and empty utterances before one leave nothing behind: not even the last digit
  /// of a score differs.
  @Test(arguments: variants, Precision.allCases)
  func utterancesBefore(_ variant: String, _ precision: Precision) throws {
    // In the order of their lengths each one needs positions that those before did not.
    let long = try Recordings.committed("s640")
    let samples =
      try Self.recordings.map { try Recordings.committed($0) } + [Array(long.prefix(58_000))]
      + [long + long, long + long + long + long]
    for threads in [1, 2] {
      let first = try samples.map {
        try Recognizer.committed(variant, threads: threads, precision: precision).transcribe($0)
      }
      for order in [[0, 1, 3, 2, 4, 5], [5, 2, 0, 1, 4], [1, 1, 2, 4, 3], [2, 1, 0, 5, 3]] {
        let recognizer = try Recognizer.committed(
          variant, threads: threads, precision: precision)
        for index in order {
          #expect(
            try recognizer.transcribe(samples[index]) == first[index],
            "recording \(index) of \(order) with \(threads) threads")
          #expect(try recognizer.transcribe([]).tokens.isEmpty)
        }
      }
    }
  }

  /// The comparison with golden tensors looks at the very path that recognition takes.
  @Test func probing() throws {
    var compared = 0
    for test in try GoldenCase.all() where test.attention == nil && !test.hasLeak {
      let golden = try SafetensorsFile(path: test.tensors.path)
      let checkpoint = try Checkpoint.open(test.model.path)
      let samples = try Recordings.samples(test.recording)
      for decoder in DecoderChoice.allCases {
        let isCTC = decoder == .ctc
        let prefix = isCTC ? "ctc.token_" : "tokens."
        guard golden.tensors["\(prefix)ids"] != nil else { continue }
        let recognizer = try Recognizer(
          SpeechModel(checkpoint, decoder: decoder, precision: .float32), threads: 2)
        let plain = try recognizer.transcribe(samples)
        let rows = try samples.withUnsafeBufferPointer {
          try GoldenComparison.compare(golden, samples: $0, with: recognizer)
        }
        let decisions = rows.filter { $0.name.hasPrefix(prefix) }
        #expect(decisions.allSatisfy { $0.passes }, "\(test)")
        let ids = try golden.int32s("\(prefix)ids").map(Int.init)
        #expect(plain.tokens.map(\.id) == ids, "\(test)")
        #expect(
          try plain.tokens.map(\.frame) == golden.int32s("\(prefix)frames").map(Int.init), "\(test)"
        )
        #expect(try recognizer.transcribe(samples).decisions == plain.decisions, "\(test)")
        compared += 1
      }
    }
    #expect(compared >= 10)
  }
}
