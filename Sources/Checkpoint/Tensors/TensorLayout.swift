/// Name and shape of a tensor that inference needs.
package struct TensorSpecification: Sendable, Equatable {
  /// NeMo's name in the state dict.
  package let name: String
  /// Extent of each dimension, outermost first.
  package let shape: [Int]

  /// Number of values.
  package var count: Int { shape.reduce(1, *) }
}

/// The tensors of a model, in the order in which they are stored.
///
/// Names and shapes are those of NeMo's state dicts. Query, key and value weights are neighbours,
/// so that they can be used as one matrix where they are stored so.
package enum TensorLayout {
  /// Every tensor that inference needs.
  ///
  /// - Parameter configuration: Read from a model, so its dimensions are in range.
  /// - Returns: Names and shapes in storage order.
  package static func tensors(for configuration: ModelConfiguration) -> [TensorSpecification] {
    let encoder = configuration.encoder
    var list = TensorList()
    addFeatures(&list, configuration.preprocessor)
    addSubsampling(&list, encoder, mels: configuration.preprocessor.mels)
    for layer in 0..<encoder.layers {
      addLayer(&list, encoder, prefix: "encoder.layers.\(layer)")
    }
    if let transducer = configuration.transducer {
      addTransducer(&list, transducer, configuration)
    }
    if configuration.hasCTC {
      let head = configuration.transducer == nil ? "decoder" : "ctc_decoder"
      let outputs = configuration.vocabularySize + 1
      list.add("\(head).decoder_layers.0.weight", outputs, encoder.width, 1)
      list.add("\(head).decoder_layers.0.bias", outputs)
    }
    return list.tensors
  }

  /// Parameters of a model: all values but the filter bank and the window.
  ///
  /// - Parameter configuration: Read from a model, so its dimensions are in range.
  /// - Returns: The number that models are named after.
  package static func parameterCount(of configuration: ModelConfiguration) -> Int {
    let own = tensors(for: configuration).filter { !$0.name.hasPrefix("preprocessor.") }
    let count = own.reduce(0) { $0 + $1.count }
    // Tied biases are one pair, whatever the number of layers that name it.
    let encoder = configuration.encoder
    return encoder.untieBiases ? count : count - 2 * encoder.width * (encoder.layers - 1)
  }

  /// Frequency bands that the subsampling leaves: three halvings, rounded up.
  private static func bands(_ mels: Int) -> Int {
    (0..<3).reduce(mels) { bands, _ in (bands - 1) / 2 + 1 }
  }

  private static func addFeatures(
    _ list: inout TensorList, _ preprocessor: ModelConfiguration.Preprocessor
  ) {
    list.add("preprocessor.featurizer.window", preprocessor.window)
    list.add("preprocessor.featurizer.fb", 1, preprocessor.mels, preprocessor.fftSize / 2 + 1)
  }

  private static func addSubsampling(
    _ list: inout TensorList, _ encoder: ModelConfiguration.Encoder, mels: Int
  ) {
    let channels = encoder.subsamplingChannels
    // 1, 4 and 7 are the activations.
    for (index, shape) in [
      (0, [channels, 1, 3, 3]), (2, [channels, 1, 3, 3]), (3, [channels, channels, 1, 1]),
      (5, [channels, 1, 3, 3]), (6, [channels, channels, 1, 1]),
    ] {
      list.add("encoder.pre_encode.conv.\(index).weight", shape)
      list.add("encoder.pre_encode.conv.\(index).bias", channels)
    }
    list.add("encoder.pre_encode.out.weight", encoder.width, channels * bands(mels))
    list.add("encoder.pre_encode.out.bias", encoder.width)
  }

  private static func addTransducer(
    _ list: inout TensorList, _ transducer: ModelConfiguration.Transducer,
    _ configuration: ModelConfiguration
  ) {
    let width = transducer.predictionWidth
    let tokens = configuration.vocabularySize + 1
    list.add("decoder.prediction.embed.weight", tokens, width)
    for layer in 0..<transducer.predictionLayers {
      let lstm = "decoder.prediction.dec_rnn.lstm"
      list.add("\(lstm).weight_ih_l\(layer)", 4 * width, width)
      list.add("\(lstm).weight_hh_l\(layer)", 4 * width, width)
      list.add("\(lstm).bias_ih_l\(layer)", 4 * width)
      list.add("\(lstm).bias_hh_l\(layer)", 4 * width)
    }
    list.addLinear("joint.pred", width, to: transducer.jointWidth, bias: true)
    list.addLinear("joint.enc", configuration.encoder.width, to: transducer.jointWidth, bias: true)
    list.addLinear(
      "joint.joint_net.2", transducer.jointWidth, to: tokens + transducer.durations.count,
      bias: true)
  }
}
