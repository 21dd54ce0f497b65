// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

// Warnings are errors, and what overwrites the stack or a buffer is stopped.
let careful: [CSetting] = [
  .unsafeFlags(["-Wall", "-Wextra", "-Werror", "-fstack-protector-strong"]),
  // The C library checks sizes only where there is an optimiser.
  .define("_FORTIFY_SOURCE", to: "2", .when(configuration: .release)),
]

let package = Package(
  name: "Utter",
  products: [
    .executable(name: "utter", targets: ["utter"]),
    .library(name: "UtterKit", targets: ["UtterKit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Fences round the C libraries: a module map and a shim each.
    .systemLibrary(
      name: "CALSA", pkgConfig: "alsa", providers: [.apt(["libasound2-dev"])]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    // Not a map: what libsndfile calls in the place of libmpg123.
    .target(name: "CMPG123", cSettings: careful),
    .systemLibrary(
      name: "CSndFile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(name: "CSoxr", pkgConfig: "soxr", providers: [.apt(["libsoxr-dev"])]),
    .systemLibrary(
      name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CXCB", pkgConfig: "xkbcommon-x11",
      providers: [
        .apt([
          "libxcb1-dev", "libxcb-xtest0-dev", "libxcb-xinput-dev", "libxcb-xkb-dev",
          "libxkbcommon-x11-dev",
        ])
      ]),
    .systemLibrary(
      name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    // What Linux offers and Swift cannot import, and the one room that uses it.
    .target(name: "CLinux", cSettings: careful),
    .target(name: "System", dependencies: ["CLinux"], swiftSettings: strict),

    .target(name: "TOML", swiftSettings: strict),

    // Loops over plain arrays. Optimised in debug builds too, so that the golden tests of a whole
    // encoder stay quick under plain `swift test`.
    .target(
      name: "CKernels",
      cSettings: careful + [.unsafeFlags(["-O3", "-Wno-psabi"])]),
    .target(name: "Kernels", dependencies: ["CKernels", "COpenBLAS"], swiftSettings: strict),
    .target(
      name: "Checkpoint", dependencies: ["Kernels", "System", "CZlib", "Yams"],
      swiftSettings: strict),
    .target(
      name: "Models",
      dependencies: ["Checkpoint", "Kernels", "System", "TOML", "CCatalog", "CCrypto"],
      swiftSettings: strict),
    // The catalogue of models lies where people find it, and is part of the program.
    .target(name: "CCatalog", cSettings: careful + [.unsafeFlags(["-std=c23"])]),
    .target(name: "Recognition", dependencies: ["Kernels", "Checkpoint"], swiftSettings: strict),
    // A text of 340 KB, which Swift would take minutes to compile as a literal.
    .target(
      name: "CWords", exclude: ["words.txt"], cSettings: careful + [.unsafeFlags(["-std=c23"])]),
    .target(name: "Vocabulary", dependencies: ["CWords", "System"], swiftSettings: strict),
    .target(
      name: "Formatting", dependencies: ["Recognition", "Vocabulary", "System"],
      swiftSettings: strict),
    .target(
      name: "CSpellings", exclude: ["spellings.txt"],
      cSettings: careful + [.unsafeFlags(["-std=c23"])]),
    .target(name: "Evaluation", dependencies: ["CSpellings"], swiftSettings: strict),
    .target(
      name: "Dictation", dependencies: ["Recognition", "Formatting"], swiftSettings: strict),
    .target(
      name: "Audio", dependencies: ["CALSA", "CMPG123", "CSndFile", "CSoxr", "System"],
      swiftSettings: strict),
    .target(
      name: "Transcription",
      dependencies: ["Formatting", "Recognition", "Models", "Checkpoint", "Audio", "System"],
      swiftSettings: strict),
    .target(
      name: "Service",
      dependencies: [
        "Dictation", "Transcription", "Formatting", "Vocabulary", "Recognition", "Models",
        "Checkpoint", "Audio", "System", "TOML",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
    // For other programs: all that is public.
    .target(
      name: "UtterKit",
      dependencies: ["Transcription", "Dictation", "Formatting", "Recognition", "Audio"],
      swiftSettings: strict),
    .target(
      name: "Desktop", dependencies: ["System", "CSystemd", "CXCB"], swiftSettings: strict),
    .target(
      name: "Benchmark",
      dependencies: [
        "Dictation", "Transcription", "Formatting", "Recognition", "Models", "Checkpoint",
        "Kernels", "Audio", "System",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "utter",
      dependencies: [
        "Benchmark", "Service", "Desktop", "Evaluation", "Transcription", "Formatting",
        "Vocabulary",
        "Recognition", "Models", "Checkpoint", "Audio", "Kernels", "System", "TOML",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict,
      // All of the table of what libraries offer is filled in at the start and read-only then.
      linkerSettings: [.unsafeFlags(["-Xlinker", "-z", "-Xlinker", "now"])]),

    .target(
      name: "TestSupport",
      dependencies: ["Audio", "Checkpoint", "CSystemd", "Desktop", "Kernels", "System"],
      path: "Tests/TestSupport",
      swiftSettings: strict),
    .target(
      name: "ServiceTestSupport", dependencies: ["Service", "System", "TestSupport"],
      path: "Tests/ServiceTestSupport", swiftSettings: strict),
    .testTarget(
      name: "UtterKitTests", dependencies: ["UtterKit", "Audio", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "SystemTests", dependencies: ["System", "CLinux", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "TOMLTests", dependencies: ["TOML"], swiftSettings: strict),
    .testTarget(
      name: "KernelsTests", dependencies: ["Kernels", "CKernels", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CheckpointTests", dependencies: ["Checkpoint", "Kernels", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ModelsTests",
      dependencies: [
        "Models", "Recognition", "Checkpoint", "Kernels", "System", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "RecognitionTests",
      dependencies: [
        "Recognition", "Models", "Checkpoint", "Kernels", "Audio", "CCallCounter", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "EvaluationTests", dependencies: ["Evaluation", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "VocabularyTests", dependencies: ["Vocabulary", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "FormattingTests",
      dependencies: ["Formatting", "Vocabulary", "Recognition", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DictationTests",
      dependencies: [
        "Dictation", "Formatting", "Vocabulary", "Recognition", "Checkpoint", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TranscriptionTests",
      dependencies: [
        "Transcription", "Formatting", "Vocabulary", "Recognition", "Models", "Checkpoint", "Audio",
        "System",
        "TestSupport",
      ],
      swiftSettings: strict),
    .target(name: "CCallCounter", path: "Tests/CCallCounter"),
    .testTarget(
      name: "AudioTests",
      dependencies: ["Audio", "System", "CALSA", "CCallCounter", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ServiceTests",
      dependencies: [
        "Service", "Transcription", "Formatting", "Vocabulary", "Checkpoint", "Audio", "System",
        "TOML", "TestSupport", "ServiceTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "DesktopTests",
      dependencies: ["utter", "Desktop", "System", "CLinux", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "JourneyTests",
      dependencies: ["utter", "Service", "Desktop", "Transcription", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "utter", "Service", "Formatting", "Desktop", "Audio", "Checkpoint", "System", "Kernels",
        "CLinux", "TestSupport", "ServiceTestSupport",
      ],
      swiftSettings: strict),
    // Every parser of bytes from outside, as libFuzzer and the tests call it.
    .target(
      name: "FuzzTargets",
      dependencies: [
        "Service", "Vocabulary", "Evaluation", "Recognition", "Checkpoint", "Audio", "System",
        "TOML", "TestSupport",
      ],
      path: "Tests/Fuzz/Targets", swiftSettings: strict),
    .testTarget(
      name: "FuzzTests", dependencies: ["FuzzTargets", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "LayeringTests", dependencies: ["TestSupport"], swiftSettings: strict),
  ]
)

// For `make fuzz` alone: what links libFuzzer has to be instrumented for it.
if Context.environment["UTTER_FUZZ"] != nil {
  package.targets += [
    .executableTarget(
      name: "utter-fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Driver",
      swiftSettings: strict)
  ]
}
