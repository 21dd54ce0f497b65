/// The dimensions and switches of a FastConformer model, read from NeMo's `model_config.yaml`.
///
/// Absent keys hold NeMo's constructor defaults. Nothing here is specific to one released model.
package struct ModelConfiguration: Sendable, Equatable {
  /// Log-mel extraction, as `AudioToMelSpectrogramPreprocessor` names it.
  package struct Preprocessor: Sendable, Equatable {
    /// Samples per second; 16,000 for every Parakeet.
    package var sampleRate = 16_000
    /// Mel bands.
    package var mels = 64
    /// Points of the Fourier transform.
    package var fftSize = 512
    /// Samples from one frame to the next.
    package var hop = 160
    /// Samples under the analysis window.
    package var window = 320
    /// Coefficient of the pre-emphasis filter.
    package var preemphasis: Float = 0.97

    /// NeMo's defaults.
    package init() {}
  }

  /// How far attention looks.
  package enum AttentionContext: Sendable, Equatable {
    /// Every frame attends to every frame.
    case full
    /// Frame i attends to frames i − left … i + right.
    case local(left: Int, right: Int)
  }

  /// The normalisation between depthwise convolution and activation.
  package enum ConvolutionNorm: Sendable, Equatable {
    /// Batch normalisation with stored statistics.
    case batchNorm
    /// Layer normalisation over channels.
    case layerNorm
  }

  /// The FastConformer encoder, as `ConformerEncoder` names it.
  package struct Encoder: Sendable, Equatable {
    /// Conformer layers.
    package var layers = 17
    /// Width of the model, d.
    package var width = 512
    /// Attention heads.
    package var heads = 4
    /// Width of the feed-forward hidden layer, in units of `width`.
    package var feedForwardExpansion = 4
    /// Channels of the subsampling convolutions.
    package var subsamplingChannels = 512
    /// Feature frames per encoder frame; 8.
    package var subsamplingFactor = 8
    /// Taps of the depthwise convolution.
    package var convolutionKernel = 31
    /// Normalisation inside the convolution module.
    package var convolutionNorm = ConvolutionNorm.batchNorm
    /// Whether linear and convolution layers of the conformer have biases.
    package var useBias = true
    /// Whether the subsampled input is scaled by √d.
    package var xscaling = true
    /// Whether every layer has attention position biases of its own.
    package var untieBiases = true
    /// Reach of attention.
    package var attention = AttentionContext.full

    /// NeMo's defaults.
    package init() {}
  }

  /// Non-linearity of the joint network.
  package enum JointActivation: String, Sendable, Equatable {
    case relu, sigmoid, tanh
  }

  /// Prediction and joint network of a transducer, with its search limits.
  package struct Transducer: Sendable, Equatable {
    /// Width of embedding and LSTM state, H.
    package var predictionWidth = 640
    /// Stacked LSTM layers.
    package var predictionLayers = 1
    /// Width of the joint hidden layer, J.
    package var jointWidth = 640
    /// Non-linearity of the joint hidden layer.
    package var activation = JointActivation.relu
    /// Frames that each duration output stands for; empty for RNN-T.
    package var durations: [Int] = []
    /// Tokens allowed on one frame; nil for no limit.
    package var maxSymbolsPerFrame: Int? = 10

    /// NeMo's defaults.
    package init() {}
  }

  /// NeMo's model class without its module path, such as `EncDecRNNTBPEModel`.
  package var target = ""
  /// Log-mel extraction.
  package var preprocessor = Preprocessor()
  /// The encoder.
  package var encoder = Encoder()
  /// The transducer head, nil for a pure CTC model.
  package var transducer: Transducer?
  /// Whether a CTC head is present.
  package var hasCTC = false
  /// Word pieces, V; the blank is token V.
  package var vocabularySize = 0
  /// Archive member that holds the SentencePiece model (`tokenizer.model_path` without `nemo:`).
  package var tokenizerFile = ""
  /// Characters after whose word a segment ends (`decoding.segment_seperators`).
  package var segmentSeparators: [String] = [".", "?", "!"]
  /// Silence, in encoder frames, that ends a segment (`decoding.segment_gap_threshold`).
  package var segmentGapThreshold: Int?

  /// A configuration with NeMo's defaults.
  package init() {}
}
