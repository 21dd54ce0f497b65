import Audio
import Evaluation
import Foundation
import Service
import System

/// Shows sentences, and records how they are read aloud, as long as the user wants.
struct ReadingSession {
  /// ALSA's name of the microphone.
  let device: String
  /// Who reads; nil where nobody asked.
  let speaker: String?
  /// What the user answers.
  let answers: AnswerReader

  /// What the user wants.
  private enum Answer {
    case yes, again, skip, end
  }

  private static let rate = 16_000
  /// Samples of the longest recording: two minutes.
  private static let most = 120 * rate
  /// Samples after the key, for the last word is often not over.
  private static let tail = rate * 3 / 10

  /// Records sentences until all are there, or the user ends it.
  ///
  /// - Parameters:
  ///   - sentences: What to read; what is recorded already is passed over.
  ///   - folder: Where recordings go.
  /// - Throws: `Failure` or `AudioError` where nothing can be recorded.
  func record(_ sentences: [Sentence], into folder: inout TestSetFolder) throws {
    let left = sentences.filter { !folder.sentences.contains($0.text) }
    say("\(folder.path): \(sentences.count - left.count) of \(sentences.count) are recorded")
    for (index, sentence) in left.enumerated() {
      say("\n\(sentences.count - left.count + index + 1)/\(sentences.count)  \(sentence.text)")
      switch try read(sentence, into: &folder) {
      case .end: return
      default: continue
      }
    }
    say("\nall are recorded: utter evaluate \(folder.manifest)")
  }

  private func read(_ sentence: Sentence, into folder: inout TestSetFolder) throws -> Answer {
    while true {
      let wish = answer("Enter records, s skips it, q ends: ")
      guard wish == .yes || wish == .again else { return wish }
      let samples = try listen()
      guard samples.contains(where: { $0 != 0 }) else {
        say("nothing but silence came from \(device): is the microphone on?")
        continue
      }
      switch answer("Enter keeps it, r records it again, s skips it, q ends: ") {
      case .yes:
        try folder.keep(samples, sentence, speaker: speaker, wave: WaveFile.bytes(samples))
        return .yes
      case .again: continue
      case .skip: return .skip
      case .end: return .end
      }
    }
  }

  /// Records until Enter, and a little longer.
  private func listen() throws -> [Float] {
    let capture = try Capture(device: device, after: DeviceTrial())
    defer { capture.stop() }
    say("recording; Enter ends it")
    let bar = LevelBar(width: 50)
    let isShown = isatty(STDERR_FILENO) == 1
    var samples: [Float] = []
    var end = Self.most
    while samples.count < end, !capture.ring.isClosed {
      if end == Self.most, answers.isThere {
        _ = answers.line()
        end = min(Self.most, samples.count + Self.tail)
      }
      _ = capture.ring.wait(for: 1, timeout: .milliseconds(100))
      take(&samples, from: capture.ring)
      let level = capture.statistics
      if isShown {
        printToStandardError("\r\(bar.line(rms: level.rms, peak: level.peak))\u{1B}[K")
      }
    }
    if isShown { printToStandardError("\r\u{1B}[K") }
    return Array(samples.prefix(end))
  }

  private func take(_ samples: inout [Float], from ring: SampleRing) {
    let count = ring.availableCount
    guard count > 0 else { return }
    samples += [Float](unsafeUninitializedCapacity: count) { room, filled in
      filled = ring.read(into: UnsafeMutableBufferPointer(rebasing: room[..<count]))
    }
  }

  private func answer(_ question: String) -> Answer {
    while true {
      try? StandardStream.output.write(question.utf8)
      switch answers.line() {
      case "": return .yes
      case "r": return .again
      case "s": return .skip
      case "q", nil: return .end
      default: continue
      }
    }
  }

  private func say(_ text: String) {
    try? StandardStream.output.write((text.printableLines + "\n").utf8)
  }
}
