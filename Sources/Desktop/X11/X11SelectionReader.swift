internal import CXCB
internal import Foundation

/// Reads what stands on one of X11's selections, in all its types (ICCCM 2.0, chapter 2).
struct X11SelectionReader {
  let connection: X11Connection
  let atoms: X11Atoms
  let selection: xcb_atom_t
  /// When to give up.
  let end: ContinuousClock.Instant

  /// What the owner has; nil where it does not say.
  func content() -> ClipboardContent? {
    let window = X11Window(connection, events: XCB_EVENT_MASK_PROPERTY_CHANGE)
    let owner = xcb_get_selection_owner_reply(
      connection.handle, xcb_get_selection_owner(connection.handle, selection), nil)
    let isEmpty = owner.map { $0.pointee.owner == XCB_WINDOW_NONE.rawValue } ?? true
    free(owner)
    if isEmpty { return ClipboardContent([]) }
    let names: [String]
    switch convert(atoms.number("TARGETS"), window, room: 1 << 16) {
    case .property(let property): names = property.numbers.compactMap(atoms.name)
    // An owner of the old times, which has text.
    case .refused: names = ["UTF8_STRING", "STRING"]
    case .tooLarge, .late: return nil
    }
    var content = ClipboardContent([])
    var room = ClipboardLimits.size
    let wanted = ClipboardContent.order(names)
    for (index, name) in wanted.enumerated()
    where !wanted[..<index].contains(name) && !content.addTwin(name) {
      switch convert(atoms.number(name), window, room: room) {
      case .property(let property):
        room -= property.bytes.count
        content.items.append(
          ClipboardContent.Item(
            name, kind: atoms.name(property.kind), format: property.format, Data(property.bytes)))
      case .refused: break
      // Pieces may still come, and would be taken for the next type.
      case .tooLarge, .late:
        content.missing = wanted[index...].filter { name in
          !content.items.contains { $0.name == name }
        }
        content.sort(as: names)
        return content
      }
    }
    content.sort(as: names)
    return content
  }

  private enum Answer {
    case property(X11Property)
    case refused, tooLarge, late
  }

  /// Asks the owner for one target.
  private func convert(_ target: xcb_atom_t, _ window: X11Window, room: Int) -> Answer {
    let name = atoms.number("_UTTER_SELECTION")
    xcb_convert_selection(
      connection.handle, window.number, selection, target, name,
      xcb_timestamp_t(XCB_CURRENT_TIME))
    var answer: xcb_selection_notify_event_t?
    wait { event in
      guard let notice = event.selectionNotice, notice.requestor == window.number,
        notice.target == target
      else { return false }
      answer = notice
      return true
    }
    guard let answer else { return .late }
    guard answer.property != XCB_ATOM_NONE.rawValue,
      var property = X11Property(name, of: window.number, connection)
    else { return .refused }
    let isInPieces = property.kind == atoms.number("INCR")
    guard isInPieces else {
      xcb_delete_property(connection.handle, window.number, name)
      return property.bytes.count <= room ? .property(property) : .tooLarge
    }
    // To delete it asks for the first piece, and so on; an empty piece is the end.
    xcb_delete_property(connection.handle, window.number, name)
    var pieces: [UInt8] = []
    while true {
      guard wait({ $0.isNewProperty(name, of: window.number) }) else { return .late }
      guard let piece = X11Property(name, of: window.number, connection, deleting: true) else {
        continue
      }
      if piece.bytes.isEmpty { break }
      property = piece
      pieces += piece.bytes
      guard pieces.count <= room else { return .tooLarge }
    }
    property.bytes = pieces
    return .property(property)
  }

  /// Waits for an event.
  @discardableResult
  private func wait(_ isWanted: (UnsafeRawPointer) -> Bool) -> Bool {
    let end = min(end, .now + ClipboardLimits.patience)
    while true {
      var isFound = false
      connection.take { event in
        isFound = isWanted(UnsafeRawPointer(event))
        return isFound
      }
      if isFound { return true }
      let rest = end - .now
      guard rest > .zero, !connection.isBroken else { return false }
      connection.waitForBytes(rest)
    }
  }
}

/// A window that nobody sees, with which programs ask and answer each other.
final class X11Window {
  let number: xcb_window_t
  private let connection: X11Connection

  init(_ connection: X11Connection, events: xcb_event_mask_t) {
    self.connection = connection
    number = xcb_generate_id(connection.handle)
    xcb_create_window(
      connection.handle, UInt8(XCB_COPY_FROM_PARENT), number, connection.root, -1, -1, 1, 1, 0,
      UInt16(XCB_WINDOW_CLASS_INPUT_ONLY.rawValue), xcb_visualid_t(XCB_COPY_FROM_PARENT),
      XCB_CW_EVENT_MASK.rawValue, [events.rawValue])
  }

  deinit { xcb_destroy_window(connection.handle, number) }
}

extension UnsafeRawPointer {
  /// The number of an event.
  var eventKind: Int32 { Int32(load(as: UInt8.self) & 0x7f) }

  /// The event, where it answers a request for a selection.
  fileprivate var selectionNotice: xcb_selection_notify_event_t? {
    eventKind == XCB_SELECTION_NOTIFY ? load(as: xcb_selection_notify_event_t.self) : nil
  }

  /// Whether the event tells of a property that was written.
  fileprivate func isNewProperty(_ name: xcb_atom_t, of window: xcb_window_t) -> Bool {
    guard eventKind == XCB_PROPERTY_NOTIFY else { return false }
    let event = load(as: xcb_property_notify_event_t.self)
    return event.window == window && event.atom == name
      && event.state == UInt8(XCB_PROPERTY_NEW_VALUE.rawValue)
  }
}
