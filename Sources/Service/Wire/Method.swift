/// The methods, by the names that they have on the wire.
enum Method: String {
  case hello
  case startRecording = "record.start"
  case stopRecording = "record.stop"
  case toggleRecording = "record.toggle"
  case cancelRecording = "record.cancel"
  case status
  case subscribe
  case transcribe
  case listHistory = "history.list"
  case retryHistory = "history.retry"
  case loadModel = "model.load"
  case unloadModel = "model.unload"
  case reload
}

extension Request {
  /// Understands a method's parameters.
  init(_ method: Method, _ parameters: Parameters) throws(ServiceError) {
    switch method {
    case .hello:
      guard let version = try parameters.integer("protocol") else {
        throw parameters.invalid("protocol: missing", hint: #"say "params":{"protocol":1}"#)
      }
      self = .hello(version: version)
    case .startRecording: self = .startRecording(try RecordingRequest(parameters, mode: "hold"))
    case .toggleRecording:
      self = .toggleRecording(try RecordingRequest(parameters, mode: "toggle"))
    case .stopRecording: self = .stopRecording(began: try parameters.begin("began"))
    case .cancelRecording: self = .cancelRecording(began: try parameters.begin("began"))
    case .status: self = .status
    case .subscribe: self = .subscribe(try Topic.wanted(parameters))
    case .transcribe: self = .transcribe(path: try parameters.path("path"))
    case .listHistory:
      let limit = try parameters.integer("limit")
      if let limit, limit < 0 { throw parameters.invalid("limit: negative") }
      self = .listHistory(limit: limit, after: try parameters.string("after"))
    case .retryHistory: self = .retryHistory(id: try parameters.string("id"))
    case .loadModel: self = .loadModel
    case .unloadModel: self = .unloadModel
    case .reload: self = .reload
    }
  }
}

extension RecordingRequest {
  /// Reads the parameters of `record.start` and `record.toggle`.
  ///
  /// What is not there yet is refused, so that nobody relies on it: no language, and no mode but
  /// the one that the method's name says.
  fileprivate init(_ parameters: Parameters, mode: String) throws(ServiceError) {
    try parameters.refuse("language")
    if let wish = try parameters.string("mode"), wish != mode {
      throw parameters.invalid(
        "mode: not \(mode)", hint: "record.start is for hold, record.toggle for toggle")
    }
    // Of two that toggle, it does not matter which one comes first.
    self.init(
      directory: try parameters.path("directory"),
      vocabulary: try parameters.strings("vocabulary") ?? [],
      profile: try parameters.profile("profile"), window: try parameters.names("window"),
      began: mode == "hold" ? try parameters.begin("began") : nil,
      isAttached: mode == "hold" ? try parameters.flag("attached") ?? false : false)
  }
}

extension Topic {
  /// Reads the parameters of `subscribe`: without any, everything but `level`, which is many.
  fileprivate static func wanted(_ parameters: Parameters) throws(ServiceError) -> Set<Topic> {
    guard let names = try parameters.strings("events") else {
      return Set(allCases).subtracting([.level])
    }
    var topics: Set<Topic> = []
    for name in names {
      guard let topic = Topic(rawValue: name) else {
        throw parameters.invalid(
          "events: \(name.prefix(60)): no such event",
          hint: "there are " + allCases.map(\.rawValue).joined(separator: ", "))
      }
      topics.insert(topic)
    }
    return topics
  }
}
