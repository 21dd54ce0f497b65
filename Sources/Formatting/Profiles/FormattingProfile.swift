/// A kind of program that is dictated into; each has rules of its own.
package enum FormattingProfile: String, CaseIterable, Codable, Sendable {
  /// Command lines.
  case terminal
  /// Programs' texts.
  case editor
  /// Messages to people.
  case chat

  /// What windows of well-known programs of this kind are called: class on X11, the app's
  /// identifier on Wayland.
  package var knownWindows: [WindowPattern] {
    let names =
      switch self {
      case .terminal: Self.terminals
      case .editor: Self.editors
      case .chat: Self.chats
      }
    return names.split(separator: " ").map { WindowPattern(String($0)) }
  }

  private static let terminals = """
    *.console *.contour *.ptyxis *ghostty *konsole *rxvt* *terminal *terminal-server *tilix *xterm \
    *yakuake alacritty aterm blackbox com.*.blackbox contour cool-retro-term dev.warp.* eterm foot \
    footclient guake hyper kgx kitty mlterm org.wezfurlong.wezterm ptyxis rio roxterm sakura st \
    st-256color stterm tabby terminator terminology termite tilda warp wezterm wezterm-gui zutty
    """

  /// Of programs' texts only: notepads are for prose.
  private static let editors = """
    *.builder *.qtcreator *emacs *gvim *kate *kdevelop android-studio arduino* code code-* code_* \
    codeblocks codium cursor dev.zed.* eclipse geany gnome-builder helix jetbrains-* lapce* \
    lite-xl neovide netbeans* nvim* positron qtcreator rstudio spyder* sublime_text vscode \
    vscodium windsurf zed
    """

  private static let chats = """
    *.dino *.element *.fractal *.riot *.zulip *discord* *hexchat *mattermost* *neochat *nheko \
    *pidgin *rocket.chat *signal *skype* *slack *teams* *telegram* *whatsapp* *zapzap dino element \
    ferdium fractal gajim konversation rocketchat-desktop signal-desktop vesktop webcord zulip
    """
}
