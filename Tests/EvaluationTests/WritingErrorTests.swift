import Evaluation
import Testing

/// Marks and capitals, apart from words.
@Suite struct WritingErrorTests {
  @Test func marksAreComparedBehindTheirWords() {
    let right = Compared.counts("Well, is it so? Yes!", "well, is it so? yes!")
    #expect(right.marks == 3)
    #expect(right.markErrors == 0)
    #expect(right.comparedMarks == 3)
    // One is missing, one another, and one too many.
    let wrong = Compared.counts("Well, is it so? Yes!", "Well is it, so. Yes!")
    #expect(wrong.marks == 3)
    #expect(wrong.markErrors == 3)
    #expect(wrong.comparedMarks == 4)
    // The mark goes with the word that is missing, or put in.
    let words = Compared.counts("Yes, it is.", "it is. now.")
    #expect(words.marks == 2)
    #expect(words.markErrors == 2)
    #expect(words.comparedMarks == 3)
  }

  @Test func marksThatNobodySaysDoNotCount() {
    let counts = Compared.counts("\"Main.rs\" (it's so) — 3.5 %", "main.rs it's so 3.5")
    #expect(counts.marks == 0)
    #expect(counts.markErrors == 0)
    #expect(counts.comparedMarks == 0)
  }

  @Test func capitalsOfRightWordsAreCompared() {
    let counts = Compared.counts("Open userId, Anna: 42", "open UserId Anna 42 now")
    #expect(counts.capitals == 3)
    #expect(counts.casedWords == 3)
    #expect(counts.caseErrors == 2)
    let other = Compared.counts("Open it", "Close it")
    #expect(other.casedWords == 1)
    #expect(other.caseErrors == 0)
  }

  @Test func whatIsSaidWithoutMarksTellsNothingOfThem() throws {
    let report = Compared.report([Compared.recording(0, "open the file", ["Open the file."])])
    let score = try #require(report.groups.first?.scores.first)
    #expect(score.punctuation == nil)
    #expect(score.capitals == nil)
    let marked = Compared.report([Compared.recording(0, "Open the file.", ["open the file,"])])
    let other = try #require(marked.groups.first?.scores.first)
    #expect(other.punctuation?.value == 1)
    #expect(other.capitals?.value == 1.0 / 3)
  }
}
