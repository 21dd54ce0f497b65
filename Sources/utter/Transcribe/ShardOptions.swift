import ArgumentParser
import System
import Transcription

/// Runs that several machines do together.
struct ShardOptions: ParsableArguments {
  @Option(
    name: .customLong("shard"),
    help: ArgumentHelp(
      "Hear only part I of N, all of which last about as long. auto takes both from the "
        + "environment of Slurm's job arrays or AWS Batch, auto/N the number also from that of "
        + "Kubernetes' indexed jobs or Nomad.", valueName: "I/N"))
  var choice: ShardOption?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Hear nothing, but join what such runs printed of the recordings, and say what is missing or "
        + "double; with the same --format: text, json, or jsonl.", valueName: "file"))
  var merge: [String] = []

  /// The part that this is, if there are several.
  ///
  /// - Throws: `ValidationError` where the environment does not tell.
  func shard() throws -> Shard? {
    try choice?.shard { Environment.value(of: $0) }
  }
}

/// What `--shard` takes.
enum ShardOption: Equatable, ExpressibleByArgument {
  case given(Shard)
  /// Whichever the environment says; of so many, where that does not say it.
  case automatic(count: Int?)

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
    if parts.first == "auto" {
      guard parts.count <= 2 else { return nil }
      let count = parts.count == 2 ? Self.number(parts[1]) : nil
      guard parts.count == 1 || count.map({ 1...Shard.most ~= $0 }) == true else { return nil }
      self = .automatic(count: count)
    } else {
      guard parts.count == 2, let number = Self.number(parts[0]),
        let count = Self.number(parts[1]), let shard = Shard(number, of: count)
      else { return nil }
      self = .given(shard)
    }
  }

  private static func number(_ text: Substring) -> Int? {
    text.allSatisfy { ("0"..."9").contains($0) } ? Int(text) : nil
  }

  /// The part that this is.
  ///
  /// - Parameter variable: Gives variables of the environment.
  /// - Returns: The part.
  /// - Throws: `ValidationError` where they do not tell.
  func shard(_ variable: (String) -> String?) throws -> Shard {
    switch self {
    case .given(let shard): return shard
    case .automatic(let count): return try Self.shard(of: count, variable)
    }
  }

  private static func shard(of count: Int?, _ variable: (String) -> String?) throws -> Shard {
    let found = Scheduler.all.filter { variable($0.index) != nil }
    guard let scheduler = found.first else {
      let names = Scheduler.all.map(\.index).joined(separator: ", ")
      throw ValidationError("--shard auto: none of \(names) is set; give --shard I/N")
    }
    guard found.count == 1 else {
      let names = found.map(\.index).joined(separator: " and ")
      throw ValidationError("--shard auto: both \(names) are set; give --shard I/N")
    }
    return try scheduler.shard(of: count, variable)
  }
}

/// A program that starts the same command on many machines, and tells each which one it is.
private struct Scheduler {
  let index: String
  /// What the first is called, where it is not 0.
  var first: String?
  var count: String?
  /// How much each is called more than the one before, where it is not 1.
  var step: String?

  static let all = [
    Scheduler(
      index: "SLURM_ARRAY_TASK_ID", first: "SLURM_ARRAY_TASK_MIN", count: "SLURM_ARRAY_TASK_COUNT",
      step: "SLURM_ARRAY_TASK_STEP"),
    Scheduler(index: "JOB_COMPLETION_INDEX"),
    Scheduler(index: "AWS_BATCH_JOB_ARRAY_INDEX", count: "AWS_BATCH_JOB_ARRAY_SIZE"),
    Scheduler(index: "NOMAD_ALLOC_INDEX"),
  ]

  func shard(of given: Int?, _ variable: (String) -> String?) throws -> Shard {
    func number(_ name: String) throws -> Int {
      guard let text = variable(name), let number = Int(text), 0...Int(Int32.max) ~= number else {
        throw ValidationError(
          "--shard auto: \(name) is \(variable(name)?.printable ?? "not set"), not a number")
      }
      return number
    }
    let start = try first.map(number) ?? 0
    let step = try step.flatMap { variable($0) == nil ? nil : try number($0) } ?? 1
    let (place, rest) = (try number(index) - start).quotientAndRemainder(dividingBy: max(1, step))
    let told = try count.map(number)
    guard let count = given ?? told else {
      throw ValidationError("--shard auto: \(index) does not say of how many; give --shard auto/N")
    }
    if let told, told != count {
      throw ValidationError("--shard auto/\(count): there are \(told) by the environment")
    }
    guard rest == 0, let shard = Shard(place + 1, of: count) else {
      throw ValidationError(
        "--shard auto: \(index) is none of \(count) in a row; give --shard I/N")
    }
    return shard
  }
}
