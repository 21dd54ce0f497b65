internal import CLinux

/// What a thread can have done to itself.
package enum CurrentThread {
  /// Names it for debuggers and `top`.
  ///
  /// - Parameter name: At most 15 bytes.
  package static func setName(_ name: String) { clinux_name_thread(name) }

  /// Puts it before all threads that are not real-time.
  ///
  /// - Parameter priority: 1 to 99.
  /// - Returns: False where that is not permitted.
  package static func becomeRealTime(priority: Int32) -> Bool { clinux_be_real_time(priority) }

  /// Takes its turn among the threads that are not real-time, whoever started it.
  package static func becomeOrdinary() { clinux_be_ordinary() }

  /// Lets it compute with 0 in the place of subnormal numbers, which are slow.
  package static func flushSubnormalNumbers() { clinux_flush_to_zero() }
}

/// Gives the system back what was freed.
package func returnFreedMemory() { clinux_return_memory() }
