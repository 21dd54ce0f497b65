internal import System

/// The clipboard of a session, through wl-clipboard or xclip.
package struct Clipboard {
  /// What stands on it.
  package enum Content: Equatable {
    /// Nothing.
    case empty
    /// Bytes of the type that tells most.
    case bytes([UInt8], type: String)
    /// Something that its owner does not hand over in time.
    case unreadable
  }

  /// The clipboard's window system: never `.none`.
  private let kind: SessionKind
  private let session: DesktopSession

  /// - Throws: `.noSession`, or `.noTool`.
  package init(session: DesktopSession) throws(DesktopError) {
    let tools: [SessionKind: [String]] = [.wayland: ["wl-copy", "wl-paste"], .x11: ["xclip"]]
    guard let needed = tools[session.kind] else { throw .noSession }
    for tool in needed where session.path(of: tool) == nil {
      let package = session.kind == .wayland ? "wl-clipboard" : "xclip"
      throw .noTool(names: [package], reason: "it sets the clipboard")
    }
    kind = session.kind
    self.session = session
  }

  /// What stands on it now; waits for the owner a few seconds.
  package func content() -> Content {
    let types: [String]
    do throws(DesktopError) {
      let list = try read(type: nil)
      types = list.split { $0 == 0x0A }.map { String(decoding: $0, as: UTF8.self) }
    } catch {
      // Both tools fail in words where there is nothing.
      guard case .toolFailed(_, let reason) = error else { return .unreadable }
      return reason.contains("did not end") ? .unreadable : .empty
    }
    guard let type = Self.best(of: types) else { return types.isEmpty ? .empty : .unreadable }
    guard let bytes = try? read(type: type) else { return .unreadable }
    return .bytes(bytes, type: type)
  }

  /// Text before pictures before whatever comes first.
  package static func best(of types: [String]) -> String? {
    let texts = ["text/plain;charset=utf-8", "UTF8_STRING", "text/plain", "STRING"]
    // The others that X11 offers are questions about the owner.
    let data = types.filter { $0.contains("/") }
    return texts.first(where: types.contains) ?? data.first { $0.hasPrefix("image/") } ?? data.first
  }

  /// Offers a text until somebody else takes the clipboard, or the offer ends.
  func offer(_ text: String) throws(DesktopError) -> ClipboardOffer {
    let bytes = Array(text.utf8)
    switch kind {
    case .wayland:
      let tool = try session.start(
        "wl-copy", ["--foreground", "--type", "text/plain"], input: bytes,
        variables: ["WAYLAND_DEBUG": "client"])
      return ClipboardOffer(tool, log: .wayland)
    case .x11, .none:
      let tool = try session.start(
        "xclip", ["-selection", "clipboard", "-quiet", "-in"], input: bytes)
      return ClipboardOffer(tool, log: .xclip)
    }
  }

  /// Puts content on it that stays there when this program ends.
  package func set(_ content: Content) throws(DesktopError) {
    switch (content, kind) {
    case (.unreadable, _): break
    case (.empty, .wayland): try session.run("wl-copy", ["--clear"])
    case (.empty, _): break
    case (.bytes(let bytes, let type), .wayland):
      // wl-copy offers all the names of plain text for this one.
      let isText = Self.best(of: [type, "text/plain"]) == type && !type.contains("image/")
      try session.run("wl-copy", ["--type", isText ? "text/plain" : type], input: bytes)
    case (.bytes(let bytes, let type), _):
      let target = type.contains("/") && !type.hasPrefix("text/plain") ? ["-target", type] : []
      try session.run("xclip", ["-selection", "clipboard", "-in"] + target, input: bytes)
    }
  }

  /// The bytes of a type, or the names of all types.
  private func read(type: String?) throws(DesktopError) -> [UInt8] {
    let limit = Duration.seconds(3)
    switch kind {
    case .wayland:
      let choice = type.map { ["--no-newline", "--type", $0] } ?? ["--list-types"]
      return try session.run("wl-paste", choice, limit: limit).output
    case .x11, .none:
      let choice = ["-selection", "clipboard", "-out", "-target", type ?? "TARGETS"]
      return try session.run("xclip", choice, limit: limit).output
    }
  }
}
