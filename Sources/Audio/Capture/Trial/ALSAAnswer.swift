/// An answer to an `ALSAQuestion`, or a part of one: texts that end with a zero each, and a line
/// end.
struct ALSAAnswer: Equatable {
  /// The texts.
  let texts: [String]

  /// What is asked about is as it should be.
  static let fine = ALSAAnswer(["fine"])

  init(_ texts: [String]) { self.texts = texts }

  /// Why a device cannot be used.
  init(_ error: AudioError) {
    guard case .device(_, let fault) = error else {
      self.init(["unusable", error.reason])
      return
    }
    switch fault {
    case .missing: self.init(["missing"])
    case .busy: self.init(["busy"])
    case .format: self.init(["format"])
    case .forbidden(let reason): self.init(["forbidden", reason])
    case .unusable(let reason): self.init(["unusable", reason])
    case .configuration(let reason): self.init(["configuration", reason])
    case .rate, .noWaiting, .noThread, .deadly, .endless:
      self.init(["unusable", fault.reason])
    }
  }

  /// The same, read; nil for another answer.
  var fault: DeviceFault? {
    switch (texts.first, texts.dropFirst().first) {
    case ("missing", nil): .missing
    case ("busy", nil): .busy
    case ("format", nil): .format
    case ("forbidden", let reason?): .forbidden(reason)
    case ("unusable", let reason?): .unusable(reason)
    case ("configuration", let reason?): .configuration(reason)
    default: nil
    }
  }

  /// What a device offers.
  init(_ abilities: CaptureDeviceInfo.Abilities?) {
    guard let abilities else {
      self.init([])
      return
    }
    let (rates, channels) = (abilities.rates, abilities.channels)
    let bounds = [
      rates.lowerBound, rates.upperBound, channels.lowerBound, channels.upperBound,
    ]
    self.init(bounds.map(String.init) + abilities.encodings.map(\.rawValue))
  }

  /// The same, read; nil for another answer.
  var abilities: CaptureDeviceInfo.Abilities? {
    let bounds = texts.prefix(4).compactMap(Int.init)
    guard bounds.count == 4, bounds[0] <= bounds[1], bounds[2] <= bounds[3] else { return nil }
    return CaptureDeviceInfo.Abilities(
      rates: bounds[0]...bounds[1], channels: bounds[2]...bounds[3],
      encodings: texts.dropFirst(4).compactMap(SampleEncoding.init))
  }

  /// As it is written.
  var bytes: [UInt8] { texts.flatMap { Array($0.utf8) + [0] } + [0x0A] }

  /// All that were written to their end.
  static func all(in bytes: [UInt8]) -> [ALSAAnswer] {
    var answers: [ALSAAnswer] = []
    var texts: [String] = []
    var rest = bytes[...]
    while let first = rest.first {
      if first == 0x0A {
        answers.append(ALSAAnswer(texts))
        texts = []
        rest.removeFirst()
        continue
      }
      guard let end = rest.firstIndex(of: 0) else { break }
      texts.append(String(decoding: rest[..<end], as: UTF8.self))
      rest = rest[(end + 1)...]
    }
    return answers
  }
}
