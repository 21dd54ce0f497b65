import ArgumentParser
import Audio
import Evaluation
import Foundation
import Service
import System

/// The page of a comparison, on the disk.
struct ReportFile {
  private let path: String

  /// Seconds of a recording that are put into the page.
  private static let longest = 60.0
  private static let rate = 16_000.0
  /// Bytes of all recordings in the page together, which browsers open without delay.
  private static let room = 24 << 20

  /// Looks whether a page can be written there, before hours of work.
  ///
  /// - Throws: `Failure` where it cannot.
  init(_ path: String) throws(Failure) {
    self.path = path
    if (try? FileStatus(of: path))?.kind == .directory {
      throw Failure("\(path): is a directory", hint: "name a file in it", code: .unavailable)
    }
    let folder = FilePath(path).folder?.spelling ?? "."
    do throws(Errno) { try requireAccess(folder, W_OK | X_OK) } catch {
      throw Failure(
        "\(path): cannot be written: \(folder): \(error)",
        hint: "name a file in a folder that you may write to", code: .unavailable)
    }
  }

  /// Writes the page, which nobody else may read: it holds what was said.
  ///
  /// - Parameters:
  ///   - report: What was found.
  ///   - evaluated: The recordings.
  ///   - problems: What took no part.
  /// - Throws: `Failure` where it cannot be written.
  func write(
    _ report: ComparisonReport, _ evaluated: EvaluatedSet, leftOut problems: [String]
  ) throws {
    var page = ReportPage(report)
    page.about = [
      ("recordings", evaluated.path), ("program", "utter \(Program.version)"),
      ("processor", Self.processor), ("made", Date.now.formatted(.iso8601)),
    ]
    page.problems = problems
    var room = Self.room
    page.audio = { recording in
      guard room > 0 else { return nil }
      let clip = Self.clip(of: evaluated.recordings[recording.number].entry)
      room -= clip?.count ?? 0
      return clip
    }
    do throws(Errno) {
      try replaceFile(path, with: Array(page.markup.utf8), mode: 0o600)
    } catch {
      throw Failure(
        "\(path): cannot be written: \(error)", hint: "check that there is room",
        code: .unavailable)
    }
  }

  private static var processor: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }

  /// A recording, or the part of it that counts, as a WAV file; nil where it cannot be read.
  private static func clip(of entry: ManifestEntry) -> [UInt8]? {
    guard let samples = try? AudioFile(path: entry.recording).readAll() else { return nil }
    let start = min(samples.count, Int(entry.offset * rate))
    let seconds = min(entry.duration ?? longest, longest)
    let end = min(samples.count, start + Int(seconds * rate))
    return WaveFile.bytes(samples[start..<end])
  }
}
