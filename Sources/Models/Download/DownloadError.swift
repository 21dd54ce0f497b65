package import System

/// Why a file of a hub is not there.
///
/// The description reads `<what>: <why>` on one line; what it quotes may hold anything.
package enum DownloadError: Error, Sendable, Equatable {
  /// `HF_ENDPOINT` is no address of a hub.
  case endpoint(String)
  /// The token holds what no token has.
  case token
  /// The program that fetches is not installed, or not in `PATH`.
  case noProgram(String)
  /// The program that fetches does not start.
  case unstartable(path: String, Errno)
  /// The user wants nothing to be fetched.
  case offline(file: String)
  /// Another process fetches the same file.
  case busy(path: String)
  /// The hub could not be asked; the reason is the fetching program's own.
  case unreachable(address: String, reason: String)
  /// The hub answered that it will not, with a status of HTTP; `wait` is how many seconds it asks
  /// for.
  case refused(address: String, status: Int, reason: Refusal, wait: Int?)
  /// A page, or another text, came in the place of the file.
  case page(address: String, type: String)
  /// The hub sent other bytes of the file than it was asked for.
  case otherRange(address: String, stated: String)
  /// The file has another size than is known of it.
  case otherSize(address: String, expected: Int, stated: Int)
  /// The hub has another file than the one whose SHA-256 is known.
  case otherFile(address: String, expected: String, stated: String)
  /// The connection ended early, again and again; what came is kept.
  case cutShort(address: String, done: Int, total: Int?, reason: String)
  /// What came is not what it should be; it has been removed.
  case wrongDigest(address: String, expected: String, found: String)
  /// The download cannot be written.
  case unwritable(path: String, Errno)
  /// The caller asked to stop; what came is kept.
  case stopped(file: String, done: Int, total: Int?)

  /// What a hub says no to.
  package enum Refusal: Sendable, Equatable {
    /// It wants to know who asks, or does not know whom it was told.
    case needsToken
    /// Who asks has not agreed to the model's licence.
    case gated
    /// There is no such repository, file or revision.
    case missing
    /// It has been asked too often.
    case tooOften
    /// Something is wrong there.
    case broken
    /// Anything else.
    case other

    init(status: Int, code: String?) {
      switch (status, code) {
      case (_, "GatedRepo"): self = .gated
      // Hugging Face says so of repositories that are private, and of those that do not exist.
      case (401, _), (407, _): self = .needsToken
      case (_, "RepoNotFound"), (_, "EntryNotFound"), (_, "RevisionNotFound"): self = .missing
      case (403, _), (451, _): self = .gated
      case (404, _), (410, _): self = .missing
      case (429, _): self = .tooOften
      case (500..., _): self = .broken
      default: self = .other
      }
    }
  }
}

extension DownloadError: CustomStringConvertible {
  /// `<what>: <why>` on one line.
  package var description: String {
    switch self {
    case .endpoint(let address): "HF_ENDPOINT: “\(address)” is no address of a hub"
    case .token: "HF_TOKEN: holds what no token has"
    case .noProgram(let name): "\(name): not found in PATH; it fetches models"
    case .unstartable(let path, let reason), .unwritable(let path, let reason):
      "\(path): \(reason)"
    case .offline(let file):
      "\(file): not in the cache of Hugging Face, and HF_HUB_OFFLINE forbids fetching it"
    case .busy(let path): "\(path): another process is fetching it"
    case .unreachable(let address, let reason): "\(address): \(reason)"
    case .refused(let address, let status, let reason, _): "\(address): \(reason) (HTTP \(status))"
    case .page(let address, let type): "\(address): sent \(type) in the place of the file"
    case .otherRange(let address, let stated):
      "\(address): sent other bytes than it was asked for: \(stated)"
    case .otherSize(let address, let expected, let stated):
      "\(address): has \(stated) bytes instead of \(expected)"
    case .otherFile(let address, let expected, let stated):
      "\(address): has the SHA-256 \(stated) instead of \(expected)"
    case .cutShort(let address, let done, let total, let reason):
      "\(address): ended after \(Self.extent(done, total)): \(reason)"
    case .wrongDigest(let address, let expected, let found):
      "\(address): sent bytes with the SHA-256 \(found) instead of \(expected)"
    case .stopped(let file, let done, let total):
      "\(file): stopped after \(Self.extent(done, total))"
    }
  }

  private static func extent(_ done: Int, _ total: Int?) -> String {
    total.map { "\(done) of \($0) bytes" } ?? "\(done) bytes"
  }
}

extension DownloadError.Refusal: CustomStringConvertible {
  /// The reason, as a part of an error's line.
  package var description: String {
    switch self {
    case .needsToken: "is not for everybody, or there is no such repository"
    case .gated: "is only for those who have agreed to its terms"
    case .missing: "there is no such file"
    case .tooOften: "too many requests"
    case .broken: "something is wrong with the server"
    case .other: "the server refuses"
    }
  }
}
