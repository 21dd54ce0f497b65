/// What does not work at present; of each thing the latest is known.
struct Problems {
  /// What a problem is about, the most important first.
  enum Subject: Int {
    /// The microphone cannot be opened, or is gone.
    case microphone
    /// The microphone delivers nothing but zeros.
    case silence
    /// The model cannot be loaded.
    case model
    /// Recordings or texts cannot be kept.
    case storage
    /// The configuration that was to be read last is wrong; an older one is in use.
    case configuration

    /// Whether dictations have no text because of it; nothing but zeros may be a quiet room behind
    /// a filter of noise.
    var isGrave: Bool { self == .microphone || self == .model }
  }

  private var current: [Subject: Problem] = [:]

  /// The most important one.
  var foremost: Problem? { current.min { $0.key.rawValue < $1.key.rawValue }?.value }

  /// Whether one of them leaves dictations without a text.
  var areGrave: Bool { current.keys.contains(where: \.isGrave) }

  /// Something does not work; where that is known, it is since then.
  mutating func begin(_ subject: Subject, _ error: ServiceError) {
    if current[subject]?.error != error { current[subject] = Problem(error) }
  }

  /// It works again.
  mutating func end(_ subject: Subject) { current[subject] = nil }
}
