internal import Foundation
internal import System

/// What several runs printed of parts of the same recordings, to be joined to what one run would
/// have printed.
package struct PrintedTranscripts {
  /// What is wrong with what the runs printed.
  package enum Problem: Equatable, Sendable {
    /// A line is no transcript, as where a run was killed while it wrote.
    case unreadable(part: String, line: Int)
    /// A recording is in none.
    case missing(file: String)
    /// A recording is there more often than in the run.
    case double(file: String, part: String, other: String)
    /// A recording is none of the run.
    case unknown(file: String, part: String)
  }

  private struct Printed {
    let line: ArraySlice<UInt8>
    let part: String
    /// Seconds that were heard; nil where the format does not tell.
    let duration: Double?
  }

  /// Recordings, and where parts of them begin.
  private struct Key: Hashable {
    let name: FilePath
    var milliseconds = 0
  }

  private let format: OutputFormat
  private var printed: [Key: [Printed]] = [:]
  private var order: [Key] = []
  private var problems: [Problem] = []

  /// Nothing yet.
  ///
  /// - Parameter format: The format of all; nil is returned for those that cannot be joined.
  package init?(_ format: OutputFormat) {
    guard [.text, .json, .jsonl].contains(format) else { return nil }
    self.format = format
  }

  /// Takes in what one run printed.
  ///
  /// - Parameters:
  ///   - part: What it is called.
  ///   - bytes: What was printed.
  package mutating func add(_ part: String, _ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !isFrame(line) {
      let line = format == .json && line.last == UInt8(ascii: ",") ? line.dropLast() : line
      // What ends without a line break was cut short, but for an array's last line.
      let isWhole = format == .json || index < lines.count - 1
      guard isWhole, let (key, duration) = key(of: line) else {
        problems.append(.unreadable(part: part, line: index + 1))
        continue
      }
      if printed[key] == nil { order.append(key) }
      printed[key, default: []].append(Printed(line: line, part: part, duration: duration))
    }
  }

  /// Joins all.
  ///
  /// - Parameter inputs: The recordings of the run.
  /// - Returns: What the run would have printed, and what is wrong with it.
  package func joined(for inputs: [TranscriptionInput]) -> ([UInt8], [Problem]) {
    var (printed, problems, lines) = (printed, problems, [ArraySlice<UInt8>]())
    var used: [Key: Printed] = [:]
    for input in inputs {
      let key = key(of: input)
      guard let found = Self.take(&printed[key, default: []], for: input.part) else {
        problems.append(.missing(file: input.path))
        continue
      }
      lines.append(found.line)
      used[key] = found
    }
    for key in order {
      for left in printed[key] ?? [] {
        let file = key.name.spelling
        if let first = used[key] {
          problems.append(.double(file: file, part: left.part, other: first.part))
        } else {
          problems.append(.unknown(file: file, part: left.part))
        }
      }
    }
    return (text(lines), problems)
  }

  /// Takes the first of some, or where it is a part of a recording that one which is as long.
  private static func take(_ found: inout [Printed], for part: RecordingPart) -> Printed? {
    func difference(_ printed: Printed) -> Double {
      guard let wanted = part.duration, let heard = printed.duration else { return 0 }
      return abs(wanted - heard)
    }
    let best = found.indices.min { difference(found[$0]) < difference(found[$1]) }
    return best.map { found.remove(at: $0) }
  }

  /// Whether a line says nothing of a recording.
  private func isFrame(_ line: ArraySlice<UInt8>) -> Bool {
    line.isEmpty || format == .json && ["[", "]", "[]"].contains { line.elementsEqual($0.utf8) }
  }

  private func text(_ lines: [ArraySlice<UInt8>]) -> [UInt8] {
    guard format == .json else { return lines.flatMap { $0 + [UInt8(ascii: "\n")] } }
    guard !lines.isEmpty else { return Array("[]\n".utf8) }
    return Array("[\n".utf8) + lines.joined(separator: ",\n".utf8) + Array("\n]\n".utf8)
  }

  private func key(of input: TranscriptionInput) -> Key {
    let milliseconds = Int((input.part.offset * 1_000).rounded())
    switch format {
    case .text: return Key(name: FilePath(bytes: ListedName(input.path).bytes))
    case .jsonl:
      let given = input.manifestLine.flatMap { Line(Array($0.utf8)[...])?.name }
      return Key(name: FilePath(given ?? input.path), milliseconds: milliseconds)
    default: return Key(name: FilePath(input.path), milliseconds: milliseconds)
    }
  }

  private func key(of line: ArraySlice<UInt8>) -> (Key, Double?)? {
    guard format != .text else {
      guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
      return (Key(name: FilePath(bytes: line[..<tab])), nil)
    }
    guard let line = Line(line), let name = line.name else { return nil }
    let offset = max(0, min(line.offset ?? 0, 1e9))
    let key = Key(name: FilePath(name), milliseconds: Int((offset * 1_000).rounded()))
    return (key, line.duration)
  }

  /// What tells a recording in JSON.
  private struct Line: Decodable {
    var file: String?
    var audioFilepath: String?
    let offset: Double?
    let duration: Double?

    var name: String? { audioFilepath ?? file }

    init?(_ bytes: ArraySlice<UInt8>) {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      guard let line = try? decoder.decode(Line.self, from: Data(bytes)) else { return nil }
      self = line
    }
  }
}
