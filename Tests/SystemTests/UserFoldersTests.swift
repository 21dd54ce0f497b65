import Foundation
import System
import Testing

@Suite struct UserFoldersTests {
  private static let folders: [(variable: String, standard: String)] = [
    ("XDG_CONFIG_HOME", "/home/me/.config"), ("XDG_DATA_HOME", "/home/me/.local/share"),
    ("XDG_STATE_HOME", "/home/me/.local/state"), ("XDG_CACHE_HOME", "/home/me/.cache"),
  ]

  private static func path(_ variable: String, _ folders: UserFolders) throws -> String {
    switch variable {
    case "XDG_CONFIG_HOME": try folders.configuration
    case "XDG_DATA_HOME": try folders.data
    case "XDG_STATE_HOME": try folders.state
    default: try folders.cache
    }
  }

  @Test func oneRuleForAllFolders() throws {
    for (variable, standard) in Self.folders {
      for (value, expected) in [
        (nil, standard), ("", standard), ("relative/path", standard), ("./x", standard),
        ("~/x", standard), ("/elsewhere", "/elsewhere"),
      ] {
        var environment = ["HOME": "/home/me"]
        environment[variable] = value
        #expect(
          try Self.path(variable, UserFolders(environment: environment)) == expected,
          "\(variable)=\(value ?? "unset")")
      }
    }
  }

  @Test(arguments: [nil, "", "run/user/1"]) func aSocketHasNoOtherPlace(_ value: String?) {
    var environment = ["HOME": "/home/me"]
    environment["XDG_RUNTIME_DIR"] = value
    #expect(UserFolders(environment: environment).runtime == nil)
    environment["XDG_RUNTIME_DIR"] = "/run/user/1"
    #expect(UserFolders(environment: environment).runtime == "/run/user/1")
  }

  /// A service may run without `HOME`; the system knows the folder all the same.
  @Test(arguments: [nil, "", "home"]) func homeIsThatOfTheUser(_ value: String?) throws {
    var environment: [String: String] = [:]
    environment["HOME"] = value
    let registered = try #require(getpwuid(getuid())?.pointee.pw_dir)
    let home = String(cString: registered)
    #expect(try UserFolders(environment: environment).home == home)
    #expect(try UserFolders(environment: environment).state == "\(home)/.local/state")
  }

  @Test func variablesOfThisProcess() throws {
    setenv("UTTER_TEST_EMPTY", "", 1)
    setenv("UTTER_TEST_FULL", "a=b", 1)
    #expect(Environment.value(of: "UTTER_TEST_EMPTY") == nil)
    #expect(Environment.value(of: "UTTER_TEST_FULL") == "a=b")
    #expect(Environment.variables["UTTER_TEST_EMPTY"] == "")
    #expect(Environment.variables["UTTER_TEST_FULL"] == "a=b")
    #expect(Environment.variables.count == ProcessInfo.processInfo.environment.count)
  }
}
