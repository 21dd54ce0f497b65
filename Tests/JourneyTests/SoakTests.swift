import Desktop
import Foundation
import Glibc
import Service
import TestSupport
import Testing

/// A day with the program in some minutes: every text arrives, and nothing grows.
///
/// Runs where `UTTER_SOAK_MINUTES` says for how long.
@Suite(.enabled(if: Amount.soakMinutes > 0)) struct SoakTests {
  @Test func aDayLeavesNothingBehind() throws {
    try withTemporaryFolder { folder in
      let day = try Day(folder)
      defer { day.end() }
      try day.pass(until: .now + .seconds(60 * Amount.soakMinutes))
      print(day.report)
      let (early, late) = day.useEarlyAndLate
      #expect(day.lost.isEmpty)
      #expect(late.threads <= early.threads + 1 && late.descriptors <= early.descriptors + 2)
      #expect(late.bytes <= early.bytes + 24 << 20)
    }
  }
}

/// A user, a desktop and a daemon.
private final class Day {
  /// What the daemon holds of the machine.
  struct Use {
    var bytes: Int
    var descriptors: Int
    var threads: Int
  }

  /// What may happen next.
  private enum Event: String, CaseIterable {
    case dictation, quickDictations, tap, unplugged, muted, killed, restarted, diskFull, paste
  }

  /// Dictations of which the window got another text than the daemon heard.
  private(set) var lost: [String] = []
  private let desktop: VirtualX11Desktop
  private let microphone: VirtualMicrophone
  private let daemon: LiveDaemon
  private let typist: Process
  private let window: TypedText
  private let disk: URL
  private var random = Seeded(11)
  private var counts: [Event: Int] = [:]
  private var uses: [Use] = []

  init(_ folder: URL) throws {
    // A disk of its own, small enough to fill.
    disk = folder.appending(path: "disk")
    try FileManager.default.createDirectory(
      at: disk, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    if getuid() == 0 { mount("none", disk.path, "tmpfs", 0, "size=32m,mode=700") }
    desktop = try VirtualX11Desktop()
    microphone = try VirtualMicrophone()
    daemon = try LiveDaemon(
      in: folder, settings: microphone.environment.merging(["XDG_STATE_HOME": disk.path]) { $1 })
    typist = try desktop.utter("type", of: daemon)
    window = try TypedText(in: desktop, folder: folder)
    try awaitTypist()
  }

  /// Ends everything.
  func end() {
    typist.end()
    desktop.stop()
    daemon.kill()
    if getuid() == 0 { umount2(disk.path, Int32(MNT_DETACH)) }
  }

  /// Lets things happen until it is late.
  func pass(until evening: ContinuousClock.Instant) throws {
    while .now < evening {
      let event = Bool.random(using: &random) ? .dictation : try pick()
      counts[event, default: 0] += 1
      print("\(Date.now.formatted(.iso8601)) \(event)")
      try happen(event)
      uses.append(try use())
    }
  }

  private func pick() throws -> Event {
    guard let event = Event.allCases.randomElement(using: &random) else { throw Missed() }
    return event == .diskFull && getuid() != 0 ? .dictation : event
  }

  private func happen(_ event: Event) throws {
    switch event {
    case .dictation: try dictate(1)
    case .quickDictations: try dictate(4)
    case .tap:
      let client = try daemon.client([])
      try client.answer(to: .startRecording(.init()))
      try client.answer(to: .stopRecording())
      try rest()
    case .unplugged:
      try disturbed {
        try microphone.unload()
      } after: {
        try microphone.load()
      }
    case .muted:
      try disturbed {
        try microphone.mute(true)
      } after: {
        try microphone.mute(false)
      }
    case .killed:
      try disturbed {
        daemon.kill()
      } after: {
        try daemon.start()
      }
      try awaitTypist()
    case .restarted:
      #expect(daemon.terminate() == 0)
      try daemon.start()
      try awaitTypist()
    case .diskFull:
      let filler = disk.appending(path: "filler")
      try disturbed {
        try Data().write(to: filler)
        let file = try FileHandle(forWritingTo: filler)
        while (try? file.write(contentsOf: Data(count: 4096))) != nil {}
        try file.close()
      } after: {
        try FileManager.default.removeItem(at: filler)
      }
    case .paste: try paste()
    }
  }

  /// Dictates, with pauses as short as a hand's, and compares the window with what was heard.
  private func dictate(_ count: Int) throws {
    let client = try daemon.client()
    for _ in 0..<count {
      try client.answer(to: .startRecording(.init()))
      try microphone.play(recording()).waitUntilExit()
      try client.answer(to: .stopRecording())
      Thread.sleep(forTimeInterval: .random(in: 0...0.3, using: &random))
    }
    let texts = try (0..<count).map { _ in try client.text().text }
    let expected = texts.joined(separator: " ")
    let typed = try window.next(expecting: expected, limit: 20)
    if typed.split(separator: " ") != expected.split(separator: " ") {
      lost.append("\(expected) → \(typed)")
    }
    try rest()
  }

  /// A dictation in which something goes wrong; its text is worth nothing, the next one's is.
  private func disturbed(_ mishap: () throws -> Void, after: () throws -> Void) throws {
    let client = try daemon.client([])
    try client.answer(to: .startRecording(.init()))
    let player = try microphone.play(recording())
    try mishap()
    player.terminate()
    player.waitUntilExit()
    // The daemon may be dead.
    _ = try? client.answer(to: .stopRecording())
    try after()
    try rest()
    // What was heard in spite of it is typed meanwhile.
    _ = try window.next(expecting: String(repeating: "x", count: 1_000), limit: 3)
  }

  /// The clipboard holds after a paste what it held before.
  private func paste() throws {
    let clipboard = Clipboard(
      session: DesktopSession(environment: desktop.variables),
      keeper: ClipboardKeeper(program: CommandRunner.program.path))
    let copied = ClipboardContent([.init("UTF8_STRING", Data(UUID().uuidString.utf8))])
    try clipboard.set(copied)
    let text = UUID().uuidString
    try desktop.run(CommandRunner.program.path, ["paste", "--stdin"], input: text)
    let pasted = try window.next(expecting: text, limit: 20)
    if pasted.filter({ $0 != " " }) != text { lost.append("paste: \(text) → \(pasted)") }
    let kept = try clipboard.content() ?? ClipboardContent([])
    if kept != copied { lost.append("clipboard: \(copied) → \(kept)") }
  }

  private func recording() throws -> URL {
    let names = ["digits_02", "digits_03", "digits_06", "digits_13"]
    guard let name = names.randomElement(using: &random) else { throw Missed() }
    return Fixtures.committed.appending(path: "audio/\(name).flac")
  }

  private func rest() throws {
    try waitUntil("rest") {
      let status = try daemon.status()
      return (status.state == .idle || status.state == .error) && !status.microphone.open
    }
  }

  private func awaitTypist() throws {
    try waitUntil("the connection of utter type") { try daemon.status().clients == 2 }
  }

  struct Missed: Error {}

  // MARK: - What it holds

  private func use() throws -> Use {
    let process = ProcessFacts(daemon.processIdentifier)
    return try Use(
      bytes: process.residentBytes, descriptors: process.descriptors, threads: process.threads)
  }

  /// The most that was held in the first and in the last quarter.
  var useEarlyAndLate: (early: Use, late: Use) {
    let quarter = max(1, uses.count / 4)
    return (Self.most(uses.prefix(quarter)), Self.most(uses.suffix(quarter)))
  }

  private static func most(_ uses: ArraySlice<Use>) -> Use {
    Use(
      bytes: uses.map(\.bytes).max() ?? 0, descriptors: uses.map(\.descriptors).max() ?? 0,
      threads: uses.map(\.threads).max() ?? 0)
  }

  /// What happened, and what was held.
  var report: String {
    let happened = counts.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
    let (early, late) = useEarlyAndLate
    return """
      happened: \(happened)
      first quarter → last: \(early.bytes >> 20) → \(late.bytes >> 20) MB, \
      \(early.descriptors) → \(late.descriptors) descriptors, \
      \(early.threads) → \(late.threads) threads
      lost: \(lost)
      """
  }
}
