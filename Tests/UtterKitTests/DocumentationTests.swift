import Foundation
import TestSupport
import Testing

/// The library's articles: every symbol that they name is there.
@Suite struct DocumentationTests {
  private static let build = CommandRunner.program.deletingLastPathComponent()
  #if arch(arm64)
    private static let target = "aarch64-unknown-linux-gnu"
  #else
    private static let target = "x86_64-unknown-linux-gnu"
  #endif

  /// The module maps of all C targets, which the compiler needs to read what was built.
  private static var moduleMaps: [String] {
    let places = [
      (Fixtures.repository.appending(path: "Sources"), ["", "/include"]),
      (Fixtures.repository.appending(path: ".build/checkouts/Yams/Sources"), ["/include"]),
      (build, [""]),
    ]
    let files = places.flatMap { folder, ends in
      let parts = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      return parts.flatMap { part in
        ends.map { folder.appending(path: "\(part)\($0)/module.modulemap").path }
      }
    }
    return files.filter(FileManager.default.fileExists)
  }

  @Test func everyLinkLeadsSomewhere() throws {
    try withTemporaryFolder { folder in
      let env = URL(filePath: "/usr/bin/env")
      let extraction = try CommandRunner.run(
        [
          "swift", "symbolgraph-extract", "-module-name", "UtterKit", "-target", Self.target, "-I",
          Self.build.appending(path: "Modules").path, "-minimum-access-level", "public",
          "-output-dir", folder.path,
        ] + Self.moduleMaps.flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }, of: env)
      try #require(extraction.code == 0, "\(extraction.errors)")
      let catalogue = Fixtures.repository.appending(path: "Sources/UtterKit/UtterKit.docc")
      let archive = folder.appending(path: "UtterKit.doccarchive")
      let conversion = try CommandRunner.run(
        [
          "docc", "convert", catalogue.path, "--additional-symbol-graph-dir", folder.path,
          "--output-path", archive.path, "--fallback-display-name", "UtterKit",
          "--fallback-bundle-identifier", "UtterKit", "--warnings-as-errors",
        ], of: env)
      #expect(conversion.code == 0, "\(conversion.errors)")
      for article in ["transcribingfiles", "dictating", "speechmodel"] {
        let page = archive.appending(path: "data/documentation/utterkit/\(article).json")
        #expect(FileManager.default.fileExists(atPath: page.path), "\(article)")
      }
    }
  }
}
