/// An open device as the capture thread sees it; errors are negative `errno` numbers, as ALSA's.
package protocol PeriodSource: AnyObject {
  /// What it delivers.
  var format: CaptureFormat { get }
  /// Samples of each channel that it delivers at once.
  var periodSize: Int { get }
  /// Starts, also anew after an overrun.
  func start() -> Int32
  /// Goes on after the machine slept; −EAGAIN until the device is awake too.
  func resume() -> Int32
  /// Reads what there is at once and returns its count per channel, or −EAGAIN without any.
  func read(into bytes: UnsafeMutableRawPointer, count: Int) -> Int
  /// Waits until there is something to read, or to read from another descriptor.
  func wait(orFor descriptor: Int32) -> WaitResult
}

/// How waiting for a device ended.
package enum WaitResult: Sendable {
  /// There is something to read, or an error that reading will tell, or a signal came.
  case ready
  /// The device delivers nothing any more.
  case dead
}
