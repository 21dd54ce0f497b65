import Foundation
import TestSupport
import Testing

@Suite struct ImportTests {
  private let file = Fixtures.committed.appending(path: "hybrid/hybrid.nemo").path

  @Test func importsInt8Weights() throws {
    try withTemporaryFolder { folder in
      let environment = ["UTTER_MODELS": folder.path]
      let full = try CommandRunner.run(
        ["model", "import", file, "--name", "full"], environment: environment)
      #expect(full.code == 0, "\(full.errors)")
      let small = try CommandRunner.run(
        ["model", "import", file, "--name", "small", "--precision", "int8", "--json"],
        environment: environment)
      #expect(small.code == 0, "\(small.errors)")
      let list = try CommandRunner.run(["model", "list", "--json"], environment: environment)
      let rows = try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [[String: Any]]
      func row(_ name: String) -> [String: Any]? { rows?.first { $0["name"] as? String == name } }
      #expect(row("full")?["precision"] as? String == "float32")
      #expect(row("small")?["precision"] as? String == "int8")
      let parameters = try #require(row("full")?["parameters"] as? Int)
      #expect(row("small")?["parameters"] as? Int == parameters)
      let bytes = try #require(row("full")?["bytes"] as? Int)
      #expect(try #require(row("small")?["bytes"] as? Int) < bytes * 2 / 3)
    }
  }

  /// Names from outside are quoted without what a terminal obeys; what is wrong is called so.
  @Test func namesAreEscaped() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a\u{1b}[2J\nutter: fine\u{202e}.nemo").path
      let environment = ["UTTER_MODELS": folder.path]
      try Data("<html>\u{9b}".utf8).write(to: URL(fileURLWithPath: path))
      let outcome = try CommandRunner.run(["model", "import", path], environment: environment)
      #expect(outcome.code == 2)
      #expect(outcome.errors.contains(#"a\u{1b}[2J\nutter: fine\u{202e}"#))
      let named = try CommandRunner.run(
        ["model", "import", path, "--name", "m"], environment: environment)
      #expect(named.code == 65)
      #expect(named.errors.contains("is a web page, not a model\nhint: download the file itself"))
      for text in [outcome.errors, named.errors] {
        #expect(text.split(separator: "\n").count == 2)
        #expect(
          !text.unicodeScalars.contains { "\u{1b}\u{9b}\u{202e}".unicodeScalars.contains($0) })
      }
    }
  }

  @Test func refusesOtherPrecisions() throws {
    let outcome = try CommandRunner.run(["model", "import", file, "--precision", "int4"])
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("int4"))
  }

  /// What the rooms below report as facts comes with the way out.
  @Test func saysTheWayOut() throws {
    try withTemporaryFolder { folder in
      let environment = ["UTTER_MODELS": folder.path]
      let recording = Fixtures.committed.appending(path: "audio/digits_03.flac").path
      let refused: [([String], String?, Int32)] = [
        (["model", "import", file], "replace it with --force", 2),
        (["model", "import", file, "--name", "a/b"], "use letters", 2),
        (["model", "import", "\(file).gone"], nil, 66),
        (["model", "remove", "gone"], "looked in \(folder.path); import one", 66),
        (
          ["transcribe", recording, "--model", "hybrid", "--precision", "float32"],
          "import the model again with --precision float32", 65
        ),
      ]
      let first = try CommandRunner.run(
        ["model", "import", file, "--precision", "int8"], environment: environment)
      #expect(first.code == 0, "\(first.errors)")
      for (arguments, hint, code) in refused {
        let outcome = try CommandRunner.run(arguments, environment: environment)
        #expect(outcome.code == code, "\(arguments): \(outcome.errors)")
        let hints = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("hint: ") }
        #expect(
          hints.count == (hint == nil ? 0 : 1) && hints.allSatisfy { $0.contains(hint ?? "") })
      }
    }
  }

  /// A relative folder is none, as the specification of user folders wants.
  @Test(arguments: ["", "relative/data"]) func searchesTheUsersFolder(data: String) throws {
    try withTemporaryFolder { home in
      let outcome = try CommandRunner.run(
        ["model", "remove", "gone"],
        environment: ["HOME": home.path, "XDG_DATA_HOME": data, "UTTER_MODELS": ""])
      #expect(outcome.errors.contains("looked in \(home.path)/.local/share/utter/models, "))
    }
  }
}
