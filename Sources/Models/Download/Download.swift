internal import System

/// Fetches a file of a hub, or what is missing of it.
struct Download {
  /// What is fetched.
  let file: HubFile
  /// Where from.
  let endpoint: HubEndpoint
  /// Where curl is.
  let program: String
  /// What the file is known to be.
  let published: FileIdentity
  let patience: Transfer.Patience
  /// Asked with the bytes that are still to come and those of the whole file, before the first of
  /// them; throws where there is no room.
  let requireRoom: (_ missing: Int, _ total: Int) throws(ModelError) -> Void
  /// Told how many bytes are there, and how many there will be.
  let progress: (_ done: Int, _ total: Int?) -> Void
  /// Asked now and then whether to give up.
  let isCancelled: () -> Bool

  /// How often a connection that broke is made anew, each time after something has come.
  private static let continuations = 10

  private var address: String { file.address(at: endpoint) }

  /// What a transfer led to.
  private enum Outcome {
    case complete
    /// The connection broke; why.
    case broken(String)
    /// What is there belongs to another version.
    case stale
  }

  /// Fetches until the file is complete.
  ///
  /// - Parameter part: What is there.
  /// - Throws: `ModelError.download`; what has come is kept, unless it is wrong.
  func run(_ part: PartialFile) throws(ModelError) {
    if isComplete(part) { return }
    var (furthest, left, mayRestart) = (part.count, Self.continuations, true)
    while true {
      switch try fetch(part) {
      case .complete: return
      case .broken(let reason):
        guard part.count > furthest, left > 0 else {
          throw .download(
            .cutShort(
              address: address, done: part.count, total: part.version.identity.size,
              reason: reason))
        }
        (furthest, left) = (part.count, left - 1)
      case .stale:
        guard mayRestart else {
          throw .download(.otherRange(address: address, stated: "another version each time"))
        }
        try downloading { () throws(DownloadError) in try part.empty() }
        (furthest, mayRestart) = (0, false)
      }
    }
  }

  /// Whether nothing is missing, as far as the hub once said.
  private func isComplete(_ part: PartialFile) -> Bool {
    part.count > 0 && part.count == part.version.identity.size
      && (published.size ?? part.count) == part.count
  }

  private func fetch(_ part: PartialFile) throws(ModelError) -> Outcome {
    let request = Transfer.Request(
      address: address, token: endpoint.token, offset: part.count, tag: part.version.tag,
      heads: part.heads, patience: patience)
    let transfer = try downloading { () throws(DownloadError) in
      try Transfer(request, with: program)
    }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { piece.deallocate() }
    var isAccepted = false
    while true {
      while !transfer.awaitBytes() { try checkCancelled(part) }
      try checkCancelled(part)
      let count = try downloading { () throws(DownloadError) in try transfer.read(into: piece) }
      if !isAccepted, count > 0 {
        if let outcome = try accept(transfer.heads(), part) { return outcome }
        isAccepted = true
      }
      if count == 0 { break }
      try take(UnsafeRawBufferPointer(rebasing: piece[..<count]), part)
    }
    switch transfer.finish() {
    case .complete: break
    case .broken(let reason):
      // What the server said before it broke off may be why.
      let heads = transfer.heads()
      if !isAccepted, !heads.isEmpty, let outcome = try accept(heads, part) { return outcome }
      return .broken(reason)
    case .failed(let reason):
      throw .download(.unreachable(address: address, reason: reason))
    }
    if !isAccepted, let outcome = try accept(transfer.heads(), part) { return outcome }
    let total = part.version.identity.size
    return total.map { $0 == part.count } ?? true
      ? .complete : .broken("the server sent no more than that")
  }

  private func checkCancelled(_ part: PartialFile) throws(ModelError) {
    guard isCancelled() else { return }
    throw .download(
      .stopped(file: file.file, done: part.count, total: part.version.identity.size))
  }

  private func take(_ bytes: UnsafeRawBufferPointer, _ part: PartialFile) throws(ModelError) {
    if let total = part.version.identity.size, part.count + bytes.count > total {
      let stated = part.count + bytes.count
      try downloading { () throws(DownloadError) in
        try part.empty()
        throw .otherSize(address: address, expected: total, stated: stated)
      }
    }
    try downloading { () throws(DownloadError) in try part.append(bytes) }
    progress(part.count, part.version.identity.size)
  }

  // MARK: - What the server says

  /// Looks at what the server says before the first byte.
  ///
  /// - Returns: Nil where the bytes that follow are those that are missing.
  private func accept(
    _ heads: [ResponseHead], _ part: PartialFile
  ) throws(ModelError) -> Outcome? {
    guard let last = heads.last else {
      throw .download(.unreachable(address: address, reason: "the server says nothing"))
    }
    // Only the hub itself knows its repositories; where it leads to, there is a file.
    func stated(_ name: String) -> String? { heads.lazy.compactMap { $0[name] }.first }
    var version = PartialFile.Version()
    version.tag = last.strongTag
    version.commit = stated("x-repo-commit").flatMap { ModelStore.isValid($0) ? $0 : nil }
    let linked = stated("x-linked-etag")?.filter { $0 != "\"" }.lowercased()
    version.identity.sha256 = linked.flatMap { FileIdentity.isDigest($0) ? $0 : nil }
    let linkedSize = heads.lazy.compactMap { $0.number("x-linked-size") }.first

    switch last.status {
    case 200:
      version.identity.size = last.number("content-length")
      if last.isText { throw page(last) }
      // Either a new version, or a server that knows no ranges.
      if part.count > 0 {
        try downloading { () throws(DownloadError) in try part.empty() }
      }
    case 206:
      guard let range = last.range, range.first == part.count else {
        throw .download(
          .otherRange(address: address, stated: last["content-range"] ?? "no Content-Range"))
      }
      version.identity.size = range.total
    case 416 where part.count > 0:
      return last.unsatisfiedTotal == part.count ? .complete : .stale
    default:
      throw .download(
        .refused(
          address: address, status: last.status,
          reason: DownloadError.Refusal(status: last.status, code: stated("x-error-code")),
          wait: last.number("retry-after")))
    }
    try requireSame(linkedSize, version.identity.size)
    version.identity.size = version.identity.size ?? linkedSize ?? published.size
    try requirePublished(version.identity)
    if part.count > 0, isOther(version, than: part.version) { return .stale }
    if let total = version.identity.size { try requireRoom(total - part.count, total) }
    try downloading { () throws(DownloadError) in try part.keep(version) }
    return nil
  }

  private func page(_ head: ResponseHead) -> ModelError {
    let type = head["content-type"]?.split(separator: ";").first.map(String.init) ?? "text"
    return .download(.page(address: address, type: type))
  }

  private func isOther(_ new: PartialFile.Version, than old: PartialFile.Version) -> Bool {
    if let a = new.identity.size, let b = old.identity.size, a != b { return true }
    if let a = new.identity.sha256, let b = old.identity.sha256 { return a != b }
    return false
  }

  private func requireSame(_ expected: Int?, _ stated: Int?) throws(ModelError) {
    guard let expected, let stated, expected != stated else { return }
    throw .download(.otherSize(address: address, expected: expected, stated: stated))
  }

  private func requirePublished(_ stated: FileIdentity) throws(ModelError) {
    try requireSame(published.size, stated.size)
    if let expected = published.sha256, let digest = stated.sha256, digest != expected {
      throw .download(.otherFile(address: address, expected: expected, stated: digest))
    }
  }

  // MARK: - What came

  /// Compares what came with what it should be, where that is known.
  ///
  /// - Parameters:
  ///   - part: All of the file.
  ///   - advance: Told how much has been looked at, from 0 to 1.
  /// - Throws: `DownloadError.wrongDigest`; what came is gone then.
  func verify(_ part: PartialFile, _ advance: (Double) -> Void) throws(ModelError) {
    guard let expected = published.sha256 ?? part.version.identity.sha256 else { return }
    let total = Double(max(1, part.count))
    try downloading { () throws(DownloadError) in
      let found = try part.digest { (done) throws(DownloadError) in
        if isCancelled() {
          throw .stopped(file: file.file, done: part.count, total: part.version.identity.size)
        }
        advance(Double(done) / total)
      }
      guard found == expected else {
        part.discard()
        throw .wrongDigest(address: address, expected: expected, found: found)
      }
    }
  }
}

/// Makes errors of downloads those of this room.
func downloading<Result>(
  _ body: () throws(DownloadError) -> Result
) throws(ModelError) -> Result {
  do throws(DownloadError) { return try body() } catch { throw .download(error) }
}
