package import Checkpoint
internal import Glibc
internal import System

/// The folders that hold imported models, each model in a folder of its name.
package struct ModelStore: Sendable {
  /// A model that lies in one of the folders.
  package struct Model: Sendable, Equatable {
    /// Name to call it by.
    package let name: String
    /// Its folder.
    package let path: String
    /// Parameters, nil for a damaged model.
    package let parameters: Int?
    /// How its matrices are stored, nil for a damaged model.
    package let element: ElementType?
    /// Bytes of its weights, nil for a damaged model.
    package let bytes: Int?
    /// Why it cannot be used.
    package let problem: CheckpointError?
  }

  /// Folders in the order of the search; models are imported into the first.
  package let roots: [String]

  /// Searches given folders.
  ///
  /// - Parameter roots: At least one folder; none of them needs to exist.
  package init(roots: [String]) {
    precondition(!roots.isEmpty)
    self.roots = roots
  }

  /// Finds a model by its name, or takes a path as it is.
  ///
  /// - Parameter nameOrPath: A name, a `.nemo` file or a model's folder.
  /// - Returns: A path for `Checkpoint.open`.
  /// - Throws: `ModelError.notFound` with the folders searched.
  package func resolve(_ nameOrPath: String) throws(ModelError) -> String {
    if nameOrPath.contains("/") { return nameOrPath }
    if let path = find(nameOrPath) { return path }
    if access(nameOrPath, F_OK) == 0 { return nameOrPath }
    throw .notFound(name: nameOrPath, searched: roots)
  }

  /// Opens a model by its name or path.
  ///
  /// - Parameter nameOrPath: A name, a `.nemo` file or a model's folder.
  /// - Returns: The model, with its weights still on disk.
  /// - Throws: `ModelError.notFound`, or `.checkpoint` that says what is wrong with it.
  package func open(_ nameOrPath: String) throws(ModelError) -> Checkpoint {
    let path = try resolve(nameOrPath)
    return try reading(try Checkpoint.open(path))
  }

  /// Every model, ordered by name; of two with the same name only the one that is found first.
  package func list() -> [Model] {
    var models: [String: Model] = [:]
    for root in roots {
      for name in folderEntries(root)
      where models[name] == nil && Self.isValid(name) && Self.isModel("\(root)/\(name)") {
        models[name] = Self.describe(name, "\(root)/\(name)")
      }
    }
    return models.values.sorted { $0.name < $1.name }
  }

  /// Imports a `.nemo` file, the folder that one was unpacked in, or one of another program,
  /// completely or not at all.
  ///
  /// - Parameters:
  ///   - source: The file or folder.
  ///   - name: The model's name; nil for the source's name without `.nemo`.
  ///   - format: How to store the weights.
  ///   - overwrite: Whether a model of the same name is replaced.
  ///   - origin: Where the source came from, for the model's configuration.
  ///   - progress: Told how much is done, from 0 to 1.
  ///   - isCancelled: Asked now and then whether to give up.
  /// - Returns: The new model.
  /// - Throws: `ModelError`; nothing is left behind then.
  @discardableResult
  package func importModel(
    from source: String, name: String? = nil, format: WeightFormat = .float32,
    overwrite: Bool = false, origin: [Document.Entry] = [],
    progress: @escaping (Double) -> Void = { _ in },
    isCancelled: @escaping () -> Bool = { false }
  ) throws(ModelError) -> Model {
    let file = lastComponent(source)
    let name = name ?? (file.hasSuffix(".nemo") ? String(file.dropLast(5)) : file)
    let path = try place(for: name, overwrite: overwrite)
    let work = ModelImport(
      source: source, format: format, origin: origin, progress: progress,
      isCancelled: isCancelled)
    try work.run(name: name, in: roots[0], overwrite: overwrite)
    return Self.describe(name, path)
  }

  /// Where a model of a name goes.
  ///
  /// - Parameters:
  ///   - name: The model's name.
  ///   - overwrite: Whether a model of the same name is replaced.
  /// - Returns: Its folder.
  /// - Throws: `ModelError` where nothing of this name can be written.
  func place(for name: String, overwrite: Bool) throws(ModelError) -> String {
    guard Self.isValid(name) else { throw .invalidName(name) }
    let path = "\(roots[0])/\(name)"
    let isTaken = access(path, F_OK) == 0
    guard overwrite || !isTaken else { throw .alreadyExists(path: path) }
    guard !isTaken || Self.isModel(path) else {
      throw .notAModel(path: path)
    }
    return path
  }

  /// Stores a model that is open once more, its weight matrices in another precision.
  ///
  /// - Parameters:
  ///   - checkpoint: The model, with matrices of floats.
  ///   - name: The new model's name, which nothing in the first folder has.
  ///   - format: How to store the weights.
  /// - Returns: The new model's folder.
  /// - Throws: `ModelError`; nothing is left behind then.
  package func store(
    _ checkpoint: Checkpoint, name: String, format: WeightFormat
  ) throws(ModelError) -> String {
    guard Self.isValid(name) else { throw .invalidName(name) }
    let path = "\(roots[0])/\(name)"
    guard access(path, F_OK) != 0 else { throw .alreadyExists(path: path) }
    let folder = try PartialFolder(for: name, in: roots[0])
    do {
      try folder.fill(with: checkpoint, format, origin: [], metadata: [:]) { _ in }
      try folder.commit(overwrite: false)
    } catch {
      folder.discard()
      throw error
    }
    return path
  }

  /// Removes a model that was imported.
  ///
  /// - Parameter name: The model's name.
  /// - Throws: `ModelError`, also for a model that belongs to the installation.
  package func remove(_ name: String) throws(ModelError) {
    guard Self.isValid(name) else { throw .invalidName(name) }
    guard let path = find(name) else { throw .notFound(name: name, searched: roots) }
    guard path == "\(roots[0])/\(name)" else {
      throw .belongsToInstallation(path: path)
    }
    try removeModelFolder(path)
  }

  private func find(_ name: String) -> String? {
    guard Self.isValid(name) else { return nil }
    return roots.map { "\($0)/\(name)" }.first(where: Self.isModel)
  }

  private static func isModel(_ path: String) -> Bool {
    access("\(path)/\(ModelFolder.configurationFile)", F_OK) == 0
  }

  private static func describe(_ name: String, _ path: String) -> Model {
    do {
      let checkpoint = try Checkpoint.open(path)
      return Model(
        name: name, path: path,
        parameters: TensorLayout.parameterCount(of: checkpoint.configuration),
        element: checkpoint.storedElement, bytes: checkpoint.totalBytes, problem: nil)
    } catch {
      return Model(
        name: name, path: path, parameters: nil, element: nil, bytes: nil, problem: error)
    }
  }

  /// Whether a name stays inside its folder and on a command line.
  static func isValid(_ name: String) -> Bool {
    let others = "-_."
    return (1...128).contains(name.utf8.count) && !name.hasPrefix(".") && !name.hasPrefix("-")
      && name.utf8.allSatisfy { byte in
        let character = Character(Unicode.Scalar(byte))
        return byte < 0x80
          && (character.isLetter || character.isNumber || others.contains(character))
      }
  }
}
