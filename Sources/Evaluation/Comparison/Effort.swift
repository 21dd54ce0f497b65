/// What hearing took: time, memory, energy and money.
package struct Effort: Encodable, Equatable, Sendable {
  package let configuration: String
  /// Seconds of computing for a second of audio.
  package let rtf: Double?
  /// Seconds until the text of a recording was there: the middle one, and that which 95 % stay
  /// below.
  package let latency: Latency?
  /// Bytes of memory at the most.
  package let peakBytes: Int?
  /// Watts of the processor while it heard: measured, or what the user says.
  package let watts: Double?
  /// Whether they were measured.
  package let isMeasured: Bool
  /// Joules for an hour of audio.
  package let joulesPerHour: Double?
  /// What an hour of audio costs in energy; nil without a price.
  package let costPerHour: Double?
  /// By recording, seconds of audio and of computing.
  package let times: [[Double]]

  /// Percentiles of times.
  package struct Latency: Encodable, Equatable, Sendable {
    package let p50: Double
    package let p95: Double

    /// The middle and the 95th percentile, each by the next time above; nil without times.
    init?(_ seconds: [Double]) {
      let sorted = seconds.sorted()
      guard !sorted.isEmpty else { return nil }
      func percentile(_ share: Double) -> Double {
        sorted[max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1)]
      }
      (p50, p95) = (percentile(0.5), percentile(0.95))
    }
  }

  private enum CodingKeys: String, CodingKey {
    case configuration, rtf, watts, times
    case latency = "latency_seconds"
    case peakBytes = "peak_bytes"
    case isMeasured = "energy_measured"
    case joulesPerHour = "joules_per_hour"
    case costPerHour = "cost_per_hour"
  }

  /// Adds up what recordings took.
  init(_ configuration: String, _ recordings: [ComparedRecording], index: Int, _ prices: Prices) {
    let heard = recordings.map { $0.heard[index] }
    let audio = recordings.reduce(0) { $0 + $1.seconds }
    let seconds = heard.reduce(0) { $0 + $1.seconds }
    self.configuration = configuration
    let rtf = audio > 0 ? seconds / audio : nil
    self.rtf = rtf
    latency = Latency(heard.map(\.seconds))
    peakBytes = heard.compactMap(\.peakBytes).max()
    let joules = heard.compactMap(\.joules)
    isMeasured = joules.count == heard.count && seconds > 0
    let watts = isMeasured ? joules.reduce(0, +) / seconds : prices.watts
    let perHour = rtf.flatMap { rtf in watts.map { $0 * rtf * 3600 } }
    (self.watts, joulesPerHour) = (watts, perHour)
    costPerHour = perHour.flatMap { joules in prices.kilowattHour.map { joules / 3.6e6 * $0 } }
    times = zip(recordings, heard).map { [$0.seconds, $1.seconds] }
  }
}
