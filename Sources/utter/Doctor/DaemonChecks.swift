import Foundation

extension Doctor {
  /// Whether the daemon answers, or systemd for it.
  func socket() -> Finding {
    let check = "socket"
    let hint = "systemctl --user enable --now utter.socket, or start `utter serve`"
    let path: String
    if let only = variable("UTTER_SOCKET") {
      path = only
    } else if let folder = variable("XDG_RUNTIME_DIR") {
      path = "\(folder)/utter/utter.sock"
    } else {
      return .fail(
        check, "XDG_RUNTIME_DIR is not set",
        hint: "log in through systemd-logind, or name a socket in UTTER_SOCKET")
    }
    let reason = connectionProblem(path)
    if let reason { return .warn(check, "\(path): not running: \(reason)", hint: hint) }
    return .ok(check, path)
  }

  /// Why a connection to a socket fails; nil where it succeeds.
  private func connectionProblem(_ path: String) -> String? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    guard path.utf8.count < capacity else { return "the path is longer than \(capacity - 1) bytes" }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let descriptor = Glibc.socket(
      AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { return String(cString: strerror(errno)) }
    defer { close(descriptor) }
    let length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) }
    }
    return result == 0 ? nil : String(cString: strerror(errno))
  }

  /// Whether systemd knows the daemon, and listens for it.
  func unit() -> Finding {
    let home = variable("HOME") ?? NSHomeDirectory()
    let own = "\(variable("XDG_CONFIG_HOME") ?? "\(home)/.config")/systemd/user"
    let data = variable("XDG_DATA_HOME") ?? "\(home)/.local/share"
    let folders =
      [own, "/etc/systemd/user", "\(data)/systemd/user"]
      + ["/usr/local/lib", "/usr/local/share", "/usr/lib"].map { "\($0)/systemd/user" }
    func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }
    guard let folder = folders.first(where: { isThere("\($0)/utter.service") }) else {
      return .warn(
        "unit", "utter.service is not installed", hint: "sudo make install puts it in place")
    }
    let isEnabled = [own, "/etc/systemd/user"].contains {
      isThere("\($0)/sockets.target.wants/utter.socket")
        || isThere("\($0)/default.target.wants/utter.service")
    }
    guard isEnabled else {
      return .warn(
        "unit", "\(folder)/utter.service is not enabled",
        hint: "systemctl --user enable --now utter.socket")
    }
    return .ok("unit", "\(folder)/utter.service, enabled")
  }
}
