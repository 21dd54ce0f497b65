import ArgumentParser
import Benchmark

extension BenchmarkPart: EnumerableFlag {
  static func help(for part: BenchmarkPart) -> ArgumentHelp? {
    switch part {
    case .utterances: "Measure short utterances alone, from their end to the text."
    case .kernels: "Measure the int8 kernels alone."
    case .latency: "Measure dictations alone, from key-up to the text."
    }
  }
}
