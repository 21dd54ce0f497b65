extension Sentence {
  /// Sentences for about five minutes: names of programs, numbers, commands and prose by turns, so
  /// that whoever ends early has some of each.
  package static let builtIn: [Sentence] = {
    let kinds = [
      ("prose", prose), ("identifier", identifiers), ("number", numbers), ("command", commands),
    ]
    let most = kinds.map(\.1.count).max() ?? 0
    return (0..<most).flatMap { index in
      kinds.compactMap { kind, lines in
        guard index < lines.count else { return nil }
        let columns = lines[index].split(separator: "|").map(String.init)
        return Sentence(columns[0], kind: kind, terms: Array(columns.dropFirst()))
      }
    }
  }()

  private static let prose = [
    "Let me explain what I would like to change, and why.",
    "The train was late again, so I walked along the river instead.",
    "Could you send me the notes of yesterday's meeting before lunch?",
    "I don't think that this is the right place for such a check.",
    "When the rain stopped, the children ran out into the garden.",
    "Please rename the function, then run all tests once more.",
    "She asked whether the report had already been printed.",
    "It's a small mistake, but it took us three days to find it.",
    "We should write down what we have decided, or we'll forget it.",
    "Nobody knew exactly how long the old bridge would hold.",
    "First comes the reader, then the parser, and last of all the writer.",
    "What happens if the disk is full while the file is being written?",
  ]

  /// Names behind a line are its terms, spelled as they are to be written.
  private static let identifiers = [
    "Rename userId to accountId in all of these files.|userId|accountId",
    "The function parseHeader returns nil when the line is empty.|parseHeader",
    "Add a test for max_retry_count in the settings.|max_retry_count",
    "Why does getUserByName ask the database twice?|getUserByName",
    "Set isVisible to false before the window is closed.|isVisible",
    "The class HTTPServer has a method called startListening.|HTTPServer|startListening",
    "Move file_name and file_size into one structure.|file_name|file_size",
    "Call onError where readNextChunk fails.|onError|readNextChunk",
  ]

  private static let numbers = [
    "The answer is forty two, not twenty four.",
    "My number is zero one seven six, five five three, eight nine one two.",
    "It took three point seven seconds on the twenty first of March.",
    "In nineteen eighty four the town had eleven thousand five hundred people.",
    "Port eight thousand eighty is taken; use nine thousand and one.",
    "Two thirds of the sixty four tests passed at half past ten.",
    "The room is six metres long, four metres wide and two and a half metres high.",
    "Raise the limit from one hundred and twenty eight to two hundred and fifty six.",
  ]

  private static let commands = [
    "Open the terminal and show me the last commit.",
    "Go to line ninety and delete the next two lines.",
    "Undo that, and select the whole paragraph.",
    "Run the build again, but without the cache.",
    "Scroll down to the end of the page.",
    "Copy this line and paste it below the import.",
    "Close the window on the left and split the other one.",
    "Search for the word error and replace it by failure.",
  ]
}
