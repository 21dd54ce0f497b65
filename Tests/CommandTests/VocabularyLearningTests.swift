import Foundation
import TestSupport
import Testing

/// `utter vocabulary learn` and `tune`, with a home folder of their own.
@Suite struct VocabularyLearningTests {
  private static let audio = Fixtures.committed.appending(path: "audio").path

  private let folder: TemporaryFolder
  private var list: String { "\(folder.path)/config/utter/vocabulary/terms.txt" }

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: [String]) throws -> CommandRunner.Outcome {
    try CommandRunner.run(
      arguments,
      environment: [
        "HOME": folder.path, "XDG_CONFIG_HOME": "\(folder.path)/config",
        "XDG_STATE_HOME": "\(folder.path)/state",
      ])
  }

  private func learn(_ term: String, _ names: String..., list: String? = nil) throws
    -> CommandRunner.Outcome
  {
    try run(
      ["vocabulary", "learn", term] + (list.map { ["--list", $0] } ?? [])
        + names.map { "\(Self.audio)/\($0).flac" })
  }

  private func text() throws -> String { try String(contentsOfFile: list, encoding: .utf8) }

  /// What was heard becomes a way to say the term, and the next time the term is written.
  @Test func whatIsHeardIsLearned() throws {
    #expect(try run(["vocabulary", "add", "threeFiveNineTwo", "--weight", "2"]).code == 0)
    let heard = try learn("threeFiveNineTwo", "digits_13", "digits_12", "digits_13")
    #expect(heard.code == 0, "\(heard.errors)")
    #expect(
      heard.output == """
        eight five nine two\t2\tlearned
        two seven nine zero eight five zero\t1\tfewer

        """)
    #expect(heard.errors.contains("terms: threeFiveNineTwo\\tspoken=eight five nine two"))
    #expect(try text() == "threeFiveNineTwo\tspoken=eight five nine two\tweight=2\n")
    #expect(
      try run(["transcribe", "\(Self.audio)/digits_13.flac"]).output == "threeFiveNineTwo\n")
    // There is nothing left to learn.
    let again = try learn("threeFiveNineTwo", "digits_13")
    #expect(again.code == 0 && again.output == "eight five nine two\t1\tknown\n")
    #expect(try text() == "threeFiveNineTwo\tspoken=eight five nine two\tweight=2\n")
  }

  /// A term that no list has goes into one; two recordings may teach two ways.
  @Test func newTerms() throws {
    let heard = try learn("myNumber", "digits_13", "digits_12", list: "other")
    #expect(heard.code == 0, "\(heard.errors)")
    let other = "\(folder.path)/config/utter/vocabulary/other.txt"
    #expect(
      try String(contentsOfFile: other, encoding: .utf8)
        == "myNumber\tspoken=eight five nine two\tspoken=two seven nine zero eight five zero\n")
  }

  @Test func whatIsNotLearned() throws {
    // What another term says.
    #expect(try run(["vocabulary", "add", "eightFiveNineTwo"]).code == 0)
    let other = try learn("threeFiveNineTwo", "digits_13")
    #expect(other.code == 65 && other.output == "eight five nine two\t1\tother eightFiveNineTwo\n")
    #expect(other.errors.contains("threeFiveNineTwo: is heard as another term"))
    // Ordinary English.
    let english = try learn("sevenForAte", "digits_06")
    #expect(english.code == 65 && english.output == "seven four eight\t1\tenglish\n")
    #expect(english.errors.contains("--guard off"))
    // Nothing that recordings agree on.
    let three = try learn("mixedUp", "digits_06", "digits_02", "digits_12")
    #expect(three.code == 65 && three.errors.contains("each recording says something else"))
    #expect(try text() == "eightFiveNineTwo\n")
    let silence = try folder.write(
      Array(Wave(floats: [Float](repeating: 0, count: 16_000)).bytes()), "s.wav")
    let nothing = try run(["vocabulary", "learn", "kubectl", silence])
    #expect(nothing.code == 65 && nothing.errors.contains("nothing is heard"))
    #expect(try run(["vocabulary", "learn", "kubectl", "\(folder.path)/none.wav"]).code == 66)
    #expect(try run(["vocabulary", "learn", "a\nb", silence]).code == 2)
  }

  // MARK: - Floors

  private struct Tuned: Decodable {
    struct Row: Decodable {
      let caution: String
      let wrong, right, floor, wrong_left, right_left: Int
    }

    let floor, recordings, without_words: Int
    let caution: String
    let cautions: [Row]
    let wrong: [Wrong]

    struct Wrong: Decodable {
      let term: String
      let margin: Float
    }
  }

  private func tune(_ text: String?, _ arguments: String...) throws -> CommandRunner.Outcome {
    let field = text.map { ", \"text\": \"\($0)\"" } ?? ""
    let line = "{\"audio_filepath\": \"\(Self.audio)/digits_13.flac\"\(field)}\n"
    let manifest = try folder.write(Array(line.utf8), "mine.jsonl")
    return try run(
      ["vocabulary", "tune", manifest, "--vocabulary", "threeFiveNine"] + arguments)
  }

  /// A term that nobody says is gone with the floor, and stays where somebody says it.
  @Test func floorsKeepFalseTermsAway() throws {
    #expect(try run(["config", "set", "vocabulary.caution", "eager"]).code == 0)
    let unsaid = try JSONDecoder().decode(
      Tuned.self, from: Data(tune(nil, "--json").output.utf8))
    #expect(unsaid.recordings == 1 && unsaid.without_words == 1 && unsaid.caution == "eager")
    #expect(unsaid.wrong.map(\.term) == ["threeFiveNine"])
    let eager = try #require(unsaid.cautions.first { $0.caution == "eager" })
    #expect(eager.wrong == 1 && eager.right == 0 && eager.wrong_left == 0)
    #expect(Float(unsaid.floor) >= unsaid.wrong[0].margin && unsaid.floor == eager.floor)
    let said = try JSONDecoder().decode(
      Tuned.self, from: Data(tune("threeFiveNine two", "--json").output.utf8))
    #expect(said.floor == 0 && said.wrong.isEmpty)
    #expect(said.cautions.first { $0.caution == "eager" }?.right_left == 1)
    // Nothing is written unless somebody wants it.
    let shown = try tune(nil)
    #expect(shown.code == 0 && shown.output.contains("wrong with eager"))
    #expect(shown.errors.contains("--write sets vocabulary.floor = \(unsaid.floor)"))
    let audio = "\(Self.audio)/digits_13.flac"
    let transcribe = ["transcribe", audio, "--vocabulary", "threeFiveNine"]
    #expect(try run(transcribe).output == "threeFiveNine two\n")
    #expect(try tune(nil, "--write").code == 0)
    let settings = try run(["config", "show"]).output
    #expect(settings.contains("floor = \(unsaid.floor)"))
    #expect(try run(transcribe).output == "eight five nine two\n")
  }

  @Test func whatCannotBeTuned() throws {
    let none = try run(["vocabulary", "tune"])
    #expect(none.code == 66 && none.errors.contains("the history keeps no recordings"))
    #expect(try run(["vocabulary", "tune", "--rate", "-1"]).code == 2)
    #expect(try run(["vocabulary", "tune", "\(folder.path)/none.jsonl"]).code == 66)
  }
}
