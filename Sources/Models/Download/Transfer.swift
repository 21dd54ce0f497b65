internal import Glibc
internal import System

/// One request, made by `curl`: this program talks to no network itself.
///
/// Whatever curl is told, it is told on its standard input: arguments and variables are for every
/// process of the user to read, and a token is not.
final class Transfer {
  /// What is asked for.
  struct Request {
    let address: String
    let token: String?
    /// Bytes that are there already.
    let offset: Int
    /// The version of the file that they belong to.
    let tag: String?
    /// Where the heads of the answers go.
    let heads: String
    let patience: Patience
  }

  /// How long a server may take.
  package struct Patience: Sendable {
    /// Seconds until a connection stands.
    var connecting = 30
    /// Seconds without a byte.
    var silence = 60
  }

  private let child: ChildProcess
  private let request: Request

  /// Starts curl.
  ///
  /// - Parameters:
  ///   - request: What to ask for.
  ///   - program: Where curl is.
  /// - Throws: `DownloadError.unstartable`.
  init(_ request: Request, with program: String) throws(DownloadError) {
    self.request = request
    do throws(Errno) {
      // None of the user's configuration, which could send the file elsewhere.
      var command = Command(program, ["--disable", "--config", "-"])
      command.output = .streamed
      command.limit = 1 << 20
      for name in ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"] { command.environment[name] = nil }
      child = try command.start(input: try FileDescriptor(inMemory: request.configuration))
    } catch {
      throw .unstartable(path: program, error)
    }
  }

  /// Waits for bytes, or their end.
  ///
  /// - Returns: False where there is neither after a moment.
  func awaitBytes() -> Bool { child.awaitOutput(.milliseconds(100)) }

  /// Takes what has come; 0 at the end.
  func read(into bytes: UnsafeMutableRawBufferPointer) throws(DownloadError) -> Int {
    do throws(Errno) { return try child.read(into: bytes) } catch {
      throw .unreachable(address: request.address, reason: error.description)
    }
  }

  /// The answers by now, those that led elsewhere first.
  func heads() -> [ResponseHead] {
    let file = try? FileDescriptor(opening: request.heads, O_RDONLY)
    return ResponseHead.all(in: (try? file?.readAll(limit: 1 << 20)) ?? [])
  }

  /// How a transfer ended.
  enum Ending {
    case complete
    /// The connection broke; why.
    case broken(String)
    /// There was none, or none that could be used; why.
    case failed(String)
  }

  /// Waits for curl's end, after that of the bytes.
  func finish() -> Ending {
    let ending = child.wait()
    if ending == .exit(code: 0) { return .complete }
    // Partial file, timeout, empty reply, failed to send, failed to receive, HTTP/2 and 3 streams.
    let breaks: [Int32] = [18, 28, 52, 55, 56, 92, 95]
    guard case .exit(let code)? = ending else { return .broken("curl was killed") }
    return breaks.contains(code) ? .broken(reason(code)) : .failed(reason(code))
  }

  /// Curl's last line without its own name: `(7) Failed to connect …`.
  private func reason(_ code: Int32) -> String {
    let line = child.messageText.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
    let prefix = "curl: (\(code)) "
    return line.hasPrefix(prefix) ? String(line.dropFirst(prefix.count)) : "curl: error \(code)"
  }
}

extension Transfer.Request {
  /// What curl reads.
  fileprivate var configuration: [UInt8] {
    // A hub that is asked in private leads nowhere else.
    let schemes = address.hasPrefix("https:") ? "=https" : "=http,https"
    var lines: [(key: String, value: [UInt8])] = [
      ("url", Array(address.utf8)), ("proto", Array(schemes.utf8)),
      ("proto-redir", Array(schemes.utf8)), ("max-redirs", Array("5".utf8)),
      ("connect-timeout", Array("\(patience.connecting)".utf8)),
      ("speed-time", Array("\(patience.silence)".utf8)), ("speed-limit", Array("1".utf8)),
      ("user-agent", Array("utter".utf8)), ("dump-header", FilePath(heads).bytes),
    ]
    if offset > 0 {
      lines.append(("range", Array("\(offset)-".utf8)))
      if let tag { lines.append(("header", Array("If-Range: \(tag)".utf8))) }
    }
    // Curl keeps a field of this name from every host but the first.
    if let token { lines.append(("header", Array("Authorization: Bearer \(token)".utf8))) }
    let flags = "silent\nshow-error\nlocation\ngloboff\nno-buffer\n"
    return lines.reduce(into: Array(flags.utf8)) { text, line in
      text += Array("\(line.key) = \"".utf8) + Self.escaped(line.value) + Array("\"\n".utf8)
    }
  }

  /// A value as curl reads it between quotes.
  private static func escaped(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { byte in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): Array(#"\n"#.utf8)
      case UInt8(ascii: "\r"): Array(#"\r"#.utf8)
      case UInt8(ascii: "\t"): Array(#"\t"#.utf8)
      default: [byte]
      }
    }
  }
}
