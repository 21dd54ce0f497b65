import Checkpoint
import Foundation
import Models
import System
import TestSupport
import Testing

/// A model comes from a hub, however that behaves.
@Suite struct InstallTests {
  private typealias Answer = HTTPServer.Answer

  private static let model = "nvidia/tiny"
  private let folder: TemporaryFolder
  private let store: ModelStore
  private let bytes: [UInt8]
  private let digest: String

  init() throws {
    folder = try TemporaryFolder()
    store = ModelStore(roots: ["\(folder.path)/models"])
    let file = Fixtures.committed.appending(path: "layernorm/layernorm.nemo")
    bytes = Array(try Data(contentsOf: file))
    let hash = SHA256()
    bytes.withUnsafeBytes { hash.update($0) }
    digest = hash.finish()
  }

  private func environment(_ server: HTTPServer?, _ more: [String: String] = [:]) -> [String:
    String]
  {
    let path = Environment.value(of: "PATH") ?? "/usr/bin:/bin"
    return ["HF_ENDPOINT": server?.address ?? "", "HF_HOME": "\(folder.path)/hf", "PATH": path]
      .merging(more) { $1 }
  }

  @discardableResult
  private func install(
    from server: HTTPServer?, _ more: [String: String] = [:],
    options: ModelInstall.Options = ModelInstall.Options(),
    report: @escaping (ModelInstall.Step) -> Void = { _ in },
    isCancelled: @escaping () -> Bool = { false }
  ) throws -> ModelInstall.Outcome {
    try ModelInstall(Self.model, in: try Catalogue([])).run(
      in: store, environment: environment(server, more), options: options, report: report,
      isCancelled: isCancelled)
  }

  /// Installs what cannot be installed.
  private func failure(
    from server: HTTPServer?, _ more: [String: String] = [:],
    options: ModelInstall.Options = ModelInstall.Options(),
    isCancelled: @escaping () -> Bool = { false }
  ) throws -> ModelError {
    try #require(
      #expect(throws: ModelError.self) {
        try install(from: server, more, options: options, isCancelled: isCancelled)
      })
  }

  private var downloads: String { "\(store.roots[0])/.downloads" }
  private var part: String { "\(downloads)/nvidia--tiny/tiny.nemo.part" }
  private var kept: Int? { try? FileStatus(of: part).size }

  private func settings() throws -> [String: Any] {
    let file = URL(fileURLWithPath: "\(store.roots[0])/tiny/config.json")
    return try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
  }

  // MARK: - What works

  @Test func fetchesAndImports() throws {
    let server = try HTTPServer { [bytes] request, _ in
      .file(bytes, to: request).with("X-Repo-Commit", "c0ffee")
    }
    var last = ModelInstall.Step.fetching(done: 0, total: nil)
    let outcome = try install(from: server) { step in
      if case .fetching = step { last = step }
    }
    #expect((outcome.fetched, outcome.resumed) == (bytes.count, 0))
    #expect(last == .fetching(done: bytes.count, total: bytes.count))
    #expect(server.requests.map(\.path) == ["/nvidia/tiny/resolve/main/tiny.nemo"])
    #expect(store.list().map(\.name) == ["tiny"])
    #expect(!FileManager.default.fileExists(atPath: downloads))
    let settings = try settings()
    #expect(settings["source_sha256"] as? String == digest)
    #expect(settings["repository"] as? String == Self.model)
    #expect(settings["commit"] as? String == "c0ffee")
    #expect(try failure(from: server) == .alreadyExists(path: outcome.model.path))
    #expect(server.requests.count == 1)
  }

  @Test func keepsTheFileWhereAsked() throws {
    let server = try HTTPServer { [bytes] request, _ in .file(bytes, to: request) }
    var options = ModelInstall.Options()
    (options.keeps, options.name) = (true, "mine")
    let outcome = try install(from: server, options: options)
    let path = try #require(outcome.kept)
    #expect(try Array(Data(contentsOf: URL(fileURLWithPath: path))) == bytes)
    options.name = "other"
    #expect(try install(from: server, options: options).fetched == 0)
    #expect(server.requests.count == 1)
    #expect(store.list().map(\.name) == ["mine", "other"])
  }

  /// The hub knows the file and leads elsewhere; who asks is told to the hub alone.
  @Test func followsTheHubElsewhere() throws {
    let other = try HTTPServer { [bytes] request, _ in .file(bytes, to: request) }
    let place = other.address.replacing("127.0.0.1", with: "localhost")
    let server = try HTTPServer { [bytes, digest] _, _ in
      Answer("302 Found").with("Location", "\(place)/blob").with("X-Linked-ETag", "\"\(digest)\"")
        .with("X-Linked-Size", "\(bytes.count)").with("Content-Length", "4")
    }
    var verified = 0.0
    try install(from: server, ["HF_TOKEN": "hf_secret"]) { step in
      if case .verifying(let part) = step { verified = part }
    }
    #expect(verified == 1)
    #expect(server.requests.map { $0.fields["authorization"] } == ["Bearer hf_secret"])
    #expect(other.requests.map { $0.fields["authorization"] } == [nil])
  }

  @Test func goesOnAfterALostConnection() throws {
    let server = try HTTPServer { [bytes] request, count in
      .file(bytes, to: request, sending: count < 3 ? 20_000 : .max)
    }
    let outcome = try install(from: server)
    #expect(outcome.fetched == bytes.count)
    #expect(server.requests.map(\.offset) == [nil, 20_000, 40_000, 60_000])
    #expect(server.requests.dropFirst().allSatisfy { $0.fields["if-range"] == "\"one\"" })
    #expect(try settings()["source_sha256"] as? String == digest)
  }

  @Test func goesOnAfterAStop() throws {
    let server = try HTTPServer { [bytes] request, count in
      var answer = Answer.file(bytes, to: request, sending: count == 0 ? 50_000 : .max)
      answer.hangs = count == 0
      return answer
    }
    let (total, part) = (bytes.count, part)
    let error = try failure(
      from: server, isCancelled: { (try? FileStatus(of: part).size) == 50_000 })
    #expect(error == .download(.stopped(file: "tiny.nemo", done: 50_000, total: total)))
    #expect(kept == 50_000)
    let outcome = try install(from: server)
    #expect((outcome.resumed, outcome.fetched) == (50_000, total - 50_000))
    #expect(try settings()["source_sha256"] as? String == digest)
  }

  @Test func goesOnWhereAServerFallsSilent() throws {
    let server = try HTTPServer { [bytes] request, count in
      var answer = Answer.file(bytes, to: request, sending: count == 0 ? 50_000 : .max)
      answer.hangs = count == 0
      return answer
    }
    var options = ModelInstall.Options()
    options.silence = 1
    #expect(try install(from: server, options: options).fetched == bytes.count)
    #expect(server.requests.map(\.offset) == [nil, 50_000])
  }

  /// Servers without ranges, and files that have changed meanwhile, send all of it.
  @Test(arguments: [true, false]) func beginsAnewWhereItMust(knowsRanges: Bool) throws {
    let server = try HTTPServer { [bytes] request, count in
      if count == 0 {
        return .file(Array(bytes.reversed()), to: request, tag: "\"old\"", sending: 30_000)
      }
      // What has changed is sent from its start, as RFC 9110 wants of If-Range.
      let whole = HTTPServer.Request(path: request.path)
      return .file(bytes, to: whole, tag: knowsRanges ? "\"new\"" : "")
    }
    #expect(try install(from: server).model.name == "tiny")
    #expect(try settings()["source_sha256"] as? String == digest)
    #expect(server.requests.count == 2)
  }

  /// A server that heeds no `If-Range` is found out by the size that it states.
  @Test func noticesThatTheFileHasChanged() throws {
    let server = try HTTPServer { [bytes] request, count in
      if count == 0 { return .file(bytes + [0], to: request, sending: 30_000) }
      return .file(bytes, to: request)
    }
    try install(from: server)
    #expect(server.requests.map(\.offset) == [nil, 30_000, nil])
    #expect(try settings()["source_sha256"] as? String == digest)
  }

  @Test func beginsAnewWhereTheRangeCannotBeHad() throws {
    let server = try HTTPServer { [bytes] request, count in
      switch count {
      case 0: .file(bytes, to: request, sending: 30_000)
      case 1: Answer("416 Range Not Satisfiable").with("Content-Range", "bytes */7")
      default: .file(bytes, to: request)
      }
    }
    try install(from: server)
    #expect(server.requests.map(\.offset) == [nil, 30_000, nil])
  }

  // MARK: - What does not

  @Test(arguments: [
    ("401 Unauthorized", DownloadError.Refusal.needsToken), ("403 Forbidden", .gated),
    ("404 Not Found", .missing), ("416 Range Not Satisfiable", .other),
    ("429 Too Many Requests", .tooOften), ("500 Internal Server Error", .broken),
    ("503 Service Unavailable", .broken), ("204 No Content", .other),
  ])
  func saysWhatTheServerSays(status: String, reason: DownloadError.Refusal) throws {
    let server = try HTTPServer { _, _ in
      Answer(status).with("Retry-After", "7").with("Content-Length", "0")
    }
    let code = try #require(Int(status.prefix(3)))
    let address = "\(server.address)/nvidia/tiny/resolve/main/tiny.nemo"
    #expect(
      try failure(from: server)
        == .download(.refused(address: address, status: code, reason: reason, wait: 7)))
    #expect(server.requests.count == 1)
    #expect(store.list().isEmpty)
  }

  /// What came before stays when the server has enough of it.
  @Test func keepsWhatCameBeforeARefusal() throws {
    let server = try HTTPServer { [bytes] request, count in
      count == 0
        ? .file(bytes, to: request, sending: 30_000)
        : Answer(count == 1 ? "429 Too Many Requests" : "200 OK").with("Content-Length", "0")
    }
    guard case .download(.refused(_, 429, .tooOften, nil)) = try failure(from: server) else {
      Issue.record("no refusal")
      return
    }
    #expect(kept == 30_000)
  }

  @Test func givesUpWhereNothingMoreComes() throws {
    let server = try HTTPServer { [bytes] request, _ in
      let whole = HTTPServer.Request(path: request.path)
      return .file(bytes, to: whole, sending: 30_000)
    }
    guard case .download(.cutShort(_, 30_000, bytes.count, _)) = try failure(from: server) else {
      Issue.record("not cut short")
      return
    }
    #expect(server.requests.count == 2)
    #expect(kept == 30_000)
  }

  @Test func refusesAPage() throws {
    let server = try HTTPServer { _, _ in
      var answer = Answer().with("Content-Type", "text/html; charset=utf-8")
      answer.body = Array("<html>log in</html>".utf8)
      return answer
    }
    guard case .download(.page(_, "text/html")) = try failure(from: server) else {
      Issue.record("no page")
      return
    }
    #expect(kept == 0)
  }

  /// A page that calls itself a file is known by what it is.
  @Test func refusesAPageThatCallsItselfAFile() throws {
    let server = try HTTPServer { request, _ in
      .file(Array("<!doctype html><html>log in</html>".utf8), to: request)
    }
    guard case .checkpoint(.foreign(_, .webPage)) = try failure(from: server) else {
      Issue.record("no page")
      return
    }
    #expect(!FileManager.default.fileExists(atPath: downloads))
  }

  /// Lies about lengths, each with what it leaves behind.
  @Test func refusesLies() throws {
    let address = { (server: HTTPServer) in "\(server.address)/nvidia/tiny/resolve/main/tiny.nemo" }
    // The hub and the server of its files do not agree.
    let twofold = try HTTPServer { [bytes] request, _ in
      .file(bytes, to: request).with("X-Linked-Size", "7")
    }
    #expect(
      try failure(from: twofold)
        == .download(.otherSize(address: address(twofold), expected: 7, stated: bytes.count)))
    // More comes than the hub has.
    let endless = try HTTPServer { [bytes] _, _ in
      var answer = Answer().with("X-Linked-Size", "1000")
      answer.body = bytes
      return answer
    }
    guard case .download(.otherSize(_, 1_000, _)) = try failure(from: endless) else {
      Issue.record("no other size")
      return
    }
    #expect(kept == 0)
    // No disk is as large.
    let huge = try HTTPServer { _, _ in Answer().with("Content-Length", "9000000000000000000") }
    guard case .noSpace = try failure(from: huge) else {
      Issue.record("room for it")
      return
    }
    // Other bytes than those that are missing.
    let shifted = try HTTPServer { [bytes] request, count in
      if count == 0 { return .file(bytes, to: request, sending: 30_000) }
      return Answer("206 Partial Content")
        .with("Content-Range", "bytes 5-\(bytes.count - 1)/\(bytes.count)")
        .with("Content-Length", "\(bytes.count - 5)")
    }
    guard case .download(.otherRange) = try failure(from: shifted) else {
      Issue.record("no other range")
      return
    }
    #expect(store.list().isEmpty)
  }

  @Test func refusesOtherBytes() throws {
    let server = try HTTPServer { [bytes, digest] request, _ in
      .file(bytes.map { $0 ^ 1 }, to: request).with("X-Linked-ETag", "\"\(digest)\"")
    }
    guard case .download(.wrongDigest(_, digest, _)) = try failure(from: server) else {
      Issue.record("the same bytes")
      return
    }
    #expect(kept == nil)
  }

  /// What is published is not fetched where the hub says that it has something else.
  @Test func refusesOtherFiles() throws {
    let text = """
      [tiny]
      repository = "nvidia/tiny"
      file = "tiny.nemo"
      parameters = 1
      bytes = \(bytes.count)
      sha256 = "\(digest)"
      licence = "CC0-1.0"
      languages = ["en"]
      summary = "small"
      """
    let catalogue = try Catalogue(Array(text.utf8))
    let other = String(digest.reversed())
    let server = try HTTPServer { [bytes, digest] request, count in
      let linked = count == 0 ? other : digest
      return .file(bytes, to: request).with("X-Linked-ETag", "\"\(linked)\"")
    }
    let install = try ModelInstall("tiny", in: catalogue)
    let options = ModelInstall.Options()
    let error = #expect(throws: ModelError.self) {
      try install.run(in: store, environment: environment(server), options: options)
    }
    guard case .download(.otherFile(_, digest, other)) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(kept == 0)
    let outcome = try install.run(in: store, environment: environment(server), options: options)
    #expect(outcome.fetched == bytes.count)
  }

  @Test func followsNoCircle() throws {
    let server = try HTTPServer { _, _ in
      Answer("302 Found").with("Location", "/again").with("Content-Length", "0")
    }
    guard case .download(.unreachable(_, let reason)) = try failure(from: server) else {
      Issue.record("an end")
      return
    }
    #expect(reason.contains("redirects"))
    #expect(server.requests.count == 6)
  }

  @Test func oneAtATime() throws {
    try makeFolders("\(downloads)/nvidia--tiny")
    let other = try FileDescriptor(opening: part, O_RDWR | O_CREAT)
    try other.lock()
    let server = try HTTPServer { [bytes] request, _ in .file(bytes, to: request) }
    #expect(try failure(from: server) == .download(.busy(path: part)))
    try other.unlock()
    try install(from: server)
  }

  // MARK: - What is asked before

  /// Where Hugging Face's programs keep files, nothing is asked for.
  @Test func takesTheCacheFirst() throws {
    let repository = "\(folder.path)/hf/hub/models--nvidia--tiny"
    for part in ["blobs", "refs", "snapshots/abc"] { try makeFolders("\(repository)/\(part)") }
    try Data(bytes).write(to: URL(fileURLWithPath: "\(repository)/blobs/\(digest)"))
    try Data("abc".utf8).write(to: URL(fileURLWithPath: "\(repository)/refs/main"))
    let file = "\(repository)/snapshots/abc/tiny.nemo"
    try FileManager.default.createSymbolicLink(
      atPath: file, withDestinationPath: "../../blobs/\(digest)")
    let outcome = try install(from: nil, ["PATH": "/nowhere", "HF_HUB_OFFLINE": "1"])
    #expect((outcome.fetched, outcome.kept) == (0, file))
    #expect(try settings()["source_sha256"] as? String == digest)
    #expect(FileManager.default.fileExists(atPath: file))
    #expect(
      HubCache(environment: environment(nil)).models().map(\.path) == [file])
  }

  @Test func asksNobodyWhereThatCannotHelp() throws {
    let server = try HTTPServer { [bytes] request, _ in .file(bytes, to: request) }
    #expect(
      try failure(from: server, ["HF_HUB_OFFLINE": "1"]) == .download(.offline(file: "tiny.nemo")))
    #expect(try failure(from: server, ["PATH": "/nowhere"]) == .download(.noProgram("curl")))
    for address in ["ftp://x", "https://", "http:///x", "https://a b", "https://a\"b", "file:///x"]
    {
      #expect(try failure(from: server, ["HF_ENDPOINT": address]) == .download(.endpoint(address)))
    }
    for token in ["a b", "a\"b", "a\nheader = \"X: 1\"", "ü"] {
      #expect(try failure(from: server, ["HF_TOKEN": token]) == .download(.token))
    }
    #expect(server.requests.isEmpty)
  }

  /// Everybody of this machine can read arguments, and the user's programs read variables.
  @Test func theTokenIsToldToCurlAlone() throws {
    let curl = try #require(findProgram("curl", path: Environment.value(of: "PATH")))
    let log = "\(folder.path)/log"
    let script = """
      #!/bin/sh
      { printf '%s\\n' "$@"; env; } > '\(log)'
      exec '\(curl)' "$@"
      """
    try makeFolders("\(folder.path)/bin")
    let place = try folder.write(Array(script.utf8), "bin/curl")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place)
    let server = try HTTPServer { [bytes] request, _ in .file(bytes, to: request) }
    try makeFolders("\(folder.path)/hf")
    _ = try folder.write(Array("hf_stored\n".utf8), "hf/token")
    for token in ["hf_secret", ""] {
      var options = ModelInstall.Options()
      options.overwrite = true
      try install(
        from: server, ["HF_TOKEN": token, "PATH": "\(folder.path)/bin:/usr/bin:/bin"],
        options: options)
      let told = String(decoding: try Data(contentsOf: URL(fileURLWithPath: log)), as: UTF8.self)
      #expect(told.hasPrefix("--disable\n--config\n-\n"))
      #expect(!told.contains("hf_s"))
    }
    #expect(
      server.requests.map { $0.fields["authorization"] } == [
        "Bearer hf_secret", "Bearer hf_stored",
      ]
    )
  }
}
