internal import Foundation
internal import System

/// All keyboards that have a key, and on which of them it is down.
final class Keyboards {
  /// What happened to the key on one keyboard.
  struct Change {
    fileprivate let descriptor: Int32
    fileprivate let isDown: Bool
  }

  private let key: Key
  private let folder: String
  private let only: String?
  private let watch: FileDescriptor
  private var devices: [Int32: InputDevice] = [:]
  private var down: Set<Int32> = []

  /// Opens those that are there.
  init(key: Key, folder: String, device: String?) throws(DesktopError) {
    self.key = key
    self.folder = folder
    only = device
    do throws(Errno) {
      watch = try FileDescriptor(watching: folder)
    } catch {
      throw .unusableDevice(path: folder, reason: "\(error)")
    }
    if let refusal = open(), devices.isEmpty { throw refusal }
  }

  var isEmpty: Bool { devices.isEmpty }
  var isDown: Bool { !down.isEmpty }
  /// All that must be waited for.
  var descriptors: [Int32] { [watch.number] + devices.keys }

  /// Path and name of each.
  var names: [String] {
    devices.values.sorted { $0.path < $1.path }.map { "\($0.path)  \($0.name ?? "unnamed")" }
  }

  /// Reads a descriptor that has something to say.
  func changes(of descriptor: Int32) throws(DesktopError) -> [Change] {
    if descriptor == watch.number {
      watch.forgetChanges()
      _ = open()
      return []
    }
    guard let device = devices[descriptor] else { return [] }
    guard let events = device.events() else {
      devices[descriptor] = nil
      return [Change(descriptor: descriptor, isDown: false)]
    }
    return events.compactMap { event in
      event.change(of: key).map { change in
        let isDown = change == .pressed || change == .unknown && device.isHeld(key)
        return Change(descriptor: descriptor, isDown: isDown)
      }
    }
  }

  func apply(_ change: Change) {
    if change.isDown { down.insert(change.descriptor) } else { down.remove(change.descriptor) }
  }

  /// Opens devices that are not open yet.
  ///
  /// - Returns: Why one could not be opened, if so.
  private func open() -> DesktopError? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let found = names.filter { $0.hasPrefix("event") }.sorted().map { "\(folder)/\($0)" }
    var refusal: DesktopError?
    for path in only.map({ [$0] }) ?? found
    where !devices.values.contains(where: { $0.path == path }) {
      do throws(DesktopError) {
        let device = try InputDevice(path: path)
        if device.has(key) { devices[device.number] = device }
      } catch {
        refusal = error
      }
    }
    return refusal
  }
}
