// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "TranscribeFile",
  dependencies: [.package(name: "Utter", path: "../..")],
  targets: [
    .executableTarget(
      name: "TranscribeFile", dependencies: [.product(name: "UtterKit", package: "Utter")])
  ]
)
