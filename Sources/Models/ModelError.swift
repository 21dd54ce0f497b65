package import Checkpoint
package import System

/// Why a model cannot be found, imported or removed.
///
/// The description reads `<what>: <why>` on one line.
package enum ModelError: Error, Sendable, Equatable {
  /// A model's file cannot be fetched.
  case download(DownloadError)
  /// No model of this name is in the catalogue.
  case notInCatalogue(name: String, known: [String])
  /// A model, or the file to import, cannot be read.
  case checkpoint(CheckpointError)
  /// No model of this name lies in the folders searched.
  case notFound(name: String, searched: [String])
  /// A model's name could leave its folder.
  case invalidName(String)
  /// A model would overwrite another one.
  case alreadyExists(path: String)
  /// A model would overwrite something that is none.
  case notAModel(path: String)
  /// A model lies in a folder that only the installation changes.
  case belongsToInstallation(path: String)
  /// A tensor holds values that a float16 cannot be.
  case beyondFloat16(path: String, tensor: String)
  /// A folder has less room than a model needs; both in bytes.
  case noSpace(folder: String, needed: Int, free: Int)
  /// The system would not write or remove a file.
  case unwritable(path: String, Errno)
  /// The caller asked to stop.
  case cancelled
}

extension ModelError: CustomStringConvertible {
  /// `<what>: <why>` on one line.
  package var description: String {
    switch self {
    case .download(let error): error.description
    case .notInCatalogue(let name, _): "\(name): not in the catalogue"
    case .checkpoint(let error): error.description
    case .notFound(let name, _): "\(name): no such model"
    case .invalidName(let name): "\(name): not a name for a model"
    case .alreadyExists(let path): "\(path): a model of this name exists"
    case .notAModel(let path): "\(path): is something other than a model"
    case .belongsToInstallation(let path): "\(path): belongs to the installation"
    case .beyondFloat16(let path, let tensor):
      "\(path): tensor \(tensor) holds values beyond the range of float16"
    case .noSpace(let folder, let needed, let free):
      "\(folder): \(needed >> 20) MiB are needed, \(free >> 20) MiB are free"
    case .unwritable(let path, let reason): "\(path): \(reason)"
    case .cancelled: "import: cancelled"
    }
  }
}

extension ModelError {
  /// The error of the call that has just failed.
  static func unwritable(_ path: String) -> ModelError { .unwritable(path: path, .last) }
}

/// Reads a model; its errors become those of this room.
func reading<Result>(
  _ model: @autoclosure () throws(CheckpointError) -> Result
) throws(ModelError) -> Result {
  do {
    return try model()
  } catch {
    throw .checkpoint(error)
  }
}
