extension TensorLayout {
  /// The tensors of one conformer layer, in the order of its computation.
  static func addLayer(
    _ list: inout TensorList, _ encoder: ModelConfiguration.Encoder, prefix: String
  ) {
    let width = encoder.width
    list.addNorm("\(prefix).norm_feed_forward1", width)
    addFeedForward(&list, encoder, "\(prefix).feed_forward1")
    list.addNorm("\(prefix).norm_self_att", width)
    addAttention(&list, encoder, "\(prefix).self_attn")
    list.addNorm("\(prefix).norm_conv", width)
    addConvolution(&list, encoder, "\(prefix).conv")
    list.addNorm("\(prefix).norm_feed_forward2", width)
    addFeedForward(&list, encoder, "\(prefix).feed_forward2")
    list.addNorm("\(prefix).norm_out", width)
  }

  private static func addFeedForward(
    _ list: inout TensorList, _ encoder: ModelConfiguration.Encoder, _ prefix: String
  ) {
    let hidden = encoder.width * encoder.feedForwardExpansion
    list.addLinear("\(prefix).linear1", encoder.width, to: hidden, bias: encoder.useBias)
    list.addLinear("\(prefix).linear2", hidden, to: encoder.width, bias: encoder.useBias)
  }

  private static func addAttention(
    _ list: inout TensorList, _ encoder: ModelConfiguration.Encoder, _ prefix: String
  ) {
    let width = encoder.width
    for projection in ["q", "k", "v"] {
      list.add("\(prefix).linear_\(projection).weight", width, width)
    }
    if encoder.useBias {
      for projection in ["q", "k", "v"] { list.add("\(prefix).linear_\(projection).bias", width) }
    }
    list.addLinear("\(prefix).linear_pos", width, to: width, bias: false)
    list.add("\(prefix).pos_bias_u", encoder.heads, width / encoder.heads)
    list.add("\(prefix).pos_bias_v", encoder.heads, width / encoder.heads)
    list.addLinear("\(prefix).linear_out", width, to: width, bias: encoder.useBias)
  }

  private static func addConvolution(
    _ list: inout TensorList, _ encoder: ModelConfiguration.Encoder, _ prefix: String
  ) {
    let width = encoder.width
    let parts = [
      ("pointwise_conv1", [2 * width, width, 1]),
      ("depthwise_conv", [width, 1, encoder.convolutionKernel]),
      ("pointwise_conv2", [width, width, 1]),
    ]
    for (part, shape) in parts {
      list.add("\(prefix).\(part).weight", shape)
      if encoder.useBias { list.add("\(prefix).\(part).bias", shape[0]) }
    }
    // NeMo keeps the name for either kind of normalisation.
    list.addNorm("\(prefix).batch_norm", width)
    if encoder.convolutionNorm == .batchNorm {
      list.add("\(prefix).batch_norm.running_mean", width)
      list.add("\(prefix).batch_norm.running_var", width)
    }
  }
}

/// A list of tensors in the making.
struct TensorList {
  private(set) var tensors: [TensorSpecification] = []

  mutating func add(_ name: String, _ shape: Int...) { add(name, shape) }

  mutating func add(_ name: String, _ shape: [Int]) {
    tensors.append(TensorSpecification(name: name, shape: shape))
  }

  mutating func addLinear(_ name: String, _ inputs: Int, to outputs: Int, bias: Bool) {
    add("\(name).weight", outputs, inputs)
    if bias { add("\(name).bias", outputs) }
  }

  mutating func addNorm(_ name: String, _ width: Int) {
    add("\(name).weight", width)
    add("\(name).bias", width)
  }
}
