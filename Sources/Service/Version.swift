/// The program that the daemon and its commands are.
public enum Program {
  /// Its version.
  public static let version = "0.1.0"
}
