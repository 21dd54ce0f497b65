import Formatting
import Testing

/// Prose that sounds like commands.
@Suite struct TrapTests {
  private static let traps = [
    "a new line of products", "a period of time", "the camel", "the snake in the grass",
    "hammer", "he has a hammer in his hand", "a constant pressure", "the string quartet",
    "open the string quartet", "I saw the camel and the snake",
    "a trial period of two weeks", "the new line of products", "an itch that I want to scratch",
    "I had to scratch that itch", "the spell was broken", "a spell check", "spell it",
    "one of them", "no one else", "the second one", "the first of all", "may I come in",
    "they march five miles", "a hundred times", "many hundred people", "to the point",
    "I am here", "oh no", "a comma here", "the dot on the i", "my arrow", "every dash",
    "the x marks the spot", "over there", "all good", "no problem at all",
  ]

  @Test(arguments: traps + ["open bracket racing", "snake user id comma um five point six"])
  func defaultsChangeNothing(_ prose: String) {
    #expect(Saying(prose).written(FormattingRules()) == prose)
  }

  /// Even where every rule is on, words that stand as nouns do are none.
  @Test(arguments: traps) func rulesKnowProse(_ prose: String) {
    #expect(Saying(prose).written(.everything) == prose)
  }
}
