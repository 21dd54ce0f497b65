extension Notification: Codable {
  private enum Key: String, CodingKey { case state, settled, pending, rms, peak, samples }
  private enum Envelope: String, CodingKey { case jsonrpc, method, params }

  /// Writes the whole object of a line.
  ///
  /// - Throws: What the encoder throws.
  package func encode(to encoder: any Encoder) throws {
    var line = encoder.container(keyedBy: Envelope.self)
    try line.encode("2.0", forKey: .jsonrpc)
    try line.encode(topic, forKey: .method)
    func values() -> KeyedEncodingContainer<Key> {
      line.nestedContainer(keyedBy: Key.self, forKey: .params)
    }
    switch self {
    case .final(let text): try line.encode(text, forKey: .params)
    case .error(let error): try line.encode(error, forKey: .params)
    case .state(let state):
      var values = values()
      try values.encode(state, forKey: .state)
    case .partial(let settled, let pending):
      var values = values()
      try values.encode(settled, forKey: .settled)
      try values.encode(pending, forKey: .pending)
    case .level(let rms, let peak):
      var values = values()
      try values.encode(rms, forKey: .rms)
      try values.encode(peak, forKey: .peak)
    case .dropped(let samples):
      var values = values()
      try values.encode(samples, forKey: .samples)
    }
  }

  /// Reads the whole object of a line.
  ///
  /// - Throws: `DecodingError` where it is none, or one of a topic that is not known.
  package init(from decoder: any Decoder) throws {
    let line = try decoder.container(keyedBy: Envelope.self)
    let topic = try line.decode(Topic.self, forKey: .method)
    func values() throws -> KeyedDecodingContainer<Key> {
      try line.nestedContainer(keyedBy: Key.self, forKey: .params)
    }
    switch topic {
    case .final: self = .final(try line.decode(FinalText.self, forKey: .params))
    case .error: self = .error(try line.decode(ServiceError.self, forKey: .params))
    case .state: self = .state(try values().decode(DaemonState.self, forKey: .state))
    case .dropped: self = .dropped(samples: try values().decode(Int.self, forKey: .samples))
    case .partial:
      let values = try values()
      self = .partial(
        settled: try values.decode(String.self, forKey: .settled),
        pending: try values.decode(String.self, forKey: .pending))
    case .level:
      let values = try values()
      self = .level(
        rms: try values.decode(Float.self, forKey: .rms),
        peak: try values.decode(Float.self, forKey: .peak))
    }
  }
}
