internal import Glibc
internal import System

/// What the desktop gave so that it need not ask the user again, kept for the user alone.
struct PortalToken {
  private let path: String?

  /// The one of a session's user.
  init(_ session: DesktopSession) {
    path = (try? UserFolders(environment: session.environment).state).map {
      "\($0)/utter/portal-token"
    }
  }

  /// The token; nil where there is none.
  var text: String? {
    guard let path, let file = try? FileDescriptor(opening: path, O_RDONLY | O_NOFOLLOW),
      let bytes = try? file.readToEnd(limit: 4_096), !bytes.isEmpty
    else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Keeps the next one; where that fails the user is asked again.
  func keep(_ text: String) {
    guard let path, let folder = FilePath(path).folder?.spelling else { return }
    try? makeFolders(folder)
    try? replaceFile(path, with: Array(text.utf8), mode: 0o600)
  }
}
