import Foundation
import TestSupport
import Testing

/// What callgrind counts of the engine while a program runs: instructions.
struct Callgrind {
  /// Instructions of the stages of `Recognizer.tokens(of:frames:continuing:)`, and of nothing
  /// around it.
  let counts: [String: Int]
  /// What the counts hang on beside the program's own sources.
  let tools: [String: String]

  /// The function that is counted, and the stages that are counted by themselves in it; symbols as
  /// the compiler writes them.
  private static let engine = "*11Recognition10RecognizerC6tokens2of6frames*YKF"
  private static let stages = [
    "features": "11Recognition13FastConformerC15extractFeatures",
    "encoder": "11Recognition13FastConformerC6encode",
  ]

  /// Counts one run of `utter` with a single thread and the kernels of AVX2.
  ///
  /// - Parameter arguments: Everything after `utter`.
  /// - Throws: When a tool is missing or fails.
  init(_ arguments: [String]) throws {
    (counts, tools) = try withTemporaryFolder { folder in
      let env = URL(filePath: "/usr/bin/env")
      // Valgrind gives up at the debugging information of Swift; the names stay.
      let (program, report) = (folder.appending(path: "utter"), folder.appending(path: "counts"))
      let stripping = try CommandRunner.run(
        ["strip", "--strip-debug", "-o", program.path, CommandRunner.program.path], of: env)
      try #require(stripping.code == 0, "\(stripping.errors)")
      let run = try CommandRunner.run(
        [
          "valgrind", "--tool=callgrind", "--callgrind-out-file=\(report.path)",
          "--toggle-collect=\(Self.engine)", program.path,
        ] + arguments, of: env,
        environment: [
          "UTTER_ISA": "avx2", "OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "1",
        ])
      try #require(run.code == 0 && run.output.count > 1, "\(run.errors)")
      let lines = try String(contentsOf: report, encoding: .utf8).split(separator: "\n")
      return (try Self.counts(lines), try Self.tools(lines, program))
    }
  }

  /// Reads a report: what each stage took with all that it called, the decoder being the rest.
  private static func counts(_ lines: [Substring]) throws -> [String: Int] {
    var stages: [Substring: String] = [:]
    var inclusive: [Substring: Int] = [:]
    var (total, callee, isCall): (Int?, Substring, Bool) = (nil, "", false)
    for line in lines {
      if line.hasPrefix("summary: ") {
        total = Int(line.dropFirst(9))
      } else if line.hasPrefix("fn=") || line.hasPrefix("cfn=") {
        // A function has its name where it is first met, and later its number alone.
        let words = line.drop { $0 != "(" }.split(separator: " ", maxSplits: 1)
        callee = words[0]
        if words.count == 2 {
          stages[callee] = Self.stages.first { words[1].contains($0.value) }?.key
        }
      } else if line.hasPrefix("calls=") {
        isCall = true
      } else if isCall {
        isCall = false
        let cost = line.split(separator: " ").last.flatMap { Int($0) } ?? 0
        if stages[callee] != nil { inclusive[callee, default: 0] += cost }
      }
    }
    // A function and the closures in it are several symbols; the outermost counts all.
    var counts: [String: Int] = [:]
    for (function, cost) in inclusive {
      guard let stage = stages[function] else { continue }
      counts[stage] = max(counts[stage, default: 0], cost)
    }
    let (features, encoder) = (try #require(counts["features"]), try #require(counts["encoder"]))
    counts["decoder"] = try #require(total) - features - encoder
    return counts
  }

  private static func tools(_ lines: [Substring], _ program: URL) throws -> [String: String] {
    let blas = lines.first { $0.contains("ob=") && $0.contains("openblas") }
    let library = try #require(blas?.split(separator: "/").last)
    return [
      "compiler": try compiler(of: program), "blas": String(library), "libc": libraryVersion(),
    ]
  }

  /// The C library, "glibc 2.36".
  private static func libraryVersion() -> String {
    var name = [UInt8](repeating: 0, count: 64)
    name.withUnsafeMutableBytes { bytes in
      _ = confstr(
        Int32(_CS_GNU_LIBC_VERSION), bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
        bytes.count)
    }
    return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// The compiler that built a program, as its section for comments names it.
  private static func compiler(of program: URL) throws -> String {
    let content = try Data(contentsOf: program, options: .alwaysMapped)
    let name = try #require(content.range(of: Data("clang version ".utf8)))
    return String(decoding: content[name.lowerBound...].prefix { $0 != 0 }, as: UTF8.self)
  }
}
