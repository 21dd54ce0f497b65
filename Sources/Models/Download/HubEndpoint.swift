internal import Glibc
internal import System

/// Where a hub is, and who asks there.
package struct HubEndpoint: Sendable {
  /// `https://…` or `http://…`, without a slash at its end.
  package let address: String
  /// What tells the hub who asks; nil for nobody.
  ///
  /// It is given to the hub's own address alone, and never in the clear over a network.
  let token: String?

  private static let standard = "https://huggingface.co"

  /// The hub that variables name, as Hugging Face's own programs do.
  ///
  /// `HF_ENDPOINT` is its address. `HF_TOKEN` is the token, or what `HF_TOKEN_PATH` leads to, which
  /// by default is where its own programs keep it.
  ///
  /// - Parameter environment: Variables by name.
  /// - Throws: `DownloadError.endpoint` or `.token` for what cannot be used.
  package init(
    environment: [String: String] = Environment.variables
  ) throws(DownloadError) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    let stated = value("HF_ENDPOINT") ?? Self.standard
    var address = stated
    while address.hasSuffix("/") { address.removeLast() }
    guard let scheme = ["https://", "http://"].first(where: address.hasPrefix),
      Self.isHost(address.dropFirst(scheme.count))
    else { throw .endpoint(stated) }
    let path = value("HF_TOKEN_PATH") ?? HubCache.home(environment).map { "\($0)/token" }
    let stored = value("HF_TOKEN") ?? path.flatMap(Self.content)
    let token = stored?.trimmed
    if let token, !token.isEmpty {
      guard Self.isToken(token) else { throw .token }
    }
    let isPrivate = scheme == "https://" || Self.isLoopback(address.dropFirst(scheme.count))
    self.address = address
    self.token = isPrivate ? token.flatMap { $0.isEmpty ? nil : $0 } : nil
  }

  /// Host, port and path, of letters that mean nothing else in an address or to curl.
  private static func isHost(_ rest: Substring) -> Bool {
    let others = Array("-._~/:[]".utf8)
    return !rest.isEmpty && !rest.hasPrefix("/")
      && rest.utf8.allSatisfy { isLetterOrDigit($0) || others.contains($0) }
  }

  private static func isLoopback(_ rest: Substring) -> Bool {
    let host = rest.prefix { $0 != "/" }
    return ["localhost", "127.0.0.1", "[::1]"].contains { host == $0 || host.hasPrefix("\($0):") }
  }

  /// What RFC 6750 lets a token be.
  private static func isToken(_ token: String) -> Bool {
    let others = Array("-._~+/=".utf8)
    return token.utf8.allSatisfy { isLetterOrDigit($0) || others.contains($0) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || (0x30...0x39).contains(byte))
  }

  private static func content(_ path: String) -> String? {
    let bytes = try? FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK).readAll(limit: 4_096)
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }
}

extension String {
  /// The text without blanks and ends of lines around it.
  fileprivate var trimmed: String {
    let rest = drop(while: \.isWhitespace)
    return String(rest.reversed().drop(while: \.isWhitespace).reversed())
  }
}
