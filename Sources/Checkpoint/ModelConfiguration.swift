/// The dimensions and switches of a FastConformer model, read from NeMo's `model_config.yaml`.
///
/// Absent keys hold NeMo's constructor defaults. Nothing here is specific to one released model.
public struct ModelConfiguration: Sendable, Equatable {
  /// Log-mel extraction, as `AudioToMelSpectrogramPreprocessor` names it.
  public struct Preprocessor: Sendable, Equatable {
    /// Samples per second; 16,000 for every Parakeet.
    public var sampleRate = 16_000
    /// Mel bands.
    public var mels = 64
    /// Points of the Fourier transform.
    public var fftSize = 512
    /// Samples from one frame to the next.
    public var hop = 160
    /// Samples under the analysis window.
    public var window = 320
    /// Coefficient of the pre-emphasis filter.
    public var preemphasis: Float = 0.97

    /// NeMo's defaults.
    public init() {}
  }

  /// How far attention looks.
  public enum AttentionContext: Sendable, Equatable {
    /// Every frame attends to every frame.
    case full
    /// Frame i attends to frames i − left … i + right.
    case local(left: Int, right: Int)
  }

  /// The normalisation between depthwise convolution and activation.
  public enum ConvolutionNorm: Sendable, Equatable {
    /// Batch normalisation with stored statistics.
    case batchNorm
    /// Layer normalisation over channels.
    case layerNorm
  }

  /// The FastConformer encoder, as `ConformerEncoder` names it.
  public struct Encoder: Sendable, Equatable {
    /// Conformer layers.
    public var layers = 17
    /// Width of the model, d.
    public var width = 512
    /// Attention heads.
    public var heads = 4
    /// Width of the feed-forward hidden layer, in units of `width`.
    public var feedForwardExpansion = 4
    /// Channels of the subsampling convolutions.
    public var subsamplingChannels = 512
    /// Feature frames per encoder frame; 8.
    public var subsamplingFactor = 8
    /// Taps of the depthwise convolution.
    public var convolutionKernel = 31
    /// Normalisation inside the convolution module.
    public var convolutionNorm = ConvolutionNorm.batchNorm
    /// Whether linear and convolution layers of the conformer have biases.
    public var useBias = true
    /// Whether the subsampled input is scaled by √d.
    public var xscaling = true
    /// Whether every layer has attention position biases of its own.
    public var untieBiases = true
    /// Reach of attention.
    public var attention = AttentionContext.full

    /// NeMo's defaults.
    public init() {}
  }

  /// Non-linearity of the joint network.
  public enum JointActivation: String, Sendable, Equatable {
    case relu, sigmoid, tanh
  }

  /// Prediction and joint network of a transducer, with its search limits.
  public struct Transducer: Sendable, Equatable {
    /// Width of embedding and LSTM state, H.
    public var predictionWidth = 640
    /// Stacked LSTM layers.
    public var predictionLayers = 1
    /// Width of the joint hidden layer, J.
    public var jointWidth = 640
    /// Non-linearity of the joint hidden layer.
    public var activation = JointActivation.relu
    /// Frames that each duration output stands for; empty for RNN-T.
    public var durations: [Int] = []
    /// Tokens allowed on one frame; nil for no limit.
    public var maxSymbolsPerFrame: Int? = 10

    /// NeMo's defaults.
    public init() {}
  }

  /// NeMo's model class without its module path, such as `EncDecRNNTBPEModel`.
  public var target = ""
  /// Log-mel extraction.
  public var preprocessor = Preprocessor()
  /// The encoder.
  public var encoder = Encoder()
  /// The transducer head, nil for a pure CTC model.
  public var transducer: Transducer?
  /// Whether a CTC head is present.
  public var hasCTC = false
  /// Word pieces, V; the blank is token V.
  public var vocabularySize = 0
  /// Archive member that holds the SentencePiece model (`tokenizer.model_path` without `nemo:`).
  public var tokenizerFile = ""
  /// Characters after whose word a segment ends (`decoding.segment_seperators`).
  public var segmentSeparators: [String] = [".", "?", "!"]
  /// Silence, in encoder frames, that ends a segment (`decoding.segment_gap_threshold`).
  public var segmentGapThreshold: Int?

  /// A configuration with NeMo's defaults.
  public init() {}
}
