/// A row of a report: an object in JSON that has every key, with null where there is no value.
protocol ReportRow: Encodable {
  /// Keys and values, in the order in which they are written.
  static var fields: [ReportField<Self>] { get }
}

extension ReportRow {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ReportKey.self)
    for field in Self.fields { try field.encode(self, &container) }
  }
}

/// One value of a row.
struct ReportField<Row> {
  fileprivate let encode: (Row, inout KeyedEncodingContainer<ReportKey>) throws -> Void

  /// Names a value.
  init<Value: Encodable>(_ key: String, _ value: @escaping (Row) -> Value) {
    encode = { row, container in try container.encode(value(row), forKey: ReportKey(key)) }
  }
}

/// A key of a JSON object.
struct ReportKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { nil }
}
