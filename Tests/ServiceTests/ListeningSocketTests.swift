import Foundation
import Service
import ServiceTestSupport
import System
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct ListeningSocketTests {
  private static func mode(_ path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & 0o777 : nil
  }

  private static func reason(_ place: SocketPath) -> SocketError.Reason? {
    do throws(SocketError) {
      _ = try ListeningSocket(place)
      return nil
    } catch { return error.reason }
  }

  @Test func thePathComesFromTheEnvironment() throws {
    let both = ["UTTER_SOCKET": "/a/b", "XDG_RUNTIME_DIR": "/run/user/7"]
    #expect(try SocketPath(environment: { both[$0] }).path == "/a/b")
    let usual = both.filter { $0.key != "UTTER_SOCKET" }
    #expect(try SocketPath(environment: { usual[$0] }).path == "/run/user/7/utter/utter.sock")
    for variables in [[:], ["XDG_RUNTIME_DIR": ""], ["XDG_RUNTIME_DIR": "run"]] {
      do throws(SocketError) {
        _ = try SocketPath(environment: { variables[$0] })
        Issue.record("a path out of nothing")
      } catch {
        #expect(error.path == "XDG_RUNTIME_DIR" && error.reason == .noPlace)
      }
    }
  }

  @Test func onlyItsUserMayConnect() throws {
    try withTemporaryFolder { folder in
      let place = try SocketPath(environment: { $0 == "XDG_RUNTIME_DIR" ? folder.path : nil })
      // What others could only see is closed.
      let directory = folder.appending(path: "utter").path
      #expect(mkdir(directory, 0o755) == 0 && chmod(directory, 0o755) == 0)
      do {
        let listener = try ListeningSocket(place)
        #expect(Self.mode(directory) == 0o700)
        #expect(Self.mode(listener.path) == 0o600)
      }
      #expect(Self.mode(place.path) == nil)
    }
  }

  /// Whoever may write there can put another socket in the place of this one.
  @Test func othersMayNotWriteWhereTheSocketIs() throws {
    try withTemporaryFolder { folder in
      let own = try SocketPath(environment: { $0 == "XDG_RUNTIME_DIR" ? folder.path : nil })
      let chosen = folder.appending(path: "utter/s").path
      let directory = folder.appending(path: "utter").path
      #expect(mkdir(directory, 0o700) == 0 && chmod(directory, 0o777) == 0)
      #expect(Self.reason(own) == .unsafe(.writable))
      #expect(Self.reason(SocketPath(chosen)) == .unsafe(.writable))
      // As in /tmp, nobody can remove what is another's there.
      #expect(chmod(directory, 0o1777) == 0 && Self.reason(SocketPath(chosen)) == nil)
      #expect(chmod(directory, 0o700) == 0 && chmod(folder.path, 0o777) == 0)
      #expect(Self.reason(own) == .unsafe(.writable))
    }
  }

  @Test func aNameInNoFolderNeedsNone() throws {
    let place = SocketPath("@utter-test-\(UInt64.random(in: 0...UInt64.max))")
    do {
      let listener = try ListeningSocket(place)
      #expect(Self.reason(place) == .isRunning)
      _ = try Peer(listener.path)
    }
    #expect(Self.reason(place) == nil)
    #expect(!FileManager.default.fileExists(atPath: "\(place.path).lock"))
  }

  @Test func anotherDaemonIsAnError() throws {
    try Serving.run(Serving.echo) { serving in
      #expect(Self.reason(SocketPath(serving.path)) == .isRunning)
      // Even one that holds no lock, because systemd made its socket.
      unlink(serving.path + ".lock")
      #expect(Self.reason(SocketPath(serving.path)) == .isRunning)
      let code = try Peer(serving.path).errorCode("{")
      #expect(code == -32700)
    }
  }

  @Test func whatADeadDaemonLeftIsReplaced() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "s").path
      do {
        // As after a kill: the file stays, and nobody listens.
        let listener = try ListeningSocket(SocketPath(path))
        #expect(rename(listener.path, path + ".kept") == 0)
      }
      #expect(rename(path + ".kept", path) == 0)
      let listener = try ListeningSocket(SocketPath(path))
      _ = try Peer(listener.path)
    }
  }

  @Test func onlyOneOfManyThatStartAtOnceListens() throws {
    try withTemporaryFolder { folder in
      let place = SocketPath(folder.appending(path: "s").path)
      let listeners = Listeners()
      DispatchQueue.concurrentPerform(iterations: 16) { _ in
        if let listener = try? ListeningSocket(place) { listeners.add(listener) }
      }
      #expect(listeners.count == 1)
      _ = try Peer(place.path)
    }
  }

  @Test func otherFilesAreLeftAlone() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "s")
      try Data("mine".utf8).write(to: file)
      #expect(Self.reason(SocketPath(file.path)) == .occupied)
      #expect(try Data(contentsOf: file) == Data("mine".utf8))
    }
  }

  @Test func pathsThatCannotBeAreErrors() throws {
    try withTemporaryFolder { folder in
      let long = folder.appending(path: String(repeating: "x", count: 120)).path
      #expect(Self.reason(SocketPath(long)) == .badLength)
      #expect(SocketError.Reason.badLength.description.contains("107 bytes"))
      #expect(Self.reason(SocketPath(folder.path + "/no/where/s")) == .system(Errno(ENOENT)))
    }
  }

  @Test func systemdHandsOneOver() throws {
    try withTemporaryFolder { folder in
      let made = try ListeningSocket(SocketPath(folder.appending(path: "s").path))
      func take(_ process: String?, _ count: String?, _ first: Int32) throws -> ListeningSocket? {
        try ListeningSocket.inherited(process: process, count: count, first: first)
      }
      let own = "\(getpid())"
      do {
        let listener = try #require(try take(own, "1", dup(made.number)))
        #expect(listener.path == made.path && listener.isInherited)
        #expect(fcntl(listener.number, F_GETFD) & FD_CLOEXEC != 0)
      }
      // It stays systemd's.
      #expect(Self.mode(made.path) != nil)
      #expect(try take("1", "1", made.number) == nil)
      #expect(try take(nil, nil, made.number) == nil)
      #expect(throws: SocketError.self) { try take(own, "2", made.number) }
      #expect(throws: SocketError.self) { try take(own, "x", made.number) }
      let peer = try Peer(made.path)
      #expect(throws: SocketError.self) { try take(own, "1", dup(peer.number)) }
      #expect(throws: SocketError.self) { try take(own, "1", -1) }
    }
  }

  private final class Listeners: @unchecked Sendable {
    private let lock = NSLock()
    private var all: [ListeningSocket] = []

    var count: Int { lock.withLock { all.count } }
    func add(_ listener: ListeningSocket) { lock.withLock { all.append(listener) } }
  }
}
