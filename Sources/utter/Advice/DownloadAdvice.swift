import ArgumentParser
import Foundation
import Models
import System

extension DownloadError: AdvisedError {
  var advice: String? {
    switch self {
    case .endpoint: "unset it, or set it to https://… or, for a hub of your own, http://…"
    case .token: "unset it, or take the token from https://huggingface.co/settings/tokens"
    case .noProgram(let name):
      "sudo apt install \(name); or fetch the .nemo file otherwise, and `utter model import` it"
    case .unstartable: nil
    case .offline: "unset HF_HUB_OFFLINE"
    case .busy: "wait for it, or end it"
    case .unreachable: "see whether the network is there; the same command goes on"
    case .refused(_, _, let reason, let wait): reason.advice(wait: wait)
    case .page: "open it in a browser: a login, a proxy or a portal may be in the way"
    case .otherRange: "a proxy may be in the way; remove what is there to begin anew: \(Self.place)"
    case .otherSize, .otherFile, .wrongDigest:
      "a mirror or a proxy may have changed it, or its publisher; try another hub with HF_ENDPOINT"
    case .cutShort, .stopped: "what came is kept; the same command goes on"
    case .unwritable(_, let reason):
      reason.code == ENOSPC || reason.code == EDQUOT
        ? "free some space, or set UTTER_MODELS to another disk; the same command goes on"
        : nil
    }
  }

  private static let place = ".downloads in the folder of models"

  var exitCode: ExitCode {
    switch self {
    case .endpoint, .token: .usage
    case .refused(_, _, .missing, _): .noInput
    case .page, .otherRange, .otherSize, .otherFile, .wrongDigest: .badData
    case .noProgram, .unstartable, .offline, .busy, .unreachable, .refused, .cutShort, .unwritable:
      .unavailable
    case .stopped: .interrupted
    }
  }
}

extension DownloadError.Refusal {
  fileprivate func advice(wait: Int?) -> String? {
    switch self {
    case .needsToken:
      "make a token at https://huggingface.co/settings/tokens and set HF_TOKEN to it"
    case .gated: "open the model's page in a browser, agree to its terms, and set HF_TOKEN"
    case .missing: "see its repository for the name of the file"
    case .tooOften, .broken:
      wait.map { "try again in \($0) s; what came is kept" }
        ?? "try again later; what came is kept"
    case .other: nil
    }
  }
}
