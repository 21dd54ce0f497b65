import ArgumentParser
import Foundation
import Models
import System

extension ModelError: AdvisedError {
  var advice: String? {
    switch self {
    case .download(let error): error.advice
    case .notInCatalogue(_, let known):
      "one of \(known.joined(separator: ", ")), or OWNER/NAME of a repository of Hugging Face's"
    case .checkpoint(let error): error.advice
    case .notFound(_, let searched):
      """
      looked in \(searched.joined(separator: ", ")); import one with `utter model import`, or \
      fetch one with `utter model install`
      """
    case .invalidName: "use letters, digits, '-', '_' and '.', not starting with '.'"
    case .alreadyExists: "choose another name with --name, or replace it with --force"
    case .beyondFloat16: "import it with --precision float32"
    case .noSpace: Self.full
    case .unwritable(_, let reason):
      switch reason.code {
      case ENOSPC, EDQUOT: Self.full
      case EACCES, EROFS, EPERM: "set UTTER_MODELS to a folder that you may write to"
      default: nil
      }
    case .notAModel, .belongsToInstallation, .cancelled: nil
    }
  }

  private static let full = "free some space, or set UTTER_MODELS to a folder on another disk"

  var exitCode: ExitCode {
    switch self {
    case .download(let error): error.exitCode
    case .checkpoint(let error): error.exitCode
    case .notFound, .notInCatalogue: .noInput
    case .beyondFloat16: .badData
    case .notAModel, .belongsToInstallation, .noSpace, .unwritable: .unavailable
    case .alreadyExists, .invalidName: .usage
    case .cancelled: .interrupted
    }
  }
}

extension Catalogue.Mistake: AdvisedError {
  var advice: String? { nil }

  var exitCode: ExitCode { .badData }
}
