import Foundation
import TestSupport
import Testing

/// What `make install` leaves on a system.
@Suite struct InstallTests {
  /// Everybody can read it and its owner alone can write it, whatever the umask of who installs.
  @Test(arguments: ["022", "077", "000"]) func modesDoNotFollowTheUmask(_ umask: String) throws {
    try withTemporaryFolder { folder in
      let checkout = try Self.checkout(in: folder)
      let root = folder.appending(path: "root")
      try make("install", in: checkout, root, umask: umask)
      var found: [String] = []
      for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
        let attributes = try FileManager.default.attributesOfItem(
          atPath: root.appending(path: path).path)
        let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
        let isProgram = path == "usr/bin/utter"
        #expect(
          attributes[.posixPermissions] as? Int == (isFolder || isProgram ? 0o755 : 0o644),
          "\(path)")
        if !isFolder {
          found.append(path)
          #expect(attributes[.size] as? Int != 0, "\(path)")
        }
      }
      #expect(
        found.sorted() == [
          "usr/bin/utter", "usr/lib/systemd/user/utter-hotkey.service",
          "usr/lib/systemd/user/utter-type.service",
          "usr/lib/systemd/user/utter-watch@.service",
          "usr/lib/systemd/user/utter.service",
          "usr/lib/systemd/user/utter.socket",
          "usr/share/applications/org.utter.Utter.desktop",
          "usr/share/bash-completion/completions/utter",
          "usr/share/fish/vendor_completions.d/utter.fish", "usr/share/man/man1/utter-serve.1",
          "usr/share/man/man1/utter.1", "usr/share/utter/models/starter-en/README.md",
          "usr/share/utter/models/starter-en/config.json",
          "usr/share/utter/models/starter-en/model.safetensors",
          "usr/share/utter/models/starter-en/tokenizer.model",
          "usr/share/zsh/site-functions/_utter",
        ])
      for (name, command) in [
        ("utter", "serve"), ("utter-type", "type"), ("utter-hotkey", "hotkey"),
        ("utter-watch@", "watch %f --output {folder}/{stem}.{format}"),
      ] {
        let unit = root.appending(path: "usr/lib/systemd/user/\(name).service")
        let text = try String(contentsOf: unit, encoding: .utf8)
        #expect(text.contains("ExecStart=/usr/bin/utter \(command)\n"))
        #expect(!text.contains("/usr/local/"))
      }

      try make("uninstall", in: checkout, root)
      let left = try FileManager.default.subpathsOfDirectory(atPath: root.path)
      #expect(left.allSatisfy { $0.firstRange(of: "utter") == nil }, "\(left)")
    }
  }

  /// What `make install` copies from, with this program in place of the one that it would build.
  private static func checkout(in folder: URL) throws -> URL {
    let files = FileManager.default
    let checkout = folder.appending(path: "checkout")
    let built = checkout.appending(path: ".build-install/release")
    let manual = checkout.appending(path: ".build/plugins/GenerateManual/outputs/utter")
    for folder in [built, manual] {
      try files.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    for name in ["Makefile", "models", "systemd", ".ci"] {
      try files.createSymbolicLink(
        at: checkout.appending(path: name),
        withDestinationURL: Fixtures.repository.appending(path: name))
    }
    try files.createSymbolicLink(
      at: built.appending(path: "utter"), withDestinationURL: CommandRunner.program)
    for page in ["utter.1", "utter.serve.1"] {
      try Data(".TH\n".utf8).write(to: manual.appending(path: page))
    }
    return checkout
  }

  private func make(
    _ goal: String, in checkout: URL, _ root: URL, umask: String = "022"
  ) throws {
    let outcome = try CommandRunner.run(
      [
        "-c", "umask \(umask) && exec make -C \"$0\" \"$@\"", checkout.path, goal, "SWIFT=true",
        "DESTDIR=\(root.path)", "PREFIX=/usr",
      ], of: URL(filePath: "/bin/bash"))
    #expect(outcome.code == 0, "\(outcome.errors)")
  }
}
