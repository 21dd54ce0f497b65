/// Writes a safetensors file front to back, one tensor at a time.
package enum SafetensorsWriter {
  /// Takes the next bytes of a tensor.
  package typealias Sink<Failure: Error> = (UnsafeRawBufferPointer) throws(Failure) -> Void

  /// A tensor to be written, with the means to produce its bytes.
  package struct Entry<Failure: Error> {
    let name: String
    let element: ElementType
    let shape: [Int]
    let produce: (Sink<Failure>) throws(Failure) -> Void

    /// Describes a tensor.
    ///
    /// - Parameters:
    ///   - name: Name inside the file, unlike all others.
    ///   - element: How the values are stored.
    ///   - shape: Extent of each dimension, outermost first.
    ///   - produce: Hands all of the bytes to its sink, row-major and in any number of pieces.
    package init(
      name: String, element: ElementType, shape: [Int],
      produce: @escaping (Sink<Failure>) throws(Failure) -> Void
    ) {
      self.name = name
      self.element = element
      self.shape = shape
      self.produce = produce
    }

    var byteCount: Int { shape.reduce(element.size, *) }
  }

  /// Values start at a multiple of this, so that they can be used in place.
  private static let alignment = 64

  /// Writes a whole file.
  ///
  /// - Parameters:
  ///   - entries: The tensors in the order in which they are stored.
  ///   - metadata: Free text for `__metadata__`.
  ///   - sink: Takes the bytes of the file.
  /// - Throws: What the sink or an entry throws.
  package static func write<Failure: Error>(
    _ entries: [Entry<Failure>], metadata: [String: String], to sink: Sink<Failure>
  ) throws(Failure) {
    try header(entries, metadata: metadata).withUnsafeBufferPointer { (header) throws(Failure) in
      try sink(UnsafeRawBufferPointer(header))
    }
    for entry in entries {
      var written = 0
      try entry.produce { (piece) throws(Failure) in
        written += piece.count
        try sink(piece)
      }
      precondition(written == entry.byteCount, "\(entry.name) produced \(written) bytes")
    }
  }

  /// Length and text of the header, padded with spaces as the format permits.
  private static func header<Failure>(
    _ entries: [Entry<Failure>], metadata: [String: String]
  ) -> [UInt8] {
    let texts = metadata.sorted { $0.key < $1.key }.map {
      Document.Entry(key: $0.key, value: .text($0.value))
    }
    var sections = [Document.Entry(key: "__metadata__", value: .section(texts))]
    var offset = 0
    for entry in entries {
      let end = offset + entry.byteCount
      let fields = [
        Document.Entry(key: "dtype", value: .text(entry.element.rawValue)),
        Document.Entry(key: "shape", value: .list(entry.shape.map { .integer($0) })),
        Document.Entry(key: "data_offsets", value: .list([.integer(offset), .integer(end)])),
      ]
      sections.append(Document.Entry(key: entry.name, value: .section(fields)))
      offset = end
    }
    let text = Array(Document.section(sections).json.utf8)
    let length = (8 + text.count + alignment - 1) / alignment * alignment - 8
    let size = withUnsafeBytes(of: UInt64(length).littleEndian) { Array($0) }
    return size + text + Array(repeating: UInt8(ascii: " "), count: length - text.count)
  }
}
