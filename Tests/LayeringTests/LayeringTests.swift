import Foundation
import TestSupport
import Testing

/// Who may import whom: the arrows between targets point one way.
@Suite struct LayeringTests {
  /// Targets of this package, and packages and C libraries, that each target may import.
  private static let dependencies: [String: Set<String>] = [
    "System": ["CLinux"],
    "TOML": [],
    "Kernels": ["CKernels", "COpenBLAS"],
    "Checkpoint": ["Kernels", "System", "CZlib", "Yams"],
    "Models": ["Checkpoint", "Kernels", "System", "TOML", "CCatalog", "CCrypto"],
    "Recognition": ["Kernels", "Checkpoint"],
    "Vocabulary": ["CWords", "System"],
    "Formatting": ["Recognition", "Vocabulary", "System"],
    "Evaluation": ["CSpellings"],
    "Dictation": ["Recognition", "Formatting"],
    "Audio": ["CALSA", "CMPG123", "CSndFile", "CSoxr", "System"],
    "Transcription": [
      "Formatting", "Recognition", "Models", "Checkpoint", "Audio", "System",
    ],
    "Service": [
      "Dictation", "Transcription", "Formatting", "Vocabulary", "Recognition", "Models",
      "Checkpoint", "Audio", "System", "TOML", "Logging",
    ],
    "Desktop": ["System", "CSystemd", "CXCB"],
    "UtterKit": ["Transcription", "Dictation", "Formatting", "Recognition", "Audio"],
    "Benchmark": [
      "Dictation", "Transcription", "Formatting", "Recognition", "Models", "Checkpoint", "Kernels",
      "Audio", "System",
    ],
    "utter": [
      "Benchmark", "Service", "Desktop", "Evaluation", "Transcription", "Formatting", "Vocabulary",
      "Recognition", "Models", "Checkpoint", "Audio", "Kernels", "System", "TOML",
      "ArgumentParser", "Logging",
    ],
  ]

  /// Modules of the system and the toolchain; what is used anew belongs here after some thought.
  private static let system: [String: Set<String>] = [
    "System": ["Glibc"],
    "Kernels": ["Glibc"],
    "Checkpoint": ["Glibc", "Synchronization"],
    "Models": ["Glibc"],
    "Recognition": ["Glibc", "Synchronization"],
    "Vocabulary": ["Foundation", "Glibc"],
    "Formatting": ["Glibc"],
    "Evaluation": ["Foundation"],
    "Dictation": ["Glibc"],
    "Audio": ["Glibc", "Synchronization"],
    "Transcription": ["Foundation", "Glibc"],
    "Service": ["Foundation", "Glibc", "Synchronization"],
    "Desktop": ["Foundation", "Glibc"],
    "UtterKit": ["Dispatch"],
    "Benchmark": ["Foundation"],
    "utter": ["Foundation", "Synchronization"],
  ]

  /// Targets without Swift: loops over arrays, words, and a module map and a shim for each library.
  private static let cTargets: Set<String> = [
    "CKernels", "COpenBLAS", "CALSA", "CSndFile", "CSoxr", "CLinux", "CCrypto", "CSystemd", "CXCB",
    "CZlib", "CMPG123", "CWords", "CSpellings", "CCatalog",
  ]

  @Test func everyTargetHasARule() throws {
    let sources = Fixtures.repository.appending(path: "Sources")
    let folders = try FileManager.default.contentsOfDirectory(atPath: sources.path)
    #expect(Set(folders) == Self.cTargets.union(Self.dependencies.keys))
    for target in Self.cTargets {
      #expect(try SourceFile.swift(of: target).isEmpty, "\(target) holds Swift")
    }
  }

  @Test(arguments: dependencies.keys.sorted()) func importsFollowTheArrows(_ target: String) throws
  {
    let allowed = Self.dependencies[target, default: []].union(Self.system[target, default: []])
    var used: Set<String> = []
    for file in try SourceFile.swift(of: target) {
      for module in file.imports {
        used.insert(module)
        #expect(allowed.contains(module), "\(file.path) imports \(module)")
      }
    }
    #expect(used == allowed, "\(target) may import what it does not: take it off the list")
  }

  /// Tests that play the kernel's part, or a parent's that dies.
  private static let kernelTests = [
    "Tests/CommandTests", "Tests/DesktopTests", "Tests/SystemTests",
  ]

  @Test func onlyTestsOfTheSystemAskItThemselves() throws {
    for file in try SourceFile.swift(below: Fixtures.repository.appending(path: "Tests"))
    where !Self.kernelTests.contains(where: file.path.hasPrefix) {
      #expect(!file.imports.contains("CLinux"), "\(file.path) imports CLinux")
    }
  }

  /// Each C target has one that knows it.
  @Test func fencesHaveOneGate() {
    for fence in Self.cTargets {
      let importers = Self.dependencies.filter { $0.value.contains(fence) }.keys
      #expect(importers.count == 1, "\(fence) is imported by \(importers.sorted())")
    }
  }

  @Test func arrowsPointOneWay() {
    var remaining = Self.dependencies
    while !remaining.isEmpty {
      let free = remaining.filter { $0.value.isDisjoint(with: remaining.keys) }.keys
      guard !free.isEmpty else {
        Issue.record("a circle among \(remaining.keys.sorted())")
        return
      }
      for target in free { remaining[target] = nil }
    }
  }

  @Test func theManifestAgrees() throws {
    let manifest = try SourceFile(Fixtures.repository.appending(path: "Package.swift"))
    for (target, expected) in Self.dependencies {
      #expect(manifest.declaredDependencies(of: target) == expected, "\(target) in Package.swift")
    }
  }

  /// The table of rooms that people read is the one that holds.
  @Test func theArchitectureAgrees() throws {
    let document = Fixtures.repository.appending(path: "Documentation/Architecture.md")
    var rooms: [String: Set<String>] = [:]
    for row in try String(contentsOf: document, encoding: .utf8)
      .matches(of: /(?m)^\| `(\w+)` \| [^|]+ \|([^|]*)\|$/)
    {
      rooms[String(row.1)] = Set(row.2.matches(of: /`(\w+)`/).map { String($0.1) })
    }
    #expect(Set(rooms.keys) == Set(Self.dependencies.keys).union(["CKernels", "CLinux"]))
    for (target, expected) in Self.dependencies {
      #expect(rooms[target] == expected, "\(target) in the architecture")
    }
  }
}
