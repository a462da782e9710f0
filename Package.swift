// swift-tools-version: 6.2
import PackageDescription

/// One set of compiler settings for every target: the language of tomorrow, and no warning left standing.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// One file that runs on any Linux of its processor: nothing is looked for and put together when it starts.
/// The usual linker warns that a static program cannot load libraries, of which the Swift runtime has a call
/// that this one never comes to.
let alone: [LinkerSetting] = [
  .unsafeFlags(["-static-executable", "-use-ld=lld"], .when(platforms: [.linux], configuration: .release))
]

let package = Package(
  name: "fristvagt",
  products: [.executable(name: "fristvagt", targets: ["fristvagt"])],
  targets: [
    // Imports run one way: Rules ← Notifier ← Scheduler ← fristvagt.
    .target(name: "Rules", swiftSettings: strict),
    .target(
      name: "Notifier", dependencies: ["Rules"],
      // The wording that is sent where a kommune has none of its own; the binary carries it.
      resources: [.embedInCode("Tekster")], swiftSettings: strict),
    .target(name: "Scheduler", dependencies: ["Rules", "Notifier", "CGlibc"], swiftSettings: strict),
    // Words of the C library that the module Glibc leaves out: how it keeps memory, and who runs on which
    // processor.
    .systemLibrary(name: "CGlibc"),
    .executableTarget(
      name: "fristvagt", dependencies: ["Scheduler"], swiftSettings: strict, linkerSettings: alone),

    .executableTarget(
      name: "measure", dependencies: ["Rules", "Notifier", "Scheduler"], path: "Benchmarks/Measure",
      swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["Rules", "Notifier", "Scheduler"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .testTarget(name: "RulesTests", dependencies: ["Rules", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "NotifierTests", dependencies: ["Notifier", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "SchedulerTests", dependencies: ["Scheduler", "TestSupport"], swiftSettings: strict),
    // They run the program, which is built with every target; tests that depended on it would get its linker
    // flags.
    .testTarget(
      name: "CommandTests", dependencies: ["Rules", "TestSupport"], swiftSettings: strict),
  ]
)
