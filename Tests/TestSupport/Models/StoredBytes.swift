package import Checkpoint
internal import Foundation
internal import System

/// The models that come with the tests, by the file's name below `Tests/Fixtures`.
package let variants = [
  "v2like/v2like", "hybrid/hybrid", "ctc/ctc", "rnnt/rnnt", "v3like/v3like", "maxsym/maxsym",
]

/// Path of a model that comes with the tests.
package func fixture(_ variant: String) -> String {
  Fixtures.committed.appending(path: "\(variant).nemo").path
}

/// Bytes as a mapped file that no folder names.
package func mapped(_ bytes: [UInt8]) throws -> FileRegion {
  FileRegion(try MappedFile(FileDescriptor(inMemory: bytes), path: "input"))
}

/// A file's bytes.
package func contents(_ path: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(fileURLWithPath: path)))
}

/// An integer's bytes as formats on disk have them.
package func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  withUnsafeBytes(of: number.littleEndian) { Array($0) }
}

/// A tensor's values, copied while it lives.
package func array(_ tensor: FloatTensor) -> [Float] {
  withExtendedLifetime(tensor) { Array(tensor.values) }
}

/// The bits of floats.
package func bits(_ values: [Float]) -> [UInt8] { values.flatMap { little($0.bitPattern) } }
