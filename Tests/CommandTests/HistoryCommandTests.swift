import Foundation
import Service
import TestSupport
import Testing

/// `utter history` over a file, without a daemon.
@Suite struct HistoryCommandTests {
  private func entry(
    _ id: String, _ text: String, _ outcome: HistoryEntry.Outcome = .done
  ) -> HistoryEntry {
    HistoryEntry(
      id: id, time: "2026-01-0\(id.count)T00:00:00Z", outcome: outcome, text: text, audioMs: 1_000,
      model: "m", directory: nil, audio: nil)
  }

  @Test func findsWhatWasSaid() throws {
    try withTemporaryFolder { folder in
      let state = folder.appending(path: "utter")
      try FileManager.default.createDirectory(
        at: state, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      let history = History(path: state.appending(path: "history.jsonl").path)
      for entry in [
        entry("a", "Retry the webhook."), entry("bb", "", .failed),
        entry("ccc", "Fügt die WEBHOOK-Antwort hinzu\nund weiter"), entry("dddd", "retry"),
      ] { try history.append(entry) }
      func search(_ arguments: String...) throws -> CommandRunner.Outcome {
        try CommandRunner.run(
          ["history", "search"] + arguments, environment: ["XDG_STATE_HOME": folder.path])
      }
      let both = try search("WebHook")
      #expect(both.code == 0, "\(both.errors)")
      #expect(
        both.output == """
          2026-01-01T00:00:00Z\ta\tRetry the webhook.
          2026-01-03T00:00:00Z\tccc\tFügt die WEBHOOK-Antwort hinzu\\nund weiter

          """)
      #expect(try search("webhook", "retry").output.hasSuffix("\ta\tRetry the webhook.\n"))
      #expect(try search("the webhook").output.split(separator: "\n").count == 1)
      #expect(try search("webhook", "--limit", "1").output.contains("\tccc\t"))
      #expect(try search("FÜGT").output.contains("\tccc\t"))
      let none = try search("nothing of it")
      #expect((none.code, none.output, none.errors) == (1, "", ""))
      let json = try search("retry", "--json")
      let rows = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
      #expect(rows?.map { $0["id"] as? String } == ["a", "dddd"])
      #expect(try search("").code == 2)
      #expect(try search().code == 2)
    }
  }
}
