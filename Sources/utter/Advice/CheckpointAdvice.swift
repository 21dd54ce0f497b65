import ArgumentParser
import Checkpoint

extension CheckpointError: AdvisedError {
  var advice: String? {
    switch self {
    case .unreadable: nil
    case .malformed: "the file may be truncated or damaged; fetch it again"
    case .unsupported(_, let what): what.advice
    case .missingTensor, .wrongShape:
      "the weights do not belong to their configuration; fetch the model again"
    case .changed: "import it again, and replace models by renaming, never in place"
    case .unwritable: "set TMPDIR to a folder with room for the unpacked model"
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .unreadable: .noInput
    case .malformed, .unsupported, .missingTensor, .wrongShape, .changed: .badData
    case .unwritable: .unavailable
    }
  }
}

extension CheckpointError.Unsupported {
  fileprivate var advice: String? {
    switch self {
    case .setting: "FastConformer models with full or local attention work, such as Parakeet TDT"
    case .folderFormat: "import the model again from its .nemo file"
    case .packedMatrix: "import the model again with --precision float32"
    case .oldTorch: "load and save them once with a current PyTorch"
    case .compression: "write the checkpoint with torch.save, which stores tensors uncompressed"
    case .packing, .bigEndian: nil
    }
  }
}
