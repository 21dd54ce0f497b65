internal import Checkpoint
internal import Kernels

/// The prediction network: an embedding and stacked LSTM layers (NeMo's `RNNTDecoder`).
struct PredictionNetwork {
  /// Width of embedding and state, H.
  let width: Int
  let layers: Int
  /// `[V + 1, H]`; the blank's row is zeros.
  private let embedding: MatrixView
  /// For each layer what its input and what its state adds to the gates i, f, g, o: `[4H, H]`.
  private let inputLayers, stateLayers: [Linear]

  init(_ configuration: ModelConfiguration.Transducer, _ parameters: Parameters)
    throws(CheckpointError)
  {
    width = configuration.predictionWidth
    layers = configuration.predictionLayers
    embedding = try parameters.matrix("decoder.prediction.embed.weight")
    func linear(_ kind: String, layer: Int) throws(CheckpointError) -> Linear {
      let name = "decoder.prediction.dec_rnn.lstm"
      return Linear(
        weights: try parameters.weights("\(name).weight_\(kind)_l\(layer)"),
        bias: try parameters.vector("\(name).bias_\(kind)_l\(layer)"))
    }
    var (inputs, states) = ([Linear](), [Linear]())
    for layer in 0..<layers {
      inputs.append(try linear("ih", layer: layer))
      states.append(try linear("hh", layer: layer))
    }
    (inputLayers, stateLayers) = (inputs, states)
  }

  /// Takes the start of a sentence in, a vector of zeros, with states that are zeros.
  func begin(_ memory: TransducerMemory, _ scratch: TransducerScratch) {
    let zeros = [Float](repeating: 0, count: width)
    zeros.withUnsafeBufferPointer { zeros in
      if let zeros = zeros.baseAddress { step(zeros, memory, scratch) }
    }
  }

  /// Takes a token in.
  func accept(_ token: Int, _ memory: TransducerMemory, _ scratch: TransducerScratch) {
    step(embedding[token], memory, scratch)
  }

  private func step(
    _ first: UnsafePointer<Float>, _ memory: TransducerMemory, _ scratch: TransducerScratch
  ) {
    var input = first
    for layer in 0..<layers {
      let h = memory.h[layer]
      inputLayers[layer].apply(vector: input, into: scratch.gates)
      stateLayers[layer].apply(vector: h, into: scratch.gates, accumulate: true)
      stepLSTM(gates: scratch.gates, c: memory.c[layer], h: h, width: width)
      input = UnsafePointer(h)
    }
  }
}
