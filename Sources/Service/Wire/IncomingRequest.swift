internal import Foundation

/// A line from a client, understood as far as it goes (JSON-RPC 2.0 §4).
package struct IncomingRequest: Sendable {
  /// The id that the answer bears; nil where none is wanted.
  package let id: RequestID?
  /// What is asked, or what is wrong with the line.
  package let request: Result<Request, ServiceError>

  /// Reads a line without its newline: whatever it holds, there is a request or an error.
  package init(line: some Collection<UInt8>) {
    // Foundation would guess at UTF-16 and UTF-32 where there are zeros.
    guard String(validating: line, as: UTF8.self) != nil, !line.contains(0) else {
      self.init(ServiceError(code: .parse, message: "line: not UTF-8"))
      return
    }
    do {
      let envelope = try Wire.decoder.decode(Envelope.self, from: Data(line))
      self.init(id: envelope.id, request: envelope.request)
    } catch DecodingError.typeMismatch, DecodingError.valueNotFound {
      self.init(
        ServiceError(
          code: .request, message: "request: not an object",
          hint: "send one object a line; there are no batches"))
    } catch {
      self.init(ServiceError(code: .parse, message: "line: not JSON"))
    }
  }

  private init(id: RequestID?, request: Result<Request, ServiceError>) {
    self.id = id
    self.request = request
  }

  /// A line that no id could be read from.
  private init(_ error: ServiceError) { self.init(id: .null, request: .failure(error)) }

  /// The error about a line of more than so many bytes.
  static func tooLong(limit: Int) -> ServiceError {
    ServiceError(
      code: .request, message: "line: longer than \(limit) bytes",
      hint: "send a recording as a path or a descriptor")
  }
}

/// The object of a request; decoding throws where the line is no JSON or no object.
private struct Envelope: Decodable {
  let id: RequestID?
  let request: Result<Request, ServiceError>

  private enum Key: String, CodingKey { case jsonrpc, id, method, params }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    let given: RequestID?
    do {
      given = values.contains(.id) ? try values.decode(RequestID.self, forKey: .id) : nil
    } catch {
      (id, request) = (.null, .failure(Self.noRequest("id: neither a string nor a number")))
      return
    }
    guard (try? values.decode(String.self, forKey: .jsonrpc)) == "2.0" else {
      // What is no request gets an answer even if it has no id.
      let error = Self.noRequest("jsonrpc: not \"2.0\"", hint: #"say "jsonrpc":"2.0""#)
      (id, request) = (given ?? .null, .failure(error))
      return
    }
    guard let name = try? values.decode(String.self, forKey: .method) else {
      (id, request) = (given ?? .null, .failure(Self.noRequest("method: missing, or no string")))
      return
    }
    id = given
    guard let method = Method(rawValue: name) else {
      request = .failure(
        ServiceError(code: .method, message: "\(name.prefix(60)): no such method"))
      return
    }
    do throws(ServiceError) {
      request = .success(try Request(method, Parameters(of: method, in: values, at: .params)))
    } catch {
      request = .failure(error)
    }
  }

  private static func noRequest(_ message: String, hint: String? = nil) -> ServiceError {
    ServiceError(code: .request, message: message, hint: hint)
  }
}
