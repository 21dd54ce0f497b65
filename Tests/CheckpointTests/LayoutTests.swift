import Checkpoint
import TestSupport
import Testing

@Suite struct LayoutTests {
  @Test func countsTheParametersOfParakeet() {
    #expect(TensorLayout.parameterCount(of: .parakeet) == 617_875_078)
    // 725 in the checkpoint, of which 24 are batch counters.
    #expect(TensorLayout.tensors(for: .parakeet).count == 701)
  }

  @Test func keepsQueryKeyAndValueTogether() throws {
    var model = ModelConfiguration.parakeet
    model.encoder.useBias = true
    let names = TensorLayout.tensors(for: model).map(\.name)
    let prefix = "encoder.layers.0.self_attn.linear_"
    let first = try #require(names.firstIndex(of: "\(prefix)q.weight"))
    #expect(
      names[first..<first + 6]
        == ["q.weight", "k.weight", "v.weight", "q.bias", "k.bias", "v.bias"].map { prefix + $0 }[
          ...])
  }

  @Test func followsTheSwitches() {
    var model = ModelConfiguration.parakeet
    model.encoder.convolutionNorm = .layerNorm
    #expect(!TensorLayout.tensors(for: model).contains { $0.name.hasSuffix("running_mean") })
    model.hasCTC = true
    let head = TensorLayout.tensors(for: model).suffix(2)
    #expect(head.map(\.name).first == "ctc_decoder.decoder_layers.0.weight")
    #expect(head.map(\.shape) == [[1025, 1024, 1], [1025]])
    model.transducer = nil
    #expect(TensorLayout.tensors(for: model).last?.name == "decoder.decoder_layers.0.bias")

    model = ModelConfiguration.parakeet
    model.encoder.untieBiases = false
    let tied = TensorLayout.parameterCount(of: .parakeet) - TensorLayout.parameterCount(of: model)
    #expect(tied == 2 * 1024 * 23)
  }

  @Test(arguments: variants) func namesWhatIsInTheCheckpoint(variant: String) throws {
    let archive = try TarArchive(FileRegion(MappedFile(path: fixture(variant))))
    let stored = try TorchCheckpoint.tensors(in: #require(archive.members["model_weights.ckpt"]))
    let configuration = try Checkpoint.open(fixture(variant)).configuration
    let names = Set(TensorLayout.tensors(for: configuration).map(\.name))
    #expect(Set(stored.keys.filter { !$0.hasSuffix("num_batches_tracked") }) == names)
  }
}
