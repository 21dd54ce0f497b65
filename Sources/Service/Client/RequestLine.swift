internal import Formatting
internal import Foundation

/// A request as a client writes it; what `IncomingRequest` reads.
struct RequestLine: Encodable {
  let id: Int64
  let request: Request

  private enum Key: String, CodingKey { case jsonrpc, id, method, params }

  /// The line, with its newline.
  var bytes: [UInt8] {
    // A request holds nothing that could not be written.
    [UInt8]((try? Wire.encoder.encode(self)) ?? Data()) + [UInt8(ascii: "\n")]
  }

  func encode(to encoder: any Encoder) throws {
    var line = encoder.container(keyedBy: Key.self)
    try line.encode("2.0", forKey: .jsonrpc)
    try line.encode(id, forKey: .id)
    try line.encode(request.method.rawValue, forKey: .method)
    switch request {
    case .hello(let version): try line.encode(["protocol": version], forKey: .params)
    case .startRecording(let recording), .toggleRecording(let recording):
      try line.encode(
        Recording(
          directory: recording.directory,
          vocabulary: recording.vocabulary.isEmpty ? nil : recording.vocabulary,
          profile: recording.profile?.rawValue,
          window: recording.window.isEmpty ? nil : recording.window, began: recording.began,
          attached: recording.isAttached ? true : nil), forKey: .params)
    case .subscribe(let topics):
      let names = Topic.allCases.filter(topics.contains).map(\.rawValue)
      try line.encode(["events": names], forKey: .params)
    case .transcribe(let path): try line.encodeIfPresent(path.map { ["path": $0] }, forKey: .params)
    case .listHistory(let limit, let after):
      try line.encode(HistoryPart(limit: limit, after: after), forKey: .params)
    case .retryHistory(let id): try line.encodeIfPresent(id.map { ["id": $0] }, forKey: .params)
    case .stopRecording(let began), .cancelRecording(let began):
      try line.encodeIfPresent(began.map { ["began": $0] }, forKey: .params)
    case .status, .loadModel, .unloadModel, .reload: break
    }
  }

  private struct HistoryPart: Encodable {
    let limit: Int?
    let after: String?
  }

  private struct Recording: Encodable {
    let directory: String?
    let vocabulary: [String]?
    let profile: String?
    let window: [String]?
    let began: ProcessBegin?
    let attached: Bool?
  }
}

extension Request {
  /// Its name on the wire.
  var method: Method {
    switch self {
    case .hello: .hello
    case .startRecording: .startRecording
    case .stopRecording: .stopRecording
    case .toggleRecording: .toggleRecording
    case .cancelRecording: .cancelRecording
    case .status: .status
    case .subscribe: .subscribe
    case .transcribe: .transcribe
    case .listHistory: .listHistory
    case .retryHistory: .retryHistory
    case .loadModel: .loadModel
    case .unloadModel: .unloadModel
    case .reload: .reload
    }
  }
}
