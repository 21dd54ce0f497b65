internal import Kernels

/// Where the values of a decoder's state lie while it decodes.
struct TransducerMemory {
  /// States of the LSTM layers, `[layers, H]` each; the last row of `h` is the network's output.
  let h, c: Matrix
  /// That output, projected for the joint network, `[J]`.
  let projected: UnsafeMutablePointer<Float>

  /// Describes a state's values.
  ///
  /// - Parameters:
  ///   - values: Room for `decoder.memoryCount` floats.
  ///   - decoder: Whose state it is.
  init(_ values: UnsafeMutablePointer<Float>, of decoder: TransducerDecoder) {
    let (layers, width) = (decoder.prediction.layers, decoder.prediction.width)
    h = Matrix(values, rows: layers, columns: width)
    c = Matrix(values + layers * width, rows: layers, columns: width)
    projected = values + 2 * layers * width
  }

  /// The prediction network's output, `[H]`.
  var output: UnsafePointer<Float> { UnsafePointer(h[h.rows - 1]) }
}

/// Where a transducer's networks compute; nothing in it outlives a step.
struct TransducerScratch {
  /// Sums at the gates of an LSTM layer, `[4H]`.
  let gates: UnsafeMutablePointer<Float>
  /// The joint network's hidden layer, `[J]`.
  let hidden: UnsafeMutablePointer<Float>
  /// Scores of tokens, blank and durations, `[V + 1 + durations]`.
  let logits: UnsafeMutablePointer<Float>
  /// Scores of tokens with what phrases add to them, `[V]`.
  let biased: UnsafeMutablePointer<Float>

  /// Asks for room.
  ///
  /// - Parameters:
  ///   - decoder: The transducer; without one nothing is computed, and there is no room.
  ///   - carver: Hands out memory.
  init(for decoder: TransducerDecoder?, _ carver: inout Workspace.Carver) {
    gates = carver.matrix(4, decoder?.prediction.width ?? 0).values
    hidden = carver.matrix(1, decoder?.joint.width ?? 0).values
    logits = carver.matrix(1, decoder?.joint.output.outputs ?? 0).values
    biased = carver.matrix(1, decoder?.blank ?? 0).values
  }
}
