import ArgumentParser
import Audio

/// What `--channels` takes.
enum ChannelOption: Equatable, ExpressibleByArgument {
  case mix, split
  case one(Int)

  init?(argument: String) {
    switch argument {
    case "mix": self = .mix
    case "split": self = .split
    case "left": self = .one(1)
    case "right": self = .one(2)
    default:
      guard let number = Int(argument), number > 0 else { return nil }
      self = .one(number)
    }
  }

  static var allValueStrings: [String] { ["mix", "left", "right", "split"] }

  var defaultValueDescription: String { "mix" }

  /// What is read of a recording; of each channel by itself, the first to begin with.
  var choice: RecordingChoice.Channels {
    switch self {
    case .mix: .mix
    case .split: .one(1)
    case .one(let number): .one(number)
    }
  }
}

/// What `--track` takes.
struct TrackOption: ExpressibleByArgument {
  let choice: RecordingChoice.Track

  init?(argument: String) {
    if let number = Int(argument) {
      guard number > 0 else { return nil }
      choice = .number(number)
    } else {
      guard (2...8).contains(argument.count), argument.allSatisfy(\.isLetter) else { return nil }
      choice = .language(argument.lowercased())
    }
  }
}
