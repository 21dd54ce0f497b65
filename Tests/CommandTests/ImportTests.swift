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

  /// What other programs keep is found, imported where it can be, and named where it cannot.
  @Test func importsWhatOtherProgramsHave() throws {
    try withTemporaryFolder { folder in
      let environment = [
        "UTTER_MODELS": folder.appending(path: "models").path,
        "HF_HOME": folder.appending(path: "hf").path, "HF_HUB_CACHE": "",
        "XDG_DATA_HOME": folder.appending(path: "data").path,
      ]
      func run(_ arguments: String...) throws -> CommandRunner.Outcome {
        try CommandRunner.run(["model", "import"] + arguments, environment: environment)
      }
      for flag in ["--from-hf-cache", "--from-handy"] {
        let outcome = try run(flag)
        #expect(outcome.code == 66)
        #expect(outcome.errors.contains("has no model on this machine\nhint: `utter model install"))
      }
      let hub = folder.appending(path: "hf/hub")
      func keep(_ fixture: String, as path: String) throws {
        let target = hub.appending(path: path)
        try FileManager.default.createDirectory(
          at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(
          at: Fixtures.committed.appending(path: fixture), to: target)
      }
      try keep("layernorm/layernorm.nemo", as: "models--a--b--c/snapshots/1/x.nemo")
      try keep("folders/ctc", as: "models--a--ctc/snapshots/2")
      try keep("evaluation", as: "models--a--other/snapshots/3")
      let outcome = try run("--from-hf-cache", "--precision", "int8")
      #expect(outcome.code == 0, "\(outcome.errors)")
      let models = "\(folder.path)/models"
      #expect(outcome.output == "b--c\t\(models)/b--c\nctc\t\(models)/ctc\n")
      let again = try run("--from-hf-cache")
      #expect(again.code == 1)
      #expect(again.errors == "utter: b--c: is there already\nutter: ctc: is there already\n")

      let handy = folder.appending(
        path: "data/com.pais.handy/models/parakeet-tdt-0.6b-v3-int8")
      try FileManager.default.createDirectory(at: handy, withIntermediateDirectories: true)
      try Data("x".utf8).write(to: handy.appending(path: "encoder-model.int8.onnx"))
      let refused = try run("--from-handy")
      #expect(refused.code == 1)
      #expect(refused.errors.contains("is a model in the format ONNX of onnx-asr, which is not"))
      #expect(refused.errors.contains("hint: `utter model install parakeet-tdt-0.6b-v3` fetches"))
      for arguments in [[], ["a", "--from-handy"], ["--from-handy", "--name", "x"]] {
        let outcome = try CommandRunner.run(["model", "import"] + arguments)
        #expect(outcome.code == 2)
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
