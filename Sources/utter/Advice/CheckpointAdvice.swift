import ArgumentParser
import Checkpoint

extension CheckpointError: AdvisedError {
  var advice: String? {
    switch self {
    case .unreadable(let path, _) where path.contains("://"):
      "download it first: Utter reads files, and has no business in the network"
    case .unreadable: nil
    case .truncated: "the download ended early; fetch it again, `curl -C - -LO URL` goes on with it"
    case .malformed:
      "the file is damaged; fetch it again, and compare its size with the publisher's"
    case .forbidden: "no model needs that; use the file of a publisher that you trust"
    case .excessive: "no model that Utter runs comes near it; use the publisher's .nemo file"
    case .foreign(_, let what): what.advice
    case .nonsense: "NeMo's save_to writes sound configurations; what edited this one did not"
    case .unsupported(_, let what): what.advice
    case .missingTensor, .wrongShape:
      "the weights do not belong to their configuration; use both from one .nemo file"
    case .notFinite: "its training or conversion went wrong; use another checkpoint of it"
    case .changed: "import it again, and replace models by renaming, never in place"
    case .unwritable: "set TMPDIR to a folder with room for the unpacked model"
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .unreadable: .noInput
    case .truncated, .malformed, .forbidden, .excessive, .foreign, .nonsense, .unsupported,
      .missingTensor, .wrongShape, .notFinite, .changed:
      .badData
    case .unwritable: .unavailable
    }
  }
}

extension CheckpointError.Unsupported {
  fileprivate var advice: String? {
    switch self {
    case .architecture(_, _, let kind): kind.advice
    case .setting: "FastConformer models with full or local attention work, such as Parakeet TDT"
    case .folderFormat: "import the model again from its .nemo file"
    case .packedMatrix: "import the model again with --precision float32"
    case .oldTorch: "load and save them once with a current PyTorch"
    case .compression: "write the checkpoint with torch.save, which stores tensors uncompressed"
    case .packing, .bigEndian: nil
    }
  }
}
