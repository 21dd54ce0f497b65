internal import Foundation

/// The JSON object on a line of a manifest.
struct ManifestObject {
  let recording: String
  let offset: Double
  let duration: Double?
  let text: String
  let vocabulary: [String]
  let fields: [String: String]
  /// The line, with names as all rooms spell them.
  let json: String

  /// Seconds that a recording may have: a year.
  private static let credible = 0...31_536_000.0

  /// Reads a line.
  ///
  /// - Throws: `EvaluationError.line` with the field that is wrong.
  init(
    _ line: Substring, line number: Int, path: String, needsText: Bool
  ) throws(EvaluationError) {
    json = Self.spelled(line)
    do {
      let raw = try JSONDecoder().decode(Raw.self, from: Data(json.utf8))
      recording = try raw.required("audio_filepath")
      text = needsText || raw.values["text"] != nil ? try raw.required("text") : ""
      offset = try raw.seconds("offset") ?? 0
      duration = try raw.seconds("duration")
      vocabulary = try raw.list("vocabulary")
      fields = raw.values.compactMapValues(\.shown)
    } catch let mistake as Mistake {
      throw .line(path: path, number: number, reason: mistake.reason)
    } catch {
      throw .line(path: path, number: number, reason: "is no JSON object")
    }
    if recording.isEmpty || recording.utf8.contains(0) {
      throw .line(path: path, number: number, reason: "\"audio_filepath\" is no name of a file")
    }
  }

  /// A line in which no name is broken.
  ///
  /// Python writes a byte of a name that is no UTF-8 as half a pair, `\udc80` … `\udcff`, which no
  /// text can hold. It becomes the private character U+10FE00 plus the byte, as everywhere.
  private static func spelled(_ line: Substring) -> String {
    guard line.utf8.contains(UInt8(ascii: "\\")) else { return String(line) }
    let escape =
      #/
      \\\\
      | \\u[dD][89abAB][0-9a-fA-F]{2} \\u[dD][c-fC-F][0-9a-fA-F]{2}
      | \\u[dD][cC]([89a-fA-F][0-9a-fA-F])
      /#
    return String(line).replacing(escape) { match -> String in
      guard let byte = match.1.flatMap({ UInt32($0, radix: 16) }) else { return String(match.0) }
      // A pair again: the halves of U+10FE00 and what follows it.
      return "\\udbff\\u" + String(0xDE00 + byte, radix: 16)
    }
  }

  /// Why a field is not what it should be.
  private struct Mistake: Error {
    let reason: String
  }

  private struct Raw: Decodable {
    let values: [String: Value]

    init(from decoder: any Decoder) throws {
      values = try decoder.singleValueContainer().decode([String: Value].self)
    }

    func required(_ name: String) throws -> String {
      guard let value = values[name] else { throw Mistake(reason: "has no \"\(name)\"") }
      guard case .text(let text) = value else {
        throw Mistake(reason: "\"\(name)\" is no text")
      }
      return text
    }

    func seconds(_ name: String) throws -> Double? {
      switch values[name] {
      case nil, .null: return nil
      case .number(let number) where ManifestObject.credible.contains(number): return number
      default: throw Mistake(reason: "\"\(name)\" is no number of seconds")
      }
    }

    func list(_ name: String) throws -> [String] {
      switch values[name] {
      case nil, .null: return []
      case .list(let list): return list
      default: throw Mistake(reason: "\"\(name)\" is no list of texts")
      }
    }
  }

  /// A value, as far as manifests need it.
  private enum Value: Decodable {
    case text(String)
    case number(Double)
    case list([String])
    case null
    case other

    /// A text or a number as people write it; nil for what is neither.
    var shown: String? {
      switch self {
      case .text(let text): text
      case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
      case .list, .null, .other: nil
      }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      self =
        if container.decodeNil() {
          .null
        } else if let text = try? container.decode(String.self) {
          .text(text)
        } else if let number = try? container.decode(Double.self) {
          .number(number)
        } else if let list = try? container.decode([String].self) {
          .list(list)
        } else {
          .other
        }
    }
  }
}
