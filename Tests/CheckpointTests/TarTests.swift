import Checkpoint
import Foundation
import TestSupport
import Testing

@Suite struct TarTests {
  private func names(_ writer: TarWriter) throws -> [String] {
    try TarArchive(mapped(writer.archive)).members.keys.sorted()
  }

  private func expectRefusal(_ writer: TarWriter, naming part: String) {
    #expect {
      _ = try TarArchive(mapped(writer.archive))
    } throws: { error in
      "\(error)".contains(part)
    }
  }

  @Test func readsContents() throws {
    var tar = TarWriter()
    tar.add("./", [], type: "5")
    tar.add("./a", [1, 2, 3])
    tar.add("b", Array(repeating: 7, count: 512))
    let members = try TarArchive(mapped(tar.archive)).members
    #expect(members.keys.sorted() == ["a", "b"])
    #expect(members["a"].map { Array($0.bytes) } == [1, 2, 3])
    #expect(members["b"]?.count == 512)
  }

  @Test func readsLongNames() throws {
    let long = String(repeating: "n", count: 150)
    var posix = TarWriter()
    posix.add("file", [1], prefix: long)
    #expect(try names(posix) == ["\(long)/file"])

    var gnu = TarWriter()
    gnu.add("././@LongLink", Array("\(long)\0".utf8), type: "L")
    gnu.add("cut", [1])
    #expect(try names(gnu) == [long])

    var pax = TarWriter()
    let record = "path=\(long)\n"
    pax.add("header", Array("\(record.utf8.count + 4) \(record)".utf8), type: "x")
    pax.add("cut", [1])
    pax.add("next", [1])
    #expect(try names(pax) == ["next", long].sorted())
  }

  @Test func readsBinarySizes() throws {
    var tar = TarWriter()
    tar.add("a", [1, 2], announced: [0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2])
    #expect(try TarArchive(mapped(tar.archive)).members["a"]?.count == 2)
  }

  @Test(arguments: ["../evil", "/etc/passwd", "a/../../b", "./.."])
  func refusesNamesOutside(name: String) {
    var tar = TarWriter()
    tar.add(name, [1])
    expectRefusal(tar, naming: "member \(name) points outside")
  }

  @Test(arguments: ["1", "2", "3", "6", "S"] as [Character])
  func refusesLinksAndDevices(type: Character) {
    var tar = TarWriter()
    tar.add("link", [], type: type)
    expectRefusal(tar, naming: "link is a")
  }

  @Test func refusesAbsurdSizes() {
    for size in ["77777777777\0", "00000004000\0", "-0000000001\0", "zzzzzzzzzzz\0"] {
      var tar = TarWriter()
      tar.add("big", [1], announced: Array(size.utf8))
      expectRefusal(tar, naming: "big")
    }
    var binary = TarWriter()
    binary.add("big", [1], announced: [0x80] + Array(repeating: 0xff, count: 11))
    expectRefusal(binary, naming: "big")
  }

  @Test func refusesDoubleNamesAndDamage() throws {
    var twice = TarWriter()
    twice.add("a", [1])
    twice.add("./a", [2])
    expectRefusal(twice, naming: "a twice")

    var damaged = TarWriter()
    damaged.add("a", [1])
    var bytes = damaged.archive
    bytes[3] ^= 1
    #expect(throws: CheckpointError.self) { try TarArchive(mapped(bytes)) }
    #expect(throws: CheckpointError.self) { try TarArchive(mapped(damaged.bytes)) }
  }

  @Test func readsGzip() throws {
    let folder = try TemporaryFolder()
    try run("gzip -c '\(fixture("hybrid/hybrid"))' > '\(folder.path)/model.nemo'")
    let packed = try Checkpoint.open("\(folder.path)/model.nemo")
    let plain = try Checkpoint.open(fixture("hybrid/hybrid"))
    let name = "joint.enc.weight"
    #expect(try array(packed.floats(name)) == array(plain.floats(name)))

    let bytes = try contents("\(folder.path)/model.nemo")
    let cut = try folder.write(Array(bytes.prefix(bytes.count / 2)), "cut.nemo")
    #expect(throws: CheckpointError.self) { try Checkpoint.open(cut) }
  }

  @Test func stopsBombs() throws {
    let folder = try TemporaryFolder()
    var tar = TarWriter()
    tar.add("a", [])
    let head = try folder.write(tar.bytes, "head")
    try run("(cat '\(head)'; head -c 60000000 /dev/zero) | gzip > '\(folder.path)/bomb.nemo'")
    #expect {
      _ = try Checkpoint.open("\(folder.path)/bomb.nemo")
    } throws: { error in
      "\(error)".contains("inflates to more than")
    }
  }

  private func run(_ command: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
