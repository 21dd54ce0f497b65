package import Checkpoint

extension ModelConfiguration {
  /// The dimensions of Parakeet TDT 0.6B v2.
  package static var parakeet: ModelConfiguration {
    var model = ModelConfiguration()
    (model.preprocessor.mels, model.preprocessor.window) = (128, 400)
    (model.encoder.layers, model.encoder.width, model.encoder.heads) = (24, 1024, 8)
    (model.encoder.subsamplingChannels, model.encoder.convolutionKernel) = (256, 9)
    (model.encoder.useBias, model.encoder.xscaling) = (false, false)
    var transducer = ModelConfiguration.Transducer()
    transducer.predictionLayers = 2
    transducer.durations = [0, 1, 2, 3, 4]
    model.transducer = transducer
    model.vocabularySize = 1024
    return model
  }
}
