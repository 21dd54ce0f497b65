import Checkpoint

extension ForeignFile {
  /// What to do with a file that is something other than a model.
  var advice: String {
    switch self {
    case .lfsPointer: "`git lfs install && git lfs pull` in its clone fetches the file itself"
    case .webPage:
      "download the file itself: Hugging Face has it at /resolve/ where the page has /blob/"
    case .text: "what it says may tell why; on Hugging Face some models need a login first"
    case .archive(_, let tool):
      "unpack it with `\(tool)`; the .nemo file or the folder that comes out can be imported"
    case .torchWeights, .safetensors:
      "name the .nemo file that it is from, or the model's folder with all of its files"
    case .format, .transformers: Self.nemo
    case .recording: "recordings are named without --model; a model is a .nemo file or a folder"
    case .folder(let name): "name that file instead, such as FOLDER/\(name)"
    case .emptyFolder: "name a .nemo file, the folder it was unpacked in, or a model's own folder"
    case .unknown: "name a .nemo file; if it should be one, compare its size with the publisher's"
    }
  }

  private static let nemo =
    "the same model may be there as a .nemo file, as NVIDIA publishes Parakeet"
}

extension Architecture {
  /// Which model to take instead.
  var advice: String {
    switch self {
    case .multitask, .prompted, .languageModel:
      "of the same family Parakeet runs, such as nvidia/parakeet-tdt-0.6b-v3"
    case .streaming: "take the offline model of its family; Utter itself cuts speech at pauses"
    case .otherConformer, .convolutional, .otherEncoder, .otherFeatures:
      "take a FastConformer, such as Parakeet or stt_en_fastconformer_transducer_large"
    case .characters, .severalTokenizers:
      "take a model with one SentencePiece tokenizer; their classes end in BPEModel or ModelBPE"
    case .stateless, .factorizedBlank, .otherDecoder:
      "take a FastConformer with TDT, RNN-T or CTC, such as Parakeet"
    case .pretrained: "take what was trained from it to recognise speech"
    case .classifier, .speechSynthesis, .other:
      "take a model that recognises speech, such as nvidia/parakeet-tdt-0.6b-v2"
    }
  }
}
