import Formatting
import Testing
import Vocabulary

/// Names in the case that a command says.
@Suite struct CasingTests {
  @Test(arguments: [
    ("snake user id", "user_id"),
    ("camel user id", "userId"),
    ("pascal user id", "UserId"),
    ("hammer user id", "UserId"),
    ("kebab user id", "user-id"),
    ("dotted user id", "user.id"),
    ("packed user id", "user::id"),
    ("smash user id", "userid"),
    ("constant max retry count", "MAX_RETRY_COUNT"),
    ("all caps api key", "API KEY"),
    ("dub string hello world", "\"hello world\""),
    ("camel case user id", "userId"),
    // The first word may have the capital of a sentence, and the last its mark.
    ("Snake user ID.", "user_id."),
    ("Set camel user ID, please", "Set userId, please"),
    // Letters one by one are a word.
    ("snake h t t p server", "http_server"),
    ("camel get u r l", "getUrl"),
    // Words that are spelled with marks.
    ("camel user-id", "userId"),
    ("snake don't care", "dont_care"),
  ]) func commands(_ said: String, _ written: String) {
    #expect(Saying(said).written(FormattingRules([.casing])) == written)
  }

  /// Where a name ends.
  @Test(arguments: [
    ("snake user id over is here", "user_id is here"),
    ("snake user id | is here", "user_id is here"),
    ("snake user id, is here", "user_id, is here"),
    ("snake user camel first name", "user firstName"),
    ("snake user id over.", "user_id."),
    ("camel a b c d e f over", "abcdef"),
    (
      "snake one two three four five six seven eight nine ten eleven twelve thirteen",
      "one_two_three_four_five_six_seven_eight_nine_ten_eleven_twelve thirteen"
    ),
    // Without a name there is no command.
    ("snake", "snake"), ("snake | user", "snake | user"), ("snake, user", "snake, user"),
    ("snake over there", "snake over there"), ("all caps", "all caps"),
  ]) func ends(_ said: String, _ written: String) {
    #expect(
      Saying(said).written(FormattingRules([.casing]))
        == written.replacing(" | ", with: " "))
  }

  @Test func marksEndNames() {
    let rules = FormattingRules([.casing, .symbols, .spelling])
    for (said, written) in [
      ("snake user id equals snake other id", "user_id = other_id"),
      ("snake user dot camel first name", "user.firstName"),
      ("camel get value open paren close paren", "getValue()"),
      ("snake key spell a b c", "key abc"),
    ] { #expect(Saying(said).written(rules) == written) }
  }

  /// No other rule takes words of a term.
  @Test func termsComeFirst() {
    let rules = FormattingRules(
      [.numbers, .symbols], replacements: ["big nine => 9"],
      terms: [Term("V92", spoken: ["nine two"], guard: .off)])
    for (said, written) in [
      ("eight five nine two", "85 V92"), ("three point nine two", "three point V92"),
      ("big nine two", "big V92"), ("eight five nine three", "8593"),
    ] { #expect(Saying(said).written(rules) == written) }
  }

  /// A command stands before a spelling of the list, and a term is a part of a name.
  @Test func termsInNames() {
    let rules = FormattingRules(
      [.casing], terms: [Term("user_id"), Term("kubectl", spoken: ["cube control"])])
    for (said, written) in [
      ("camel user id", "userId"),
      ("snake cube control config", "kubectl_config"),
      ("the cube control config", "the kubectl config"),
    ] { #expect(Saying(said).written(rules) == written) }
  }
}
