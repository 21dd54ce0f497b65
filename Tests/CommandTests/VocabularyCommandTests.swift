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
}
