import Foundation
import TestSupport
import Testing

/// What the compiler and the linker do against damaged memory, as `readelf` sees it.
@Suite struct HardeningTests {
  /// The program lies anywhere, runs no data, and its table of functions cannot be changed.
  @Test func theProgramIsHardened() throws {
    let file = try readelf(
      "--file-header", "--program-headers", "--dynamic", of: CommandRunner.program)
    #expect(file.contains(#/Type: +DYN/#))
    #expect(file.contains(#/GNU_STACK .* RW +0x/#))
    #expect(file.contains("GNU_RELRO"))
    #expect(file.contains("BIND_NOW"))
  }

  /// Models are fetched by another program; this one links nothing that could.
  @Test func theProgramLinksNoNetwork() throws {
    let libraries = try readelf("--dynamic", of: CommandRunner.program)
      .matches(of: #/\(NEEDED\).*\[(.+)\]/#).map { String($0.1) }
    #expect(libraries.contains { $0.hasPrefix("libc.so") })
    let fetching = ["libcurl", "libssl", "libFoundationNetworking", "libgnutls", "libnghttp2"]
    for library in libraries where fetching.contains(where: library.hasPrefix) {
      Issue.record("\(library) is linked")
    }
  }

  /// Of each C target a file with arrays on its stack, and with sizes that are known when it runs.
  @Test(arguments: ["CKernels.build/kernels_generic.c.o", "CLinux.build/children.c.o"])
  func whatIsWrittenInCIsGuarded(_ object: String) throws {
    let folder = CommandRunner.program.deletingLastPathComponent()
    let symbols = try readelf("--symbols", of: folder.appending(path: object))
    #expect(symbols.contains("__stack_chk_fail"))
    if !isDebug, object.hasPrefix("CKernels") { #expect(symbols.contains(#/__mem\w+_chk/#)) }
  }

  private func readelf(_ options: String..., of file: URL) throws -> String {
    let env = URL(filePath: "/usr/bin/env")
    let outcome = try CommandRunner.run(["readelf", "--wide"] + options + [file.path], of: env)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return outcome.output
  }
}
