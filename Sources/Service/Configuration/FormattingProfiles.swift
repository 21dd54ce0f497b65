package import Formatting

/// The tables `[format.profiles.terminal]`, `.editor` and `.chat`.
package struct FormattingProfiles: Equatable, Sendable {
  /// What counts where a dictation goes into a kind of program.
  package struct Profile: Equatable, Sendable {
    /// The rules that count instead of the switches of `[format]`.
    package var rules: Set<FormattingRule>
    /// The windows that it is for, as patterns; `auto` for those that are known.
    package var windows: [String] = []
    /// Lists of terms besides those that always count, by their paths.
    package var lists: [String] = []
  }

  private var terminal = Profile(rules: [.casing, .spelling, .symbols, .numbers])
  private var editor = Profile(rules: [.casing, .spelling, .punctuation, .symbols, .numbers])
  private var chat = Profile(rules: [.fillers, .corrections])

  /// The word for windows that are known.
  private static let known = "auto"

  /// The defaults: no windows, and rules for what is said there.
  package init() {}

  /// What counts in a kind of program.
  package subscript(profile: FormattingProfile) -> Profile {
    get { self[keyPath: Self.member(profile)] }
    set { self[keyPath: Self.member(profile)] = newValue }
  }

  private static func member(
    _ profile: FormattingProfile
  ) -> WritableKeyPath<FormattingProfiles, Profile> {
    switch profile {
    case .terminal: \.terminal
    case .editor: \.editor
    case .chat: \.chat
    }
  }

  /// Whether the profile depends on the window that has the focus.
  package var dependOnWindows: Bool {
    FormattingProfile.allCases.contains { !self[$0].windows.isEmpty }
  }

  /// The profile of a window: what the user wrote comes before what is known.
  ///
  /// - Parameter names: What the window is called.
  /// - Returns: The profile; nil where there is none for it.
  package func profile(ofWindow names: [String]) -> FormattingProfile? {
    func first(_ patterns: (FormattingProfile) -> [WindowPattern]) -> FormattingProfile? {
      FormattingProfile.allCases.first { profile in
        patterns(profile).contains { names.contains(where: $0.matches) }
      }
    }
    return first { self[$0].windows.filter { $0 != Self.known }.map(WindowPattern.init) }
      ?? first { self[$0].windows.contains(Self.known) ? $0.knownWindows : [] }
  }
}
