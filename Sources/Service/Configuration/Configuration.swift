package import Checkpoint
package import Formatting
package import Vocabulary

/// What the user may set, with the values of one who sets nothing.
package struct Configuration: Equatable, Sendable {
  /// The table `[audio]`.
  package struct Audio: Equatable, Sendable {
    /// ALSA's name for the microphone.
    package var device = "default"
    /// Whether to listen all the time, so that what was said just before key-down is known.
    package var keepOpen = false
  }

  /// The table `[model]`.
  package struct Model: Equatable, Sendable {
    /// A name or a path.
    package var name = "starter-en"
    /// How weights are kept in memory; nil for the quickest way.
    package var precision: Precision?
    /// Threads; 0 for one on each physical core.
    package var threads = 0
    /// Whether to load it at start instead of on first use.
    package var preload = true
    /// How long to keep it in memory without use; nil for ever.
    package var idleUnload: Duration? = .seconds(600)
  }

  /// The table `[dictation]`.
  package struct Dictation: Equatable, Sendable {
    /// Audio from before key-down that belongs to the dictation, where the microphone is kept open.
    package var preRoll: Duration = .milliseconds(500)
    /// Audio after key-up that may belong to the last word.
    package var tail: Duration = .milliseconds(250)
    /// Whether to send partials to those who want them.
    package var partials = true
    /// How long a dictation may be; nil for any length.
    package var maxLength: Duration? = .seconds(600)
    /// How long nobody may speak while a key is held; nil for any time.
    package var silenceStop: Duration? = .seconds(120)
  }

  /// The table `[vocabulary]`.
  package struct Vocabulary: Equatable, Sendable {
    /// How terms get into texts.
    package var method = VocabularyMethod.judged.rawValue
    /// How sure the audio has to be of terms that the words do not say.
    package var caution = Caution.safe.rawValue
    /// Nats by which its score has to be higher besides.
    package var floor = 0
    /// Lists besides those in the user's folder, by their paths.
    package var lists: [String] = []
    /// The list of a project, by its name in the project's folder.
    package var projectFile = ".utter-vocabulary"

    /// Whether terms are written at all.
    package var isUsed: Bool { method != VocabularyMethod.none.rawValue }
    /// Whether recognition favours words that say terms.
    package var isBiased: Bool { method == VocabularyMethod.tree.rawValue }
    /// How sure the audio has to be; nil where it is not asked.
    package var judging: Judging? {
      guard method == VocabularyMethod.judged.rawValue else { return nil }
      return Caution(rawValue: caution).map { Judging($0, floor: floor) }
    }
  }

  /// The table `[format]`, with those in it.
  package struct Format: Equatable, Sendable {
    /// What is written otherwise than it was said; each has a switch.
    package var rules: Set<FormattingRule> = []
    /// What is always written in one way.
    package var replacements: [PhraseReplacement] = []
    /// A program that changes each text of a dictation, and its arguments; empty for none.
    package var filter: [String] = []
    /// What counts where a dictation goes into such a program.
    package var profiles = FormattingProfiles()

    /// How texts are written.
    ///
    /// - Parameter profile: What they go into; nil for anything.
    /// - Returns: The rules and replacements.
    package func settings(for profile: FormattingProfile? = nil) -> FormattingSettings {
      FormattingSettings(
        rules: profile.map { profiles[$0].rules } ?? rules, replacements: replacements)
    }
  }

  /// The table `[type]`.
  package struct Typing: Equatable, Sendable {
    /// The tool that types: auto, wayland, wtype, dotool, ydotool, portal or x11.
    package var driver = "auto"
    /// What to do with text that cannot be typed: paste or none.
    package var fallback = "paste"
    /// Keys to press after each dictation: characters, among which Escape may be.
    package var append = ""
    /// What becomes of line ends in texts: keep or space.
    package var newlines = "keep"
    /// What to wait after each character; nil for what the tool needs.
    package var delay: Duration?
  }

  /// The table `[feedback]`.
  package struct Feedback: Equatable, Sendable {
    /// Whether to show on the desktop what goes wrong.
    package var notifications = true
    /// Whether to play a sound when the microphone goes on or off, or something goes wrong.
    package var sounds = false
  }

  /// The table `[paste]`.
  package struct Pasting: Equatable, Sendable {
    /// The keys that paste; auto for what the window wants.
    package var chord = "auto"
    /// What windows paste with that are not known, each as `name=keys`.
    package var windows: [String] = []
  }

  /// The table `[history]`.
  package struct History: Equatable, Sendable {
    /// Whether to keep what was said.
    package var enabled = true
    /// How long; nil for ever.
    package var retention: Duration? = .seconds(30 * 86_400)
  }

  /// The table `[audio]`.
  package var audio = Audio()
  /// The table `[model]`.
  package var model = Model()
  /// The table `[dictation]`.
  package var dictation = Dictation()
  /// The table `[vocabulary]`.
  package var vocabulary = Vocabulary()
  /// The table `[format]`.
  package var format = Format()
  /// The table `[type]`.
  package var typing = Typing()
  /// The table `[paste]`.
  package var pasting = Pasting()
  /// The table `[feedback]`.
  package var feedback = Feedback()
  /// The table `[history]`.
  package var history = History()

  /// The defaults.
  package init() {}
}
