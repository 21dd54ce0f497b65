import Formatting
import Testing

/// Numbers in digits.
@Suite struct NumberTests {
  @Test(arguments: [
    // Cardinals.
    ("twenty", "20"), ("twenty-one", "21"), ("twenty one dogs", "21 dogs"),
    ("Twelve men", "12 men"),
    ("two hundred and five", "205"), ("a hundred and five", "105"), ("five thousand", "5000"),
    ("two thousand twenty six", "2026"), ("one million two hundred thousand", "1200000"),
    ("five million people", "5 million people"), ("nineteen hundred", "1900"),
    ("ninety nine, one hundred", "99, 100"), ("one hundred two hundred", "100 200"),
    // Small numbers are words of prose.
    ("five dogs", "five dogs"), ("one", "one"), ("version two", "version 2"),
    ("port eight", "port 8"),
    // Strings of digits, pairs and years.
    ("one two seven", "127"), ("eight oh eight oh", "8080"), ("eighty eighty", "8080"),
    ("port eighty eighty", "port 8080"), ("nineteen eighty four", "1984"),
    ("twenty twenty six", "2026"), ("one twenty seven", "127"), ("five fifty", "550"),
    // Decimals, versions and addresses.
    ("three point one four", "3.14"), ("zero point five percent", "0.5%"),
    ("version one dot two dot three", "version 1.2.3"), ("v two point one", "v2.1"),
    ("one twenty seven dot zero dot zero dot one", "127.0.0.1"), ("three point oh five", "3.05"),
    ("two point five million", "2.5 million"), ("three point eleven", "3.11"),
    ("five percent", "5%"), ("five per cent", "5%"), ("5 percent", "5%"), ("2 point 3", "2.3"),
    ("three point", "three point"), ("minus five degrees", "-5 degrees"),
    ("ten minus five", "10 minus five"),
    // Hexadecimal numbers.
    ("zero x f f", "0xff"), ("zero x one f four a", "0x1f4a"), ("zero x ff", "0xff"),
    // Times of the day.
    ("three thirty p m", "3:30 pm"), ("five a.m.", "5 am."), ("at ten oh five", "at 10:05"),
    ("at three thirty", "at 3:30"), ("five o'clock", "5 o'clock"), ("eleven pm", "11 pm"),
    // Dates.
    ("march third", "March 3"), ("March third, twenty twenty six", "March 3, 2026"),
    ("march three twenty twenty six", "March 3, 2026"),
    ("the third of march", "the 3rd of March"),
    (
      "twenty first of june two thousand one",
      "21st of June 2001"
    ), ("november twenty seven", "November 27"),
    ("twenty twenty six dash eleven dash oh two", "2026-11-02"),
    ("may third", "May 3"), ("may three of them", "may three of them"),
    // What is no number.
    ("hundred", "hundred"), ("a hundred", "a hundred"), ("and", "and"), ("5", "5"), ("1 2", "1 2"),
    ("twenty second delay", "20 second delay"), ("zero", "zero"),
    (
      "nine hundred ninety nine trillion nine hundred ninety nine billion trillion trillion",
      "nine hundred ninety nine trillion nine hundred ninety nine billion trillion trillion"
    ),
  ]) func numbers(_ said: String, _ written: String) {
    #expect(Saying(said).written(FormattingRules([.numbers])) == written)
  }

  /// Behind a mark of a program a number is meant.
  @Test func symbols() {
    let rules = FormattingRules([.numbers, .symbols])
    for (said, written) in [
      ("x equals five", "x = 5"), ("x open bracket zero close bracket", "x[0]"),
      ("x equals minus one", "x = -1"), ("x minus five", "x - 5"),
    ] { #expect(Saying(said).written(rules) == written) }
  }
}
