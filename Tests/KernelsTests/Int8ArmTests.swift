import Foundation
import TestSupport
import Testing

/// Products with int8 weights on arm64, which an emulator plays.
@Suite(.enabled(if: Emulation.isInstalled)) struct Int8ArmTests {
  @Test func productsAreThoseOfOtherProcessors() throws {
    try withTemporaryFolder { folder in
      let emulation = try Emulation(of: "arm64/int8.c", in: folder)
      // Whatever the processor, there is one right answer; x86-64 gives it too.
      let answer = "200 2ea0a0f379cb0d36"
      #expect(try emulation.run(on: "max") == ["dotprod \(answer)", "generic \(answer)"])
      #expect(try emulation.run(on: "cortex-a53") == ["generic \(answer)"])
    }
  }
}

/// A program for arm64 that is made of the kernels and a file of its own.
private struct Emulation {
  private static let (linker, emulator) = ("aarch64-linux-gnu-gcc", "qemu-aarch64")
  private static let headers = "/usr/aarch64-linux-gnu/include"

  /// Whether compiler, headers, linker and emulator are there.
  static let isInstalled =
    ["clang", linker, emulator].allSatisfy { program in
      (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    } && FileManager.default.fileExists(atPath: "\(headers)/stdio.h")

  private let folder: URL

  /// Builds a program from a file below the fixtures as the package is built.
  init(of name: String, in folder: URL) throws {
    self.folder = folder
    let kernels = Fixtures.repository.appending(path: "Sources/CKernels")
    let sources = try FileManager.default.contentsOfDirectory(atPath: kernels.path)
      .filter { $0.hasSuffix(".c") }.map { kernels.appending(path: $0) }
    let files = sources + [Fixtures.committed.appending(path: name)]
    try finish(
      ["clang", "--target=aarch64-linux-gnu", "-isystem", Self.headers, "-O3", "-Wall", "-Wextra"]
        + ["-Werror", "-Wno-psabi", "-I", kernels.appending(path: "include").path, "-c"]
        + files.map(\.path))
    let objects = files.map { $0.deletingPathExtension().lastPathComponent + ".o" }
    try finish([Self.linker, "-static", "-o", "program"] + objects + ["-lm"])
  }

  /// Runs the program, and gives the lines that it prints.
  func run(on processor: String) throws -> [Substring] {
    try finish([Self.emulator, "-cpu", processor, "./program"]).split(separator: "\n")
  }

  /// Runs a command in the folder to its end, and gives what it prints.
  @discardableResult
  private func finish(_ command: [String]) throws -> String {
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = folder
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    let text = String(decoding: bytes, as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(command[0]): \(text)")
    return text
  }
}
