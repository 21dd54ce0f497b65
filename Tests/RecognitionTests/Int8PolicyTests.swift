import Checkpoint
import Recognition
import TestSupport
import Testing

@Suite struct Int8PolicyTests {
  @Test func roundsWhatIsMultiplied() throws {
    let layout = TensorLayout.tensors(
      for: try Checkpoint.open(fixture("hybrid/hybrid")).configuration)
    let rounded = Set(layout.filter(Int8Policy.rounds).map(\.name))
    for name in [
      "encoder.layers.0.self_attn.linear_pos.weight",
      "encoder.layers.0.feed_forward1.linear2.weight",
      "encoder.layers.1.conv.pointwise_conv1.weight",
      "decoder.prediction.dec_rnn.lstm.weight_ih_l0",
    ] { #expect(rounded.contains(name)) }
    for name in [
      "preprocessor.featurizer.fb", "encoder.pre_encode.conv.0.weight",
      "encoder.pre_encode.conv.2.weight", "encoder.pre_encode.conv.3.weight",
      "encoder.pre_encode.out.weight", "encoder.layers.0.conv.depthwise_conv.weight",
      "encoder.layers.0.self_attn.pos_bias_u", "decoder.prediction.embed.weight",
      "encoder.layers.0.norm_out.weight", "joint.enc.bias", "joint.joint_net.2.weight",
      "joint.pred.weight", "joint.enc.weight",
      "ctc_decoder.decoder_layers.0.weight",
    ] { #expect(layout.contains { $0.name == name } && !rounded.contains(name)) }
  }

  @Test func leavesMatricesThatAreTooWide() throws {
    var model = ModelConfiguration()
    (model.encoder.layers, model.encoder.width, model.encoder.feedForwardExpansion) = (1, 1024, 8)
    func widest(_ model: ModelConfiguration) throws -> TensorSpecification {
      try #require(
        TensorLayout.tensors(for: model).first {
          $0.name.hasSuffix("feed_forward1.linear2.weight")
        })
    }
    #expect(try widest(model).shape == [1024, 8192])
    #expect(try Int8Policy.rounds(widest(model)))
    model.encoder.feedForwardExpansion = 9
    #expect(try !Int8Policy.rounds(widest(model)))
  }
}
