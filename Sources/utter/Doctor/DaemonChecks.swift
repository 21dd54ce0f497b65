import Foundation
import Service
import System

extension Doctor {
  /// Whether the daemon answers, or systemd for it.
  func socket() -> Finding {
    let place: SocketPath
    do throws(SocketError) {
      place = try SocketPath(environment: variable)
    } catch {
      return .fail("socket", error.description, hint: error.advice)
    }
    do throws(ClientError) {
      _ = try DaemonClient(place)
      return .ok("socket", place.path)
    } catch {
      return .warn("socket", error.description, hint: error.advice)
    }
  }

  /// What keeps a daemon that runs from working, as long as it does.
  func daemon() -> [Finding] {
    guard let place = try? SocketPath(environment: variable),
      let client = try? DaemonClient(place)
    else { return [] }
    client.giveUp(after: 2)
    guard let report: StatusReport = try? client.call(.status) else {
      return [.warn("daemon", "does not answer", hint: "systemctl --user restart utter.service")]
    }
    guard let problem = report.problem else {
      return [.ok("daemon", "\(report.version), process \(report.pid)")]
    }
    return [.warn("daemon", "\(problem.message), since \(problem.since)", hint: problem.hint)]
  }

  /// Whether systemd knows the daemon, and listens for it.
  func unit() -> Finding {
    let own: String
    let data: String
    do throws(UserFolders.UnknownHome) {
      let user = UserFolders(variable: variable)
      own = try "\(user.configuration)/systemd/user"
      data = try user.data
    } catch {
      return .warn("unit", error.description, hint: error.advice)
    }
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
