import Formatting
import TestSupport
import Testing

/// Which window belongs to which kind of program.
@Suite struct ProfileTests {
  @Test(arguments: [
    ("kitty", "kitty", true), ("kitty", "Kitty", true), ("KiTTY", "kitty", true),
    ("kitty", "kitty2", false), ("kitty", "", false), ("", "", true), ("", "a", false),
    ("*", "", true), ("*", "anything", true), ("*term", "xterm", true), ("*term", "term", true),
    ("*term", "terms", false), ("org.*.Terminal", "org.gnome.terminal", true),
    ("org.*.Terminal", "org.terminal", false), ("jetbrains-*", "jetbrains-idea", true),
    ("?", "a", true), ("?", "", false), ("??", "É\u{308}x", true), ("a?c", "abc", true),
    ("a*b*c", "a-b-b-c", true), ("a*b*c", "a-b-b", false), ("**a**", "banana", true),
    ("*a?", "banana", false), ("*n?", "banana", true), ("ÄRGER*", "ärger", true),
    ("[x]", "x", false), ("[x]", "[x]", true), ("\\*", "\\anything", true),
  ]) func patterns(_ pattern: String, _ name: String, _ matches: Bool) {
    #expect(WindowPattern(pattern).matches(name) == matches)
  }

  /// A name that nearly matches in all places takes no longer than lengths multiplied.
  @Test func manyStars() {
    let pattern = WindowPattern(String(repeating: "*a", count: 100) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 5_000)))
  }

  @Test(arguments: [
    ("terminal", ["kitty", "foot", "Alacritty", "XTerm", "UXTerm", "Gnome-terminal", "konsole"]),
    ("terminal", ["org.gnome.Console", "org.gnome.Ptyxis", "org.kde.konsole", "URxvt", "st"]),
    ("terminal", ["com.mitchellh.ghostty", "org.wezfurlong.wezterm", "Xfce4-terminal"]),
    (
      "editor",
      ["Code", "code-oss", "VSCodium", "Cursor", "Emacs", "jetbrains-idea", "dev.zed.Zed"]
    ),
    ("editor", ["Gvim", "neovide", "Sublime_text", "org.kde.kate", "org.gnome.Builder"]),
    ("chat", ["Slack", "discord", "org.telegram.desktop", "TelegramDesktop", "Signal", "Element"]),
    ("chat", ["org.gnome.Fractal", "im.dino.Dino", "im.riot.Riot", "Mattermost"]),
    ("", ["firefox", "Navigator", "libreoffice-writer", "org.gnome.TextEditor", "thunderbird"]),
    ("", ["Mousepad", "Gimp", "steam", "code.exe", ""]),
  ]) func knownWindows(_ profile: String, _ names: [String]) {
    for name in names {
      let known = FormattingProfile.allCases.filter {
        $0.knownWindows.contains { $0.matches(name) }
      }
      #expect(known.map(\.rawValue) == (profile.isEmpty ? [] : [profile]), "\(name)")
    }
  }
}
