import Foundation
import TestSupport
import Testing

/// `utter vocabulary`, with a home folder of its own.
@Suite struct VocabularyCommandTests {
  private let folder: TemporaryFolder
  private var list: String { "\(folder.path)/config/utter/vocabulary/terms.txt" }

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String..., input: String = "") throws -> CommandRunner.Outcome {
    try CommandRunner.run(
      ["vocabulary"] + arguments, input: Data(input.utf8),
      environment: ["HOME": folder.path, "XDG_CONFIG_HOME": "\(folder.path)/config"])
  }

  private func text() throws -> String { try String(contentsOfFile: list, encoding: .utf8) }

  @Test func termsComeAndGo() throws {
    for arguments in [["kubectl", "--spoken", "cube cuddle"], ["C#"], ["#include"]] {
      let outcome = try CommandRunner.run(
        ["vocabulary", "add"] + arguments,
        environment: ["HOME": folder.path, "XDG_CONFIG_HOME": "\(folder.path)/config"])
      #expect(outcome.code == 0, "\(outcome.errors)")
    }
    #expect(try text() == "kubectl\tspoken=cube cuddle\nC#\n\\#include\n")
    let vain = try run("add", "Go", "--list", "other")
    #expect(vain.code == 0)
    #expect(vain.errors.hasPrefix("utter: \"go\" is ordinary English ("))
    #expect(try run("remove", "Go").code == 0)
    let listed = try run("list", "--directory", "/")
    #expect(
      listed.output == """
        kubectl\tcube cuddle\t\(list):1
        C#\tc sharp\t\(list):2
        #include\thash include\t\(list):3

        """)
    #expect(try run("remove", "C#").code == 0)
    let unknown = try run("remove", "C#")
    #expect(unknown.code == 66)
    #expect(unknown.errors.hasPrefix("utter: C#: in none of the lists\n"))
    // What goes out comes in again.
    let exported = try run("export").output
    #expect(exported == "kubectl\tspoken=cube cuddle\n\\#include\n")
    #expect(try run("import", "-", "--list", "copy", input: exported).code == 0)
    #expect(try run("export", "--list", "copy").output == exported)
  }

  @Test func whatCannotStandInAListIsRefused() throws {
    for arguments in [
      ["add", "a\tb"], ["add", "a\nb"], ["add", ""], ["add", "x", "--spoken", "."],
      ["add", "x", "--weight", "0"], ["add", "x", "--guard", "maybe"],
      ["add", "x", "--list", "../y"],
      ["import"], ["import", "a", "--source", "b"],
    ] {
      let outcome = try CommandRunner.run(
        ["vocabulary"] + arguments,
        environment: ["HOME": folder.path, "XDG_CONFIG_HOME": "\(folder.path)/config"])
      #expect(outcome.code == 2, "\(arguments): \(outcome.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: list))
  }

  @Test func aBrokenListIsReportedAndNotMadeWorse() throws {
    #expect(try run("add", "kubectl").code == 0)
    try "kubectl\tspken=x\nC#\n".write(toFile: list, atomically: true, encoding: .utf8)
    let listed = try run("list", "--directory", "/")
    #expect(listed.code == 1)
    #expect(listed.errors.hasPrefix("utter: \(list):1:9: spken= is unknown\nhint: write spoken="))
    #expect(try run("add", "helm").code == 65)
    #expect(try text() == "kubectl\tspken=x\nC#\n")
    let linted = try run("lint", "--model", "starter-en")
    #expect(linted.code == 65)
    #expect(linted.output.hasPrefix("error: \(list):1:9: spken= is unknown\n"))
  }

  @Test func lintKnowsTheModelsLetters() throws {
    let path = try folder.write(Array("Ü-Bahn\nuserId\nGo\nkubectl\n".utf8), "mine.txt")
    let linted = try run("lint", path, "--model", "starter-en")
    #expect(linted.code == 65)
    let lines = linted.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }
    #expect(lines.count == 3)
    #expect(lines[0] == "error: \(path):1:1: the model has no letters for \"Ü-Bahn\"")
    #expect(lines[1].hasPrefix("warning: \(path):2:1: \"user id\" may be said without meaning"))
    #expect(lines[2].hasPrefix("warning: \(path):3:1: \"go\" is ordinary English ("))
    #expect(try run("lint", path, "--model", "nowhere").code == 66)
    #expect(try run("lint", "\(folder.path)/none.txt", "--model", "starter-en").code == 66)
  }

  @Test func aCodeBaseGivesItsNames() throws {
    let code = "handleDodoWebhookRetry(userId)\nhandleDodoWebhookRetry(kubectl, kubectl)\n"
    let source = "\(folder.path)/source"
    try FileManager.default.createDirectory(
      atPath: "\(source)/vendor", withIntermediateDirectories: true)
    _ = try folder.write(Array(code.utf8), "source/a.swift")
    _ = try folder.write(Array("vendoredName vendoredName".utf8), "source/vendor/b.swift")
    let outcome = try run("import", "--source", source)
    #expect(outcome.output == "handleDodoWebhookRetry\tweight=0.13\nkubectl\tweight=0.13\n")
    #expect(
      outcome.errors == "utter: 2 terms from 1 files with 2 lines; 0 files left out\n")
    #expect(try run("import", "--source", source, "--list", "code").code == 0)
    #expect(try run("export", "--list", "code").output == outcome.output)
    #expect(try run("import", "--source", source, "--list", "code").code == 0)
    // What a person wrote stays.
    #expect(try run("add", "mine").code == 0)
    let refused = try run("import", "--source", source, "--list", "terms")
    #expect(refused.code == 2)
    #expect(try text() == "mine\n")
    #expect(try run("import", "--source", "\(source)/a.swift").code == 66)
  }

  /// Terms of any letters and marks go out and come in again, to the byte.
  @Test func whatGoesOutComesInAgain() throws {
    var random = Seeded(29)
    let alphabet = Array("abcXYZ012 #\\=_-+.'\"$é߯ひ🙂\u{301}\u{200D}")
    var lines: [String] = []
    for number in 0..<300 {
      let letters = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        alphabet.randomElement(using: &random) ?? "a"
      }
      lines.append("\\x" + String(letters) + "\(number)\tspoken=word \(number) é\tweight=2.5")
    }
    let path = try folder.write(Array(lines.joined(separator: "\r\n").utf8), "random.txt")
    #expect(try run("import", path).code == 0)
    let exported = try run("export").output
    #expect(exported.split(separator: "\n").count == 300)
    #expect(try run("import", "-", "--list", "copy", input: exported).code == 0)
    #expect(try run("export", "--list", "copy").output == exported)
  }

  @Test func listsOfTheConfigurationAndOfProjectsCount() throws {
    _ = try folder.write(Array("kubectl\nC#\n".utf8), "mine.txt")
    let work = "\(folder.path)/work/deep"
    try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
    _ = try folder.write(Array("# Ours\n\\#include\nnginx\tweight=2\n".utf8), "work/.terms")
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/config/utter", withIntermediateDirectories: true)
    _ = try folder.write(
      Array("vocabulary = { lists = [\"~/mine.txt\"], project_file = \".terms\" }".utf8),
      "config/utter/config.toml")
    let sources = try run("list", "--sources", "--directory", work).output
    let rows = sources.split(separator: "\n").map { $0.split(separator: "\t").prefix(2) }
    #expect(
      rows.prefix(2).map { $0.joined(separator: " ") } == [
        "\(folder.path)/work/.terms 2", "\(folder.path)/mine.txt 2",
      ])
    #expect(
      try run("export", "--project", "--directory", work).output == "\\#include\nnginx\tweight=2\n")
    let none = try run("export", "--project", "--directory", "/")
    #expect(none.code == 66 && none.errors.hasPrefix("utter: /: no list of a project"))
    #expect(try run("export", "--project", "--list", "x").code == 2)
  }

  @Test func whatWasDictatedSuggestsTerms() throws {
    let state = "\(folder.path)/state/utter"
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
    let entry = { (text: String, raw: String?) in
      let raw = raw.map { ",\"raw\":\"\($0)\"" } ?? ""
      return "{\"audio_ms\":1,\"id\":\"\(text.count)\",\"model\":\"m\",\"outcome\":\"done\","
        + "\"text\":\"\(text)\"\(raw),\"time\":\"2026-01-02T03:04:05Z\"}\n"
    }
    let lines = [
      entry("call parse dodo payload", nil), entry("Parse dodo payload!", "parse dodo payload"),
      entry("now cube contral it's", nil),
    ]
    _ = try folder.write(Array(lines.joined().utf8), "state/utter/history.jsonl")
    _ = try folder.write(Array("parseDodoPayload(parseDodoPayload)\n".utf8), "a.swift")
    let variables = [
      "HOME": folder.path, "XDG_CONFIG_HOME": "\(folder.path)/config",
      "XDG_STATE_HOME": "\(folder.path)/state",
    ]
    let suggest = { (arguments: [String]) in
      try CommandRunner.run(["vocabulary", "suggest"] + arguments, environment: variables)
    }
    #expect(try run("add", "kubectl", "--spoken", "cube control", "--list", "my-own").code == 0)
    let found = try suggest(["--source", folder.path])
    #expect(
      found.output == """
        2\tparseDodoPayload\tparse dodo payload
        \tutter vocabulary add parseDodoPayload
        1\tkubectl\tcube contral
        \tutter vocabulary add --spoken 'cube control' --spoken 'cube contral' --list my-own kubectl

        """)
    #expect(
      try suggest(["--source", folder.path, "--limit", "1", "--json"]).output.contains(
        "\"kind\" : \"unlisted\""))
    // The command does what it says, and then there is nothing more to say.
    let arguments = ["--spoken", "cube control", "--spoken", "cube contral", "--list", "my-own"]
    #expect(
      try CommandRunner.run(
        ["vocabulary", "add"] + arguments + ["kubectl"], environment: variables
      ).code == 0)
    #expect(try suggest(["--source", state, "--limit", "5"]).output == "")
    #expect(try suggest(["--source", "\(folder.path)/none"]).code == 66)
    #expect(try suggest(["--limit", "0"]).code == 2)
  }
}
