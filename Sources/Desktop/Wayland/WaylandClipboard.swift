internal import Foundation
internal import System

/// A Wayland compositor's selections, for programs without a window (`ext-data-control-v1`, and
/// `wlr-data-control-unstable-v1`, from which it was made).
final class WaylandClipboard: ClipboardConnection {
  /// Something that was offered.
  private struct Source {
    let selection: Selection
    let content: ClipboardContent
  }

  /// Somebody who waits for a type.
  private final class Request {
    let source: UInt32
    let name: String
    let descriptor: FileDescriptor

    init(_ source: UInt32, _ name: String, _ descriptor: consuming FileDescriptor) {
      (self.source, self.name) = (source, name)
      self.descriptor = descriptor
    }
  }

  private let connection: WaylandConnection
  private let manager, device: UInt32

  /// Types of what others offer.
  private var offered: [UInt32: [String]] = [:]
  private var current: [Selection: UInt32] = [:]

  private var sources: [UInt32: Source] = [:]
  private var replacements: [Selection: ClipboardContent?] = [:]
  private var transfers: [PipeTransfer] = []
  private var waiting: [Request] = []
  /// The process that is served first.
  private var first: Int32?
  private(set) var owned: Set<Selection> = []
  private(set) var requests = 0

  private static let managers = ["ext_data_control_manager_v1", "zwlr_data_control_manager_v1"]

  /// Connects; nil where the compositor does not let such programs have the clipboard.
  ///
  /// - Throws: `.noDisplay`.
  init?(_ session: DesktopSession) throws(DesktopError) {
    connection = try WaylandConnection(session)
    let globals = WaylandGlobals(connection)
    // The second version has the primary selection.
    let manager = Self.managers.lazy.compactMap { globals.bind($0, version: 2) }.first
    guard let seat = globals.bind("wl_seat"), let manager else { return nil }
    self.manager = manager
    device = connection.newObject()
    // A reader that goes away is an error and no signal.
    SignalHandler.ignore(SIGPIPE)
    connection.send(WaylandRequest(manager, 1).adding(device).adding(seat))
    synchronize()
  }

  var isBusy: Bool { !transfers.isEmpty }

  func content(of selection: Selection, until end: ContinuousClock.Instant) -> ClipboardContent? {
    synchronize()
    guard let offer = current[selection], let names = offered[offer] else {
      return ClipboardContent([])
    }
    var content = ClipboardContent([])
    var room = ClipboardLimits.size
    // X11's old text, which GTK offers here as well and never hands over.
    let wanted = ClipboardContent.order(names.filter { $0 != "COMPOUND_TEXT" })
    for (index, name) in wanted.enumerated()
    where !wanted[..<index].contains(name) && !content.addTwin(name) {
      let bytes = PipeTransfer.read(
        until: min(end, .now + ClipboardLimits.patience), atMost: room
      ) { pipe in
        connection.send(WaylandRequest(offer, 0).adding(name), passing: pipe)
      }
      guard let bytes else {
        content.missing.append(name)
        continue
      }
      room -= bytes.count
      content.items.append(ClipboardContent.Item(name, bytes))
    }
    content.sort(as: names)
    return content
  }

  func offer(_ content: ClipboardContent, on selections: [Selection], first: FocusedWindow?) {
    // Whom the kernel tells nothing of cannot be told from others.
    self.first = first.flatMap { $0.asksItself ? $0.process : nil }
      .flatMap { openFiles(of: $0).isEmpty ? nil : $0 }
    for selection in selections {
      let source = connection.newObject()
      connection.send(WaylandRequest(manager, 0).adding(source))
      for item in content.items { connection.send(WaylandRequest(source, 0).adding(item.name)) }
      sources[source] = Source(selection: selection, content: content)
      owned.insert(selection)
      select(source, selection)
    }
    synchronize()
  }

  func clear(_ selection: Selection) {
    guard owned.remove(selection) != nil else { return }
    select(0, selection)
    synchronize()
  }

  func replace(with content: ClipboardContent?, on selection: Selection) {
    replacements[selection] = .some(content)
    first = nil
    let requests = waiting
    waiting = []
    for request in requests { answer(request) }
  }

  func serve(until end: ContinuousClock.Instant) -> Bool {
    var entries = [pollfd(fd: connection.number, events: Int16(POLLIN), revents: 0)]
    entries += transfers.map { pollfd(fd: $0.number, events: Int16(POLLOUT), revents: 0) }
    let limit = max((end - .now) / .milliseconds(1), 0).rounded(.up)
    poll(&entries, nfds_t(entries.count), Int32(min(limit, 60_000)))
    for transfer in transfers { transfer.writeMore() }
    transfers.removeAll { $0.isOver }
    for event in connection.receive() { handle(event) }
    return !connection.isBroken
  }

  // MARK: - What the compositor tells

  private func handle(_ event: WaylandEvent) {
    var arguments = event.reader
    switch (event.object, event.operation) {
    case (device, 0):
      offered[arguments.number()] = []
    case (device, 1):
      select(arguments.number(), as: .clipboard)
    case (device, 3):
      select(arguments.number(), as: .primary)
    case (let offer, 0) where offered[offer] != nil:
      offered[offer]?.append(arguments.text())
    case (let source, 0) where sources[source] != nil:
      let name = arguments.text()
      guard let descriptor = connection.takeDescriptor() else { return }
      answer(Request(source, name, descriptor))
    case (let object, 1):
      guard let source = sources.removeValue(forKey: object) else { return }
      // Its successor may be ours.
      if !sources.values.contains(where: { $0.selection == source.selection }) {
        owned.remove(source.selection)
      }
      connection.send(WaylandRequest(object, 1))
    default: break
    }
  }

  /// Notes what stands on a selection now; what stood there before is let go.
  private func select(_ offer: UInt32, as selection: Selection) {
    if let last = current[selection], last != offer,
      !current.contains(where: { $0.key != selection && $0.value == last })
    {
      offered[last] = nil
      connection.send(WaylandRequest(last, 1))
    }
    current[selection] = offer == 0 ? nil : offer
  }

  private func answer(_ request: Request) {
    guard let source = sources[request.source] else { return }
    let isFirst = first.map { request.descriptor.isReadBy($0) } ?? true
    let isQuestion = request.name == ClipboardContent.hint
    guard isFirst || isQuestion else { return waiting.append(request) }
    let replacement = replacements[source.selection] ?? source.content
    guard let bytes = replacement?[request.name],
      let transfer = try? PipeTransfer(bytes, to: request.descriptor)
    else { return }
    if isFirst, !isQuestion { requests += 1 }
    transfer.writeMore()
    if !transfer.isOver { transfers.append(transfer) }
  }

  // MARK: - What the compositor is asked

  private func synchronize() { connection.synchronize { handle($0) } }

  private func select(_ source: UInt32, _ selection: Selection) {
    connection.send(WaylandRequest(device, selection == .primary ? 2 : 0).adding(source))
  }
}

extension FileDescriptor {
  /// Whether a process has the other end of this pipe.
  fileprivate borrowing func isReadBy(_ process: Int32) -> Bool {
    guard let status = try? status() else { return false }
    return openFiles(of: process).contains("pipe:[\(status.identity.number)]")
  }
}
