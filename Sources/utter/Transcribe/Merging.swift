import ArgumentParser
import System
import Transcription

extension TranscribeCommand {
  /// Bytes of what a run printed.
  private static let largestPart = 8 << 30

  /// Prints what several runs printed as one would have, and tells what is wrong with it.
  func merge(_ collection: InputCollection) throws {
    guard outputs.formats.count == 1, var printed = PrintedTranscripts(outputs.formats[0]) else {
      throw ValidationError("--merge joins text, json and jsonl")
    }
    let cuts = collection.inputs.contains { $0.part != RecordingPart() }
    guard outputs.formats != [.text] || !cuts else {
      throw ValidationError("text does not tell parts of a recording apart; use jsonl")
    }
    for part in shards.merge {
      printed.add(
        part,
        try requireInput(
          part, limit: Self.largestPart,
          hint: "name files that `utter transcribe --shard` printed"))
    }
    let (text, problems) = printed.joined(for: collection.inputs)
    try OutputFile.print(text)
    for failure in collection.failures { report(Failure(any: failure)) }
    for problem in problems { tell(problem.sentence) }
    if !problems.isEmpty || !collection.failures.isEmpty { throw ExitCode.someFailed }
  }
}

extension PrintedTranscripts.Problem {
  /// What is wrong, for the user.
  fileprivate var sentence: String {
    switch self {
    case .unreadable(let part, let line): "\(part): line \(line) is no whole transcript"
    case .missing(let file): "\(file): is missing"
    case .double(let file, let part, let other) where part == other:
      "\(file): is double in \(part)"
    case .double(let file, let part, let other):
      "\(file): is double, in \(other) and \(part)"
    case .unknown(let file, let part):
      "\(file): is in \(part), and none of the recordings"
    }
  }
}
