/// What the user may set, with the values of one who sets nothing.
public struct Configuration: Equatable, Sendable {
  /// The table `[audio]`.
  public struct Audio: Equatable, Sendable {
    /// ALSA's name for the microphone.
    public var device = "default"
    /// Whether to listen all the time, so that what was said just before key-down is known.
    public var keepOpen = false
  }

  /// The table `[model]`.
  public struct Model: Equatable, Sendable {
    /// A name or a path.
    public var name = "starter-en"
    /// How weights are kept, `int8` or `float32`; `auto` for the quickest.
    public var precision = "auto"
    /// Threads; 0 for one on each physical core.
    public var threads = 0
    /// Whether to load it at start instead of on first use.
    public var preload = true
    /// How long to keep it in memory without use; nil for ever.
    public var idleUnload: Duration? = .seconds(600)
  }

  /// The table `[dictation]`.
  public struct Dictation: Equatable, Sendable {
    /// Audio from before key-down that belongs to the dictation, where the microphone is kept open.
    public var preRoll: Duration = .milliseconds(500)
    /// Audio after key-up that may belong to the last word.
    public var tail: Duration = .milliseconds(250)
    /// Whether to send partials to those who want them.
    public var partials = true
  }

  /// The table `[type]`.
  public struct Typing: Equatable, Sendable {
    /// The tool that types: auto, wtype, dotool, ydotool or xdotool.
    public var driver = "auto"
    /// What to do with text that cannot be typed: paste or none.
    public var fallback = "paste"
  }

  /// The table `[history]`.
  public struct History: Equatable, Sendable {
    /// Whether to keep what was said.
    public var enabled = true
    /// How long; nil for ever.
    public var retention: Duration? = .seconds(30 * 86_400)
  }

  /// The table `[audio]`.
  public var audio = Audio()
  /// The table `[model]`.
  public var model = Model()
  /// The table `[dictation]`.
  public var dictation = Dictation()
  /// The table `[type]`.
  public var typing = Typing()
  /// The table `[history]`.
  public var history = History()

  /// The defaults.
  public init() {}
}
