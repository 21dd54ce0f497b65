import Service
import Testing

@Suite struct ConfigurationTests {
  @Test func theStarterModelIsTheDefault() {
    #expect(Configuration().model.name == "starter-en")
  }
}
