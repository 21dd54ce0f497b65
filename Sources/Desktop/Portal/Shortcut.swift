/// What a key can be for that the desktop watches, under the name that the desktop keeps.
package enum Shortcut: String, CaseIterable, Sendable {
  /// Dictate as long as it is down.
  case hold
  /// Start with one press, stop with the next.
  case toggle

  /// What the desktop lists it as.
  var title: String {
    switch self {
    case .hold: "Dictate while held"
    case .toggle: "Start or stop dictation"
    }
  }

  /// All of them as the portal wants them.
  ///
  /// - Parameters:
  ///   - keys: What is proposed for one of them; others have none until the user gives them some.
  ///   - proposed: Which.
  /// - Returns: The list.
  static func list(proposing keys: ShortcutKeys, for proposed: Shortcut) -> BusValue {
    let entries = allCases.map { shortcut in
      var options = ["description": BusValue.text(shortcut.title)]
      if shortcut == proposed { options["preferred_trigger"] = .text(keys.trigger) }
      return BusValue.structure([.text(shortcut.rawValue), .options(options)])
    }
    return .array(entries, of: "(sa{sv})")
  }

  /// What the user is told of its keys.
  func described(_ keys: String) -> String { "\(title): \(keys)" }
}
