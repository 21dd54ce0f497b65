/// How the daemon is: the answer to `status`.
public struct StatusReport: Equatable, Codable, Sendable {
  /// The model, as far as the daemon knows it.
  public struct Model: Equatable, Codable, Sendable {
    /// Its name or path in the configuration.
    public var name: String
    /// Whether it is in memory.
    public var loaded: Bool

    /// A model.
    public init(name: String, loaded: Bool) {
      self.name = name
      self.loaded = loaded
    }
  }

  /// The microphone.
  public struct Microphone: Equatable, Codable, Sendable {
    /// ALSA's name for it.
    public var device: String
    /// Whether it is open now.
    public var open: Bool
    /// Whether its thread runs at real-time priority; false while it is closed.
    public var realTime: Bool
    /// Times that the device threw samples away, since the start.
    public var overruns: Int
    /// Samples that the daemon had no room for, since the start.
    public var dropped: Int
    /// Times that the device was lost and came back, since the start.
    public var reopens: Int

    /// A microphone.
    public init(
      device: String, open: Bool, realTime: Bool, overruns: Int, dropped: Int, reopens: Int
    ) {
      self.device = device
      self.open = open
      self.realTime = realTime
      self.overruns = overruns
      self.dropped = dropped
      self.reopens = reopens
    }
  }

  /// Of the daemon's program.
  public var version: String
  /// Its process.
  public var pid: Int32
  /// What it does.
  public var state: State
  /// Seconds since its start.
  public var uptime: Double
  /// The dictation that is going on.
  public var recording: String?
  /// Seconds recorded of it.
  public var recordedSeconds: Double?
  /// The model.
  public var model: Model
  /// The microphone.
  public var microphone: Microphone
  /// Clients that are connected, the one that asks among them.
  public var clients: Int
  /// Dictations since the start.
  public var dictations: Int
  /// Milliseconds from key-up to text, of the last dictation.
  public var releaseMs: Double?
  /// What keeps the daemon from working.
  public var problem: Complaint?

  /// A report.
  public init(
    version: String, pid: Int32, state: State, uptime: Double, recording: String?,
    recordedSeconds: Double?, model: Model, microphone: Microphone, clients: Int, dictations: Int,
    releaseMs: Double?, problem: Complaint?
  ) {
    self.version = version
    self.pid = pid
    self.state = state
    self.uptime = uptime
    self.recording = recording
    self.recordedSeconds = recordedSeconds
    self.model = model
    self.microphone = microphone
    self.clients = clients
    self.dictations = dictations
    self.releaseMs = releaseMs
    self.problem = problem
  }
}
