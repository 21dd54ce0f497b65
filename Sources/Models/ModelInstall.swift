internal import Checkpoint
internal import Glibc
internal import System

/// Installs a model by its name: found in a cache or fetched, looked at, and imported.
package struct ModelInstall: Sendable {
  /// What is being done, for somebody who waits.
  package enum Step: Sendable, Equatable {
    /// Bytes that are there, and that there will be where that is known.
    case fetching(done: Int, total: Int?)
    /// How much has been compared with what is known of it, from 0 to 1.
    case verifying(Double)
    /// How much has been imported, from 0 to 1.
    case importing(Double)
  }

  /// A model that is installed now.
  package struct Outcome: Sendable {
    /// The model.
    package let model: ModelStore.Model
    /// Bytes that were fetched; 0 for a file that was there.
    package let fetched: Int
    /// Bytes that were there of an earlier attempt.
    package let resumed: Int
    /// The file that it was imported from, where that is still there.
    package let kept: String?
  }

  /// What the model is called here.
  package let name: String
  /// Where it lies.
  package let source: HubFile
  /// What the file is known to be.
  let published: FileIdentity

  /// A model of the catalogue, or any other of a hub's.
  ///
  /// - Parameters:
  ///   - name: A name of the catalogue, or a repository, `owner/name`, with a file `name.nemo`.
  ///   - catalogue: The catalogue.
  /// - Throws: `ModelError.invalidName` or `.notInCatalogue`.
  package init(_ name: String, in catalogue: Catalogue) throws(ModelError) {
    let repository = { (entry: Catalogue.Entry) in entry.source.repository == name }
    if let entry = catalogue[name] ?? catalogue.entries.first(where: repository) {
      self.name = entry.name
      source = entry.source
      published = entry.published ?? FileIdentity()
      return
    }
    guard name.contains("/") else {
      guard ModelStore.isValid(name) else { throw .invalidName(name) }
      throw .notInCatalogue(name: name, known: catalogue.entries.map(\.name))
    }
    guard let file = HubFile(named: name) else { throw .invalidName(name) }
    source = file
    self.name = name.split(separator: "/").last.map(String.init) ?? name
    published = FileIdentity()
  }

  /// How to install.
  package struct Options: Sendable {
    /// What to call the model; nil for its own name.
    package var name: String?
    /// How to store the weights.
    package var format = WeightFormat.float32
    /// Whether a model of the same name is replaced.
    package var overwrite = false
    /// Whether the fetched file stays.
    package var keeps = false
    /// Seconds without a byte, after which a server is given up.
    package var silence = 60

    /// The usual ones.
    package init() {}
  }

  /// Installs it.
  ///
  /// - Parameters:
  ///   - store: Where it goes.
  ///   - environment: Variables, of which those of Hugging Face's programs and `PATH` are heeded.
  ///   - options: How.
  ///   - report: Told what is being done.
  ///   - isCancelled: Asked now and then whether to give up.
  /// - Returns: The model.
  /// - Throws: `ModelError`; what has been fetched is kept for the next attempt, where it is sound.
  package func run(
    in store: ModelStore, environment: [String: String] = Environment.variables,
    options: Options, report: @escaping (Step) -> Void = { _ in },
    isCancelled: @escaping () -> Bool = { false }
  ) throws(ModelError) -> Outcome {
    _ = try store.place(for: options.name ?? name, overwrite: options.overwrite)
    let work = Work(
      install: self, store: store, environment: environment, options: options, report: report,
      isCancelled: isCancelled)
    if let cached = HubCache(environment: environment).find(source), suits(cached.identity) {
      let model = try work.importModel(cached.path, commit: nil)
      return Outcome(model: model, fetched: 0, resumed: 0, kept: cached.path)
    }
    return try work.fetchAndImport()
  }

  /// Whether a file in the cache may be the published one.
  private func suits(_ identity: FileIdentity) -> Bool {
    guard let expected = published.sha256 else { return true }
    return identity.sha256 == expected
  }
}

/// An installation at work.
private struct Work {
  let install: ModelInstall
  let store: ModelStore
  let environment: [String: String]
  let options: ModelInstall.Options
  let report: (ModelInstall.Step) -> Void
  let isCancelled: () -> Bool

  private var source: HubFile { install.source }

  func fetchAndImport() throws(ModelError) -> ModelInstall.Outcome {
    guard environment["HF_HUB_OFFLINE"].map({ ["", "0"].contains($0) }) ?? true else {
      throw .download(.offline(file: source.file))
    }
    let endpoint = try downloading { () throws(DownloadError) in
      try HubEndpoint(environment: environment)
    }
    guard let program = findProgram("curl", path: environment["PATH"]) else {
      throw .download(.noProgram("curl"))
    }
    let folder =
      "\(store.roots[0])/.downloads/"
      + source.repository.split(separator: "/").joined(separator: "--")
    let (start, path, fetched, commit) = try fetch(endpoint, program, into: folder)
    do throws(ModelError) {
      let model = try importModel(path, commit: commit)
      if !options.keeps { remove(path) }
      return ModelInstall.Outcome(
        model: model, fetched: fetched, resumed: start, kept: options.keeps ? path : nil)
    } catch {
      // Of a file that is no model nothing is gained by keeping it.
      if case .checkpoint = error, !options.keeps { remove(path) }
      throw error
    }
  }

  /// Fetches the file, unless an earlier attempt has.
  private func fetch(
    _ endpoint: HubEndpoint, _ program: String, into folder: String
  ) throws(ModelError) -> (start: Int, path: String, fetched: Int, commit: String?) {
    let complete = "\(folder)/\(source.file)"
    if let status = try? FileStatus(of: complete), status.kind == .regular {
      return (status.size, complete, 0, nil)
    }
    let part = try downloading { () throws(DownloadError) in
      try PartialFile(source.file, in: folder)
    }
    let start = part.count
    var patience = Transfer.Patience()
    patience.silence = options.silence
    let download = Download(
      file: source, endpoint: endpoint, program: program, published: install.published,
      patience: patience,
      requireRoom: { (missing, total) throws(ModelError) in
        try requireRoom(missing: missing, total: total, in: folder)
      },
      progress: { report(.fetching(done: $0, total: $1)) }, isCancelled: isCancelled)
    try download.run(part)
    let fetched = part.count - start
    try download.verify(part) { report(.verifying($0)) }
    let commit = part.version.commit
    try downloading { () throws(DownloadError) in try part.complete() }
    return (start, part.path, max(0, fetched), commit)
  }

  /// Makes sure that both the file and the model will have room.
  private func requireRoom(missing: Int, total: Int, in folder: String) throws(ModelError) {
    let model =
      switch options.format.precision {
      case .float32: total
      case .float16: total / 2
      case .int8: total / 3
      }
    let (needed, isTooMuch) = missing.addingReportingOverflow(model)
    guard let free = freeSpace(folder), isTooMuch || needed > free else { return }
    throw .noSpace(folder: store.roots[0], needed: isTooMuch ? .max : needed, free: free)
  }

  func importModel(_ path: String, commit: String?) throws(ModelError) -> ModelStore.Model {
    var origin = [Document.Entry(key: "repository", value: .text(source.repository))]
    if let commit { origin.append(Document.Entry(key: "commit", value: .text(commit))) }
    return try store.importModel(
      from: path, name: options.name ?? install.name, format: options.format,
      overwrite: options.overwrite, origin: origin, progress: { report(.importing($0)) },
      isCancelled: isCancelled)
  }

  private func remove(_ path: String) {
    unlink(path)
    if let folder = FilePath(path).folder?.spelling {
      rmdir(folder)
      rmdir("\(store.roots[0])/.downloads")
    }
  }
}
