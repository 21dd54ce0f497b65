// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Dictate",
  dependencies: [.package(name: "Utter", path: "../..")],
  targets: [
    .executableTarget(
      name: "Dictate", dependencies: [.product(name: "UtterKit", package: "Utter")])
  ]
)
