/// What windows paste with.
package struct PasteKeys: Sendable {
  private let fixed: Chord?
  private let windows: [String: Chord]

  /// The keys of each window.
  ///
  /// - Parameters:
  ///   - chord: What to press in all windows; nil for what each wants.
  ///   - windows: What windows want that are not known, or known wrongly, by class or app.
  package init(chord: Chord? = nil, windows: [String: Chord] = [:]) {
    fixed = chord
    self.windows = Dictionary(windows.map { ($0.lowercased(), $1) }) { $1 }
  }

  /// Reads `name=keys` for each window.
  ///
  /// - Parameters:
  ///   - chord: What to press in all windows; `auto` for what each wants.
  ///   - windows: Such as `emacs=ctrl+y`; without keys, a terminal that knows ctrl+shift+v.
  /// - Throws: `.badChord`.
  package init(chord: String, windows: [String]) throws(DesktopError) {
    var chords: [String: Chord] = [:]
    for window in windows {
      let parts = window.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
        $0.trimmed
      }
      guard let name = parts.first, !name.isEmpty else { throw .badChord(window) }
      chords[name] = parts.count == 2 ? try Chord(parts[1]) : .terminalPaste
    }
    self.init(chord: chord == "auto" ? nil : try Chord(chord), windows: chords)
  }

  /// The keys for a window.
  ///
  /// - Parameter window: The one with the focus; nil where nobody tells which that is.
  /// - Returns: What to press.
  package func chord(for window: FocusedWindow?) -> Chord {
    if let fixed { return fixed }
    // With both selections behind them, terminals and other windows alike know these.
    guard let window, !window.names.isEmpty else { return .insert }
    let names = window.names.map { $0.lowercased() }
    let known = names.lazy.compactMap { windows[$0] ?? Self.known[$0] }.first
    return known ?? (window.hasTerminal ? .insert : .paste)
  }

  private static let known: [String: Chord] = {
    let chords: [(Chord, String)] = [
      (.terminalPaste, terminals), (.insert, insertWindows),
    ]
    let pairs = chords.flatMap { chord, names in
      names.split(separator: " ").map { (String($0), chord) }
    }
    return Dictionary(pairs) { first, _ in first }
  }()

  private static let terminals = """
    alacritty blackbox com.gexperts.tilix com.mitchellh.ghostty com.raggesilver.blackbox contour \
    cool-retro-term deepin-terminal dev.warp.warp foot footclient ghostty gnome-terminal \
    gnome-terminal-server guake hyper io.elementary.terminal kgx kitty konsole lxterminal \
    mate-terminal org.codeberg.dnkl.foot org.contourterminal.contour org.gnome.console \
    org.gnome.ptyxis org.gnome.terminal org.kde.konsole org.kde.yakuake org.wezfurlong.wezterm \
    ptyxis qterminal rio roxterm sakura st st-256color stterm tabby terminator terminology termite \
    tilda tilix warp wezterm wezterm-gui xfce4-terminal yakuake
    """

  /// Terminals that know only the old keys, and windows in which Ctrl+V is something else.
  private static let insertWindows = """
    aterm code code-oss codium cursor emacs eterm mlterm rxvt rxvt-unicode urxvt uxterm vscodium \
    xterm zutty
    """
}

extension Chord {
  /// What most terminals take for paste.
  static let terminalPaste = Chord(modifiers: [.ctrl, .shift], key: "v")
  /// What nearly all windows know: some paste with it what is on the clipboard, some what the mouse
  /// has selected.
  static let insert = Chord(modifiers: [.shift], key: "Insert")

  /// From where it may paste.
  var selections: [Selection] { key == "Insert" ? [.clipboard, .primary] : [.clipboard] }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
