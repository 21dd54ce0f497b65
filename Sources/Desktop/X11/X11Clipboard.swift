internal import CXCB
internal import Foundation

/// X11's selections, as one of the programs that own them (ICCCM 2.0, chapter 2).
///
/// Who asks is known by the window that the answer shall go to. So the window with the focus can be
/// served first, and programs that watch the clipboard never see what was only there for it.
final class X11Clipboard: ClipboardConnection {
  /// Something that was offered, and since when.
  private struct Offer {
    let content: ClipboardContent
    let time: xcb_timestamp_t
  }

  private let connection: X11Connection
  private let atoms: X11Atoms
  private let window: X11Window
  private var offers: [Selection: Offer] = [:]
  /// What those get who were made to wait.
  private var replacements: [Selection: ClipboardContent?] = [:]
  private var transfers: [X11Transfer] = []
  private var waiting: [xcb_selection_request_event_t] = []
  /// The program that is served first, as part of the numbers of all its windows.
  private var first: UInt32?
  private(set) var owned: Set<Selection> = []
  private(set) var requests = 0

  /// Bytes that are handed over at once; more go in pieces.
  private static let portion = 1 << 18

  init(_ session: DesktopSession) throws(DesktopError) {
    connection = try X11Connection(display: session.environment["DISPLAY", default: ""])
    atoms = X11Atoms(connection)
    window = X11Window(connection, events: XCB_EVENT_MASK_PROPERTY_CHANGE)
  }

  var isBusy: Bool { !transfers.isEmpty }

  func content(of selection: Selection, until end: ContinuousClock.Instant) -> ClipboardContent? {
    X11SelectionReader(
      connection: connection, atoms: atoms, selection: number(selection), end: end
    ).content()
  }

  func offer(_ content: ClipboardContent, on selections: [Selection], first: FocusedWindow?) {
    let time = now()
    self.first = first.flatMap { $0.asksItself ? $0.x11Program : nil }
    for selection in selections {
      offers[selection] = Offer(content: content, time: time)
      xcb_set_selection_owner(connection.handle, window.number, number(selection), time)
      let reply = xcb_get_selection_owner_reply(
        connection.handle, xcb_get_selection_owner(connection.handle, number(selection)), nil)
      if reply?.pointee.owner == window.number { owned.insert(selection) }
      free(reply)
    }
  }

  func clear(_ selection: Selection) {
    guard let offer = offers[selection], owned.remove(selection) != nil else { return }
    xcb_set_selection_owner(
      connection.handle, XCB_WINDOW_NONE.rawValue, number(selection), offer.time)
    connection.synchronize { handle(UnsafeRawPointer($0)) }
  }

  func replace(with content: ClipboardContent?, on selection: Selection) {
    replacements[selection] = .some(content)
    first = nil
    answerThoseWhoWait()
  }

  func serve(until end: ContinuousClock.Instant) -> Bool {
    var isHandled = false
    func drain() {
      connection.take { event in
        handle(UnsafeRawPointer(event))
        isHandled = true
        return false
      }
    }
    drain()
    if !isHandled {
      connection.waitForBytes(end - .now)
      drain()
    }
    transfers.removeAll(where: \.isStuck)
    xcb_flush(connection.handle)
    return !connection.isBroken
  }

  // MARK: - What is asked

  private func handle(_ event: UnsafeRawPointer) {
    switch event.eventKind {
    case XCB_SELECTION_CLEAR:
      let loss = event.load(as: xcb_selection_clear_event_t.self)
      owned = owned.filter { number($0) != loss.selection || loss.owner != window.number }
    case XCB_SELECTION_REQUEST:
      answer(event.load(as: xcb_selection_request_event_t.self))
    case XCB_PROPERTY_NOTIFY:
      let change = event.load(as: xcb_property_notify_event_t.self)
      guard change.state == UInt8(XCB_PROPERTY_DELETE.rawValue),
        let index = transfers.firstIndex(where: {
          $0.requestor == change.window && $0.property == change.atom
        })
      else { return }
      if transfers[index].sendPiece(of: Self.portion, connection) { transfers.remove(at: index) }
    default: break
    }
  }

  private func answer(_ request: xcb_selection_request_event_t) {
    let isFirst = first == nil || connection.program(of: request.requestor) == first
    // What is there may be told to everybody, and that it is not for keeping.
    let isQuestion = ["TARGETS", "TIMESTAMP", ClipboardContent.hint].contains {
      atoms.number($0) == request.target
    }
    guard isFirst || isQuestion else { return waiting.append(request) }
    let isDone = send(request)
    if isDone, isFirst, !isQuestion { requests += 1 }
  }

  private func answerThoseWhoWait() {
    let requests = waiting
    waiting = []
    for request in requests { answer(request) }
  }

  /// Hands over what was asked for, and says so; false where there is no such thing.
  private func send(_ request: xcb_selection_request_event_t) -> Bool {
    // Programs of the old times name no property.
    let property = request.property == XCB_ATOM_NONE.rawValue ? request.target : request.property
    var isDone = false
    if let offer = offer(on: request.selection),
      request.time == XCB_CURRENT_TIME || request.time >= offer.time
    {
      isDone =
        request.target == atoms.number("MULTIPLE")
        ? putPairs(of: offer, at: property, of: request.requestor)
        : put(offer, request.target, at: property, of: request.requestor)
    }
    var notice = xcb_selection_notify_event_t()
    notice.response_type = UInt8(XCB_SELECTION_NOTIFY)
    notice.time = request.time
    notice.requestor = request.requestor
    notice.selection = request.selection
    notice.target = request.target
    notice.property = isDone ? property : XCB_ATOM_NONE.rawValue
    withUnsafeBytes(of: &notice) { bytes in
      // An event is 32 bytes long, whatever is in it.
      let event = Array(bytes) + [UInt8](repeating: 0, count: 32 - bytes.count)
      event.withUnsafeBytes { event in
        _ = xcb_send_event(
          connection.handle, 0, request.requestor, 0,
          event.baseAddress?.assumingMemoryBound(to: CChar.self))
      }
    }
    return isDone
  }

  /// What those get who ask now.
  private func offer(on number: xcb_atom_t) -> Offer? {
    guard let selection = offers.keys.first(where: { self.number($0) == number }),
      let offer = offers[selection]
    else { return nil }
    guard let replacement = replacements[selection] else { return offer }
    return replacement.map { Offer(content: $0, time: offer.time) }
  }

  /// Writes one target to a property; false where there is no such target.
  private func put(
    _ offer: Offer, _ target: xcb_atom_t, at property: xcb_atom_t, of requestor: xcb_window_t
  ) -> Bool {
    switch target {
    case atoms.number("TARGETS"):
      let names = ["TARGETS", "TIMESTAMP", "MULTIPLE"] + offer.content.items.map(\.name)
      put(names.map(atoms.number), of: XCB_ATOM_ATOM.rawValue, at: property, of: requestor)
    case atoms.number("TIMESTAMP"):
      put([offer.time], of: XCB_ATOM_INTEGER.rawValue, at: property, of: requestor)
    default:
      guard let item = offer.content.items.first(where: { atoms.number($0.name) == target })
      else { return false }
      var transfer = X11Transfer(
        item: item, kind: atoms.number(item.kind), requestor: requestor, property: property)
      if item.bytes.count <= Self.portion {
        _ = transfer.sendPiece(of: Self.portion, connection)
      } else {
        // To be told when the first piece is wanted, and the next, and that is once this is gone.
        xcb_change_window_attributes(
          connection.handle, requestor, XCB_CW_EVENT_MASK.rawValue,
          [XCB_EVENT_MASK_PROPERTY_CHANGE.rawValue])
        put([UInt32(item.bytes.count)], of: atoms.number("INCR"), at: property, of: requestor)
        transfers.append(transfer)
      }
    }
    return true
  }

  /// Writes several targets, each to a property of its own, which stand in a list of pairs.
  private func putPairs(
    of offer: Offer, at property: xcb_atom_t, of requestor: xcb_window_t
  ) -> Bool {
    guard var pairs = X11Property(property, of: requestor, connection)?.numbers else {
      return false
    }
    for index in stride(from: 0, to: pairs.count - 1, by: 2)
    where !put(offer, pairs[index], at: pairs[index + 1], of: requestor) {
      pairs[index + 1] = XCB_ATOM_NONE.rawValue
    }
    put(pairs, of: atoms.number("ATOM_PAIR"), at: property, of: requestor)
    return true
  }

  private func put(
    _ numbers: [UInt32], of kind: xcb_atom_t, at property: xcb_atom_t, of requestor: xcb_window_t
  ) {
    xcb_change_property(
      connection.handle, UInt8(XCB_PROP_MODE_REPLACE.rawValue), requestor, property, kind, 32,
      UInt32(numbers.count), numbers)
  }

  // MARK: - The server

  private func number(_ selection: Selection) -> xcb_atom_t {
    selection == .primary ? XCB_ATOM_PRIMARY.rawValue : atoms.number("CLIPBOARD")
  }

  /// The server's time, which a property tells that nothing is added to.
  private func now() -> xcb_timestamp_t {
    let name = atoms.number("_UTTER_TIME")
    xcb_change_property(
      connection.handle, UInt8(XCB_PROP_MODE_APPEND.rawValue), window.number, name,
      XCB_ATOM_STRING.rawValue, 8, 0, nil)
    var time = xcb_timestamp_t(XCB_CURRENT_TIME)
    connection.synchronize { event in
      let event = UnsafeRawPointer(event)
      guard event.eventKind == XCB_PROPERTY_NOTIFY else { return handle(event) }
      let change = event.load(as: xcb_property_notify_event_t.self)
      if change.window == window.number, change.atom == name { time = change.time }
    }
    return time
  }
}

/// Something on its way to a window, in pieces.
private struct X11Transfer {
  let item: ClipboardContent.Item
  let kind: xcb_atom_t
  let requestor: xcb_window_t
  let property: xcb_atom_t
  var sent = 0
  var last = ContinuousClock.now

  /// Whether the window does not want the next piece any more.
  var isStuck: Bool { ContinuousClock.now - last > .seconds(5) }

  /// Writes the next piece; whether that was the empty one, which is the end.
  mutating func sendPiece(of size: Int, _ connection: X11Connection) -> Bool {
    let piece = item.bytes.dropFirst(sent).prefix(size)
    let unit = max(Int(item.format) / 8, 1)
    piece.withUnsafeBytes { bytes in
      _ = xcb_change_property(
        connection.handle, UInt8(XCB_PROP_MODE_REPLACE.rawValue), requestor, property, kind,
        item.format, UInt32(bytes.count / unit), bytes.baseAddress)
    }
    sent += piece.count
    last = .now
    return piece.isEmpty
  }
}

extension X11Connection {
  /// The program that made a window, as the part of the window's number that all of its share.
  func program(of window: xcb_window_t) -> UInt32 {
    window & ~xcb_get_setup(handle).pointee.resource_id_mask
  }
}
