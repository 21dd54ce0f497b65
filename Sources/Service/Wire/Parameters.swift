internal import Formatting

/// The parameters of a request, each of which may be missing, or `null` to the same effect.
struct Parameters {
  private let method: Method
  private let values: KeyedDecodingContainer<Key>?

  /// A name as a client writes it.
  struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// The parameters of a method in the object of its request.
  init<Name>(
    of method: Method, in request: KeyedDecodingContainer<Name>, at name: Name
  ) throws(ServiceError) {
    self.method = method
    do {
      values =
        try request.contains(name) && !request.decodeNil(forKey: name)
        ? request.nestedContainer(keyedBy: Key.self, forKey: name) : nil
    } catch {
      throw ServiceError(
        code: .parameters, message: "\(method.rawValue): params: not an object",
        hint: "parameters go by their names")
    }
  }

  /// A whole number.
  func integer(_ name: String) throws(ServiceError) -> Int? {
    try value(name, "a whole number")
  }

  /// A text with something in it.
  func string(_ name: String) throws(ServiceError) -> String? {
    let text: String? = try value(name, "a string")
    if text == "" { throw invalid("\(name): empty") }
    return text
  }

  /// True or false.
  func flag(_ name: String) throws(ServiceError) -> Bool? {
    try value(name, "true or false")
  }

  /// A list of texts.
  func strings(_ name: String) throws(ServiceError) -> [String]? {
    try value(name, "a list of strings")
  }

  /// A path from the root, for the daemon stands in another directory than its client.
  func path(_ name: String) throws(ServiceError) -> String? {
    guard let path = try string(name) else { return nil }
    guard path.hasPrefix("/"), !path.utf8.contains(0) else {
      throw invalid("\(name): not an absolute path", hint: "begin it with /")
    }
    return path
  }

  /// A kind of program that is dictated into.
  func profile(_ name: String) throws(ServiceError) -> FormattingProfile? {
    guard let text = try string(name) else { return nil }
    guard let profile = FormattingProfile(rawValue: text) else {
      throw invalid(
        "\(name): \(text.prefix(60)): no such profile",
        hint: "there are " + FormattingProfile.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return profile
  }

  /// What something is called; nobody needs many names, or long ones.
  func names(_ name: String) throws(ServiceError) -> [String] {
    let names = try strings(name) ?? []
    guard names.count <= RecordingRequest.mostNames,
      names.allSatisfy({ $0.utf8.count <= RecordingRequest.longestName })
    else {
      throw invalid(
        "\(name): more than \(RecordingRequest.mostNames) names, "
          + "or one of more than \(RecordingRequest.longestName) bytes")
    }
    return names
  }

  /// When a program began; a time that is still to come is now.
  func begin(_ name: String) throws(ServiceError) -> ProcessBegin? {
    struct Begin: Decodable {
      let time: Int
      let session: Int?
      let process: Int?
    }
    guard let begin: Begin = try value(name, "an object with a time, a whole number") else {
      return nil
    }
    guard begin.time >= 0 else { throw invalid("\(name): time: negative") }
    return ProcessBegin(
      time: min(begin.time, ProcessBegin.now), session: begin.session ?? 0,
      process: begin.process ?? 0)
  }

  /// Refuses a parameter that has no effect yet.
  ///
  /// - Parameter name: The parameter.
  /// - Throws: An error where it is given.
  func refuse(_ name: String) throws(ServiceError) {
    let key = Key(stringValue: name)
    guard let values, values.contains(key), (try? values.decodeNil(forKey: key)) != true else {
      return
    }
    throw invalid("\(name): not there yet", hint: "leave it out")
  }

  /// What is wrong with the parameters.
  func invalid(_ message: String, hint: String? = nil) -> ServiceError {
    ServiceError(
      code: .parameters, message: "\(method.rawValue): \(message)", hint: hint)
  }

  private func value<Value: Decodable>(
    _ name: String, _ kind: String
  ) throws(ServiceError) -> Value? {
    do {
      return try values?.decodeIfPresent(Value.self, forKey: Key(stringValue: name))
    } catch {
      throw invalid("\(name): not \(kind)")
    }
  }
}
