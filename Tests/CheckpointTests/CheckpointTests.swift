import Checkpoint
import Foundation
import TestSupport
import Testing

@Suite struct CheckpointTests {
  @Test(arguments: variants) func opens(variant: String) throws {
    let checkpoint = try Checkpoint.open(fixture(variant))
    #expect(checkpoint.storedElement == .float32)
    #expect(checkpoint.tokenizerModel.count > 1000)
    for tensor in TensorLayout.tensors(for: checkpoint.configuration) {
      #expect(try checkpoint.floats(tensor.name).shape == tensor.shape)
    }
  }

  @Test func readsTheConfiguration() throws {
    let v2 = try Checkpoint.open(fixture("v2like/v2like")).configuration
    #expect(v2.target == "EncDecRNNTBPEModel")
    #expect(v2.preprocessor.mels == 128)
    #expect(v2.preprocessor.window == 400)
    #expect(v2.encoder.width == 64)
    #expect(!v2.encoder.useBias)
    #expect(v2.transducer?.durations == [0, 1, 2, 3, 4])
    #expect(v2.transducer?.predictionLayers == 2)
    #expect(v2.vocabularySize == 128)
    #expect(!v2.hasCTC)

    let hybrid = try Checkpoint.open(fixture("hybrid/hybrid")).configuration
    #expect(hybrid.hasCTC)
    #expect(hybrid.encoder.useBias)
    #expect(hybrid.encoder.xscaling)

    let ctc = try Checkpoint.open(fixture("ctc/ctc")).configuration
    #expect(ctc.hasCTC)
    #expect(ctc.transducer == nil)

    let rnnt = try Checkpoint.open(fixture("rnnt/rnnt")).configuration
    #expect(rnnt.transducer?.durations == [])
  }

  @Test func usesWeightsInPlace() throws {
    let checkpoint = try Checkpoint.open(fixture("v2like/v2like"))
    let name = "encoder.layers.0.feed_forward1.linear1.weight"
    let values = UnsafeRawBufferPointer(try checkpoint.floats(name).values)
    let stored = try #require(try checkpoint.tensor(name).contiguousBytes)
    #expect(values.baseAddress == stored.baseAddress)
    #expect(checkpoint.maps(values))
  }
}
