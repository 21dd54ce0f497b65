internal import Glibc

/// The memory of this process at its highest in bytes, mapped files included; nil where the kernel
/// does not tell.
package func peakMemory() -> Int? {
  guard let file = try? FileDescriptor(opening: "/proc/self/status", O_RDONLY),
    let bytes = try? file.readToEnd()
  else { return nil }
  let lines = bytes.split(separator: UInt8(ascii: "\n"))
  let name = Array("VmHWM:".utf8)
  let digits = lines.first { $0.starts(with: name) }?.filter { (0x30...0x39).contains($0) }
  return digits.flatMap { Int(String(decoding: $0, as: UTF8.self)) }.map { $0 << 10 }
}
