/// The program that the daemon and its commands are.
package enum Program {
  /// Its version.
  package static let version = "0.1.0"
}
