internal import Formatting
internal import System

extension StatusReport {
  /// The report as people read it, a line for each thing.
  package var text: String {
    var rows = [
      ("state", state.rawValue),
      ("version", "\(version), process \(pid), up \(Int(uptime)) s"),
      ("model", "\(model.name), \(model.loaded ? "loaded" : "not loaded")"),
      ("microphone", "\(microphone.device), \(microphone.open ? "open" : "closed")"),
      (
        "lost",
        "\(microphone.overruns) overruns, \(microphone.dropped) samples, "
          + "\(microphone.reopens) times the device"
      ),
      ("clients", "\(clients)"),
      ("dictations", "\(dictations)"),
    ]
    if let recordedSeconds { rows.insert(("recording", "\(Int(recordedSeconds)) s"), at: 1) }
    if let releaseMs { rows.append(("last text", "\(Int(releaseMs.rounded())) ms after key-up")) }
    if let target {
      if !target.window.isEmpty { rows.append(("window", target.window.joined(separator: ", "))) }
      rows.append(("profile", target.profile?.rawValue ?? "none"))
    }
    if let vocabulary {
      let lists = vocabulary.lists.count
      let sources = lists == 1 ? "1 list" : "\(lists) lists"
      rows.append(("vocabulary", "\(vocabulary.terms) terms of \(sources)"))
      for list in vocabulary.lists {
        let state = list.outdated ? ", as they were: the list is broken" : ""
        rows.append(("", "\(list.name), \(list.terms) terms\(state)"))
      }
      rows += vocabulary.problems.map { ("refused", $0) }
    }
    if let problem { rows.append(("problem", "\(problem.message), since \(problem.since)")) }
    if let hint = problem?.hint { rows.append(("hint", hint)) }
    return rows.map { name, value in
      name + String(repeating: " ", count: 12 - name.count) + value.printable
    }.joined(separator: "\n")
  }
}
