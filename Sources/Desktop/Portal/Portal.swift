internal import System

/// The desktop's portal: what programs ask it for, the user may be asked about first.
///
/// A call returns the name of a request, whose answer comes later as a signal.
final class Portal {
  /// What became of a request.
  struct Answer {
    /// 0 where it was granted; 1 where the user said no, 2 where it ended otherwise.
    let code: UInt32
    let results: [String: BusValue]
  }

  let bus: SessionBus
  /// Readable once nothing shall be waited for any more.
  private let stopping: Int32
  private var requests = 0

  /// The name of the portal on the bus.
  static let name = "org.freedesktop.portal.Desktop"
  /// Its object.
  static let path = "/org/freedesktop/portal/desktop"
  /// What sessions are called; Plasma lists shortcuts under that.
  static let sessionToken = "utter"
  /// How long a user may take to answer.
  private static let patience = Duration.seconds(120)

  /// Connects to the bus of a session.
  init(_ session: DesktopSession, unless stopping: Int32) throws(DesktopError) {
    bus = try SessionBus(session)
    self.stopping = stopping
    OwnScope.enter(bus)
    try ApplicationID.register(on: bus)
    try bus.listen(
      "type='signal',sender='\(Self.name)',interface='org.freedesktop.portal.Request'")
  }

  /// One of its interfaces.
  static func interface(_ name: String, of path: String = path) -> SessionBus.Target {
    SessionBus.Target(
      destination: Self.name, path: path, interface: "org.freedesktop.portal.\(name)")
  }

  /// The version of one of its interfaces.
  ///
  /// - Throws: `.busCall` where this desktop has none.
  func version(of interface: String) throws(DesktopError) -> UInt32 {
    try property("version", of: interface)?.number ?? 0
  }

  /// A property of one of its interfaces.
  ///
  /// - Throws: `.busCall` where this desktop has none.
  func property(_ property: String, of interface: String) throws(DesktopError) -> BusValue? {
    let properties = SessionBus.Target(
      destination: Self.name, path: Self.path, interface: "org.freedesktop.DBus.Properties")
    let name = "org.freedesktop.portal.\(interface)"
    return try bus.call(properties, "Get", [.text(name), .text(property)]).first
  }

  /// Begins a session of one of its interfaces.
  ///
  /// - Parameters:
  ///   - interface: Which.
  ///   - options: What is wished besides its name.
  /// - Returns: The session's name where it was granted, and the answer's code; nil where it is not
  ///   waited for any more.
  /// - Throws: `.busCall`, `.noBus`.
  func createSession(
    of interface: String, _ options: [String: BusValue] = [:]
  ) throws(DesktopError) -> (handle: String?, code: UInt32)? {
    let options = options.merging(["session_handle_token": .text(Self.sessionToken)]) { $1 }
    let answer = try request(interface, "CreateSession", options: options)
    return answer.map { ($0.code == 0 ? $0.results["session_handle"]?.text : nil, $0.code) }
  }

  /// Ends a session.
  func close(_ session: String) throws(DesktopError) {
    _ = try bus.call(Self.interface("Session", of: session), "Close")
  }

  /// Asks for something and waits for the answer.
  ///
  /// - Parameters:
  ///   - interface: One of its interfaces.
  ///   - method: What to ask for.
  ///   - arguments: All but the options.
  ///   - options: What is wished besides.
  /// - Returns: The answer; nil where it is not waited for any more.
  /// - Throws: `.busCall`, `.noBus`.
  func request(
    _ interface: String, _ method: String, _ arguments: [BusValue] = [],
    options: [String: BusValue] = [:]
  ) throws(DesktopError) -> Answer? {
    requests += 1
    let options = options.merging(["handle_token": .text("utter\(requests)")]) { $1 }
    let target = Self.interface(interface)
    let returned = try bus.call(target, method, arguments + [.options(options)])
    let handle = returned.first?.text
    var others: [BusMessage] = []
    defer { bus.putBack(others) }
    let end = ContinuousClock.now + Self.patience
    while true {
      let left = max(.zero, ContinuousClock.now.duration(to: end))
      guard let signal = try bus.next(unless: stopping, within: left) else { return nil }
      guard signal.member == "Response", signal.path == handle else {
        others.append(signal)
        continue
      }
      let values = signal.values()
      return Answer(code: values.first?.number ?? 2, results: values.last?.options ?? [:])
    }
  }
}
