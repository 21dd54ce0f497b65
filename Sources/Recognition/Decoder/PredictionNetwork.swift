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
  /// `[layers, H]` each.
  private let h, c: UnsafeMutablePointer<Float>
  /// Shape `[4H]`.
  private let gates: UnsafeMutablePointer<Float>
  /// Shape `[H]`.
  private let zeros: UnsafePointer<Float>

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
    h = parameters.allocate(layers * width)
    c = parameters.allocate(layers * width)
    gates = parameters.allocate(4 * width)
    let zeros = parameters.allocate(width)
    zeros.update(repeating: 0, count: width)
    self.zeros = UnsafePointer(zeros)
  }

  /// The top layer's state, `[H]`: the network's output.
  var output: UnsafePointer<Float> { UnsafePointer(h + (layers - 1) * width) }

  /// Hidden and cell states of all layers, `[layers, H]` each.
  var states: (h: MatrixView, c: MatrixView) {
    (MatrixView(h, rows: layers, columns: width), MatrixView(c, rows: layers, columns: width))
  }

  /// A copy of all states, `[2, layers, H]`.
  var memory: [Float] {
    let half = layers * width
    return [UnsafePointer(h), UnsafePointer(c)].flatMap {
      Array(UnsafeBufferPointer(start: $0, count: half))
    }
  }

  /// Takes a copy of all states back.
  func restore(_ memory: [Float]) {
    let half = layers * width
    memory.withUnsafeBufferPointer { memory in
      _ = UnsafeMutableBufferPointer(start: h, count: half).update(fromContentsOf: memory[..<half])
      _ = UnsafeMutableBufferPointer(start: c, count: half).update(fromContentsOf: memory[half...])
    }
  }

  /// Forgets all tokens, then takes the start of the sentence in: a vector of zeros.
  func reset() {
    h.update(repeating: 0, count: layers * width)
    c.update(repeating: 0, count: layers * width)
    step(zeros)
  }

  /// Takes a token in.
  func accept(_ token: Int) { step(embedding[token]) }

  private func step(_ first: UnsafePointer<Float>) {
    var input = first
    for layer in 0..<layers {
      let (h, c) = (h + layer * width, c + layer * width)
      inputLayers[layer].apply(vector: input, into: gates)
      stateLayers[layer].apply(vector: h, into: gates, accumulate: true)
      stepLSTM(gates: gates, c: c, h: h, width: width)
      input = UnsafePointer(h)
    }
  }
}
