/// A connection to what draws the windows, through which selections are read and taken.
///
/// What is taken is handed over in `serve`, and only there; it goes with the connection.
protocol ClipboardConnection: AnyObject {
  /// What stands on a selection now.
  ///
  /// - Parameters:
  ///   - selection: Which one.
  ///   - end: When to give up.
  /// - Returns: No items where there is nothing; nil where its owner does not even say what it has.
  func content(of selection: Selection, until end: ContinuousClock.Instant) -> ClipboardContent?

  /// Takes selections.
  ///
  /// - Parameters:
  ///   - content: What is put there.
  ///   - selections: Where.
  ///   - window: Who shall have it first: others that ask for more than the types have to wait.
  ///     Nil for everybody.
  func offer(_ content: ClipboardContent, on selections: [Selection], first window: FocusedWindow?)

  /// Gives a selection up: nothing stands there then.
  func clear(_ selection: Selection)

  /// Selections that are still ours.
  var owned: Set<Selection> { get }

  /// How often the window, or everybody where there is none, has asked for what is offered.
  var requests: Int { get }

  /// Whether somebody is being handed something.
  var isBusy: Bool { get }

  /// Gives those who wait something else, or nothing, and the window too, if it asks again; nobody
  /// waits any more.
  func replace(with content: ClipboardContent?, on selection: Selection)

  /// Does what is asked, until something was done or the time is over.
  ///
  /// - Returns: False where the other side is there no more.
  @discardableResult
  func serve(until end: ContinuousClock.Instant) -> Bool
}

extension ClipboardConnection {
  /// Serves until a condition holds.
  ///
  /// - Returns: Whether it does; false where the time is over or nobody is there any more.
  @discardableResult
  func serve(_ limit: Duration, until condition: () -> Bool) -> Bool {
    let end = ContinuousClock.now + limit
    while !condition() {
      let now = ContinuousClock.now
      guard now < end, serve(until: min(end, now + .milliseconds(20))) else { return condition() }
    }
    return true
  }

  /// Serves until nobody has asked for anything for some time.
  func serveUntilQuiet(_ time: Duration) {
    var last = (count: requests, at: ContinuousClock.now)
    serve(.seconds(30)) {
      if requests != last.count || isBusy { last = (requests, .now) }
      return owned.isEmpty || ContinuousClock.now - last.at >= time
    }
  }
}
