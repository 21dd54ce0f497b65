import Desktop
import Testing

@Suite struct SessionKindTests {
  @Test func waylandComesBeforeItsXWayland() {
    #expect(
      SessionKind(environment: ["WAYLAND_DISPLAY": "wayland-1", "DISPLAY": ":0"]) == .wayland)
    #expect(SessionKind(environment: ["WAYLAND_DISPLAY": "", "DISPLAY": ":0"]) == .x11)
    #expect(SessionKind(environment: [:]) == .none)
  }
}
