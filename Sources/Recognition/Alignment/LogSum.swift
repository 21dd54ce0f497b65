internal import Glibc
internal import Kernels

/// Normalisation in single precision, for the many scores that are only compared.
enum LogSum {
  /// What scores are lowered by to become logarithms of probabilities.
  static func of(_ scores: UnsafeBufferPointer<Float>) -> Float {
    guard let first = scores.baseAddress else { return 0 }
    let highest = first[argmax(first, count: scores.count)]
    var sum: Float = 0
    for index in 0..<scores.count { sum += expf(first[index] - highest) }
    return highest + logf(sum)
  }
}
