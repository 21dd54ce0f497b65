internal import Foundation
internal import System

extension FocusedWindow {
  /// The window that a Wayland compositor says has the focus; there is no protocol for that, but
  /// some compositors have a socket for questions.
  init?(ofCompositor session: DesktopSession) {
    let variables = session.environment.filter { !$0.value.isEmpty }
    if let path = variables["SWAYSOCK"] {
      guard let window = Self.inTree(Self.askSway(path)) else { return nil }
      self = window
    } else if let instance = variables["HYPRLAND_INSTANCE_SIGNATURE"] {
      let folder = variables["XDG_RUNTIME_DIR", default: "/tmp"]
      let path = "\(folder)/hypr/\(instance)/.socket.sock"
      guard let window = Self.object(Self.ask(path, Array("j/activewindow".utf8))),
        let name = window["class"] as? String, !name.isEmpty
      else { return nil }
      let isX11 = window["xwayland"] as? Bool ?? false
      self.init(names: [name], process: isX11 ? nil : Self.number(window["pid"]))
    } else if let path = variables["NIRI_SOCKET"] {
      let answer = Self.object(Self.ask(path, Array("\"FocusedWindow\"\n".utf8), line: true))
      let window = (answer?["Ok"] as? [String: Any])?["FocusedWindow"] as? [String: Any]
      guard let window, let name = window["app_id"] as? String else { return nil }
      self.init(names: [name], process: Self.number(window["pid"]))
    } else {
      return nil
    }
  }

  /// The focused window in sway's tree of containers.
  private static func inTree(_ node: [String: Any]?) -> FocusedWindow? {
    guard let node else { return nil }
    if node["focused"] as? Bool == true, let process = number(node["pid"]) {
      let x11 = node["window_properties"] as? [String: Any]
      let names = [node["app_id"], x11?["class"], x11?["instance"]].compactMap { $0 as? String }
      return FocusedWindow(names: names, process: x11 == nil ? process : nil)
    }
    let children = [node["nodes"], node["floating_nodes"]].flatMap { $0 as? [[String: Any]] ?? [] }
    return children.lazy.compactMap { inTree($0) }.first
  }

  private static func number(_ value: Any?) -> Int32? {
    (value as? NSNumber).flatMap { Int32(exactly: $0.intValue) }.flatMap { $0 > 0 ? $0 : nil }
  }

  private static func object(_ bytes: [UInt8]?) -> [String: Any]? {
    bytes.flatMap { try? JSONSerialization.jsonObject(with: Data($0)) as? [String: Any] }
  }

  /// Asks sway for its tree: a head of 14 bytes and JSON (`sway-ipc(7)`).
  private static func askSway(_ path: String) -> [String: Any]? {
    let getTree: [UInt8] = Array("i3-ipc".utf8) + [0, 0, 0, 0, 4, 0, 0, 0]
    var size: Int?
    let answer = ask(path, getTree) { bytes in
      if size == nil, bytes.count >= 14 {
        size = (0..<4).reduce(14) { $0 + Int(bytes[6 + $1]) << (8 * $1) }
      }
      return size.map { bytes.count >= $0 } ?? false
    }
    return object(answer.map { Array($0.dropFirst(14)) })
  }

  private static func ask(_ path: String, _ question: [UInt8], line: Bool) -> [UInt8]? {
    ask(path, question) { $0.last == 0x0A }
  }

  /// Asks a compositor.
  ///
  /// - Parameters:
  ///   - path: Its socket.
  ///   - question: What to send.
  ///   - isWhole: Whether the answer is all there; by default it is at the end.
  /// - Returns: The answer; nil where there is none.
  private static func ask(
    _ path: String, _ question: [UInt8], _ isWhole: ([UInt8]) -> Bool = { _ in false }
  ) -> [UInt8]? {
    guard let address = UnixAddress(path) else { return nil }
    do throws(Errno) {
      let socket = try UnixSocket(.stream)
      try socket.connect(to: address)
      socket.setTimeout(seconds: 1)
      let sent = try question.withUnsafeBufferPointer { question throws(Errno) in
        try socket.send(UnsafeRawBufferPointer(question))
      }
      guard sent == question.count else { return nil }
      var answer: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 1 << 16)
      while !isWhole(answer), answer.count < 1 << 24 {
        let count = try piece.withUnsafeMutableBufferPointer { piece throws(Errno) in
          try socket.receive(into: UnsafeMutableRawBufferPointer(piece))
        }
        if count == 0 { break }
        answer += piece[..<count]
      }
      return answer
    } catch {
      return nil
    }
  }
}
