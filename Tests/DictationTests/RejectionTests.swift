import Dictation
import Recognition
import Testing

/// Words made out of noise.
@Suite struct RejectionTests {
  private static func tokens(_ logProbabilities: [Float]) -> [Token] {
    logProbabilities.map {
      Token(id: 1, frame: 0, duration: 1, logProbability: $0, confidence: 0.5)
    }
  }

  @Test func theLessEvidenceTheSurer() {
    for (evidence, least) in [(0, Float(-0.5)), (5, -0.7), (10, -0.9), (20, -1.3)] {
      let rejection = NoiseRejection(evidence: evidence)
      #expect(!rejection.rejects(Self.tokens([least + 0.01])), "\(evidence)")
      #expect(!rejection.rejects(Self.tokens([least - 1, 0, least + 1.01])), "\(evidence)")
      #expect(rejection.rejects(Self.tokens([least - 0.01])), "\(evidence)")
      #expect(!rejection.rejects([]), "\(evidence)")
    }
  }

  @Test func certainSpeechIsNeverRejected() {
    #expect(!NoiseRejection(evidence: 22).rejects(Self.tokens([-9, -9])))
  }
}
