package import Foundation

/// Programs that tests run: ours, as a user would, and other people's.
package enum Tool {
    /// What a run left behind.
    package struct Outcome {
        package var status: Int32
        package var output: String
        package var errors: String
    }

    /// Our command. It stands beside the test bundle, whatever the build's configuration.
    package static let binary: URL = {
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let beside = own.deletingLastPathComponent().appending(path: "tenure")
        if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
        return Checkout.url.appending(path: ".build/debug/tenure")
    }()

    @discardableResult
    package static func tenure(_ arguments: String..., in directory: URL? = nil) throws -> Outcome {
        try run(binary.path, arguments, in: directory)
    }

    /// Runs a program to its end, with nothing to read and few variables, in a directory of its own unless one is named.
    package static func run(
        _ command: String, _ arguments: [String], in directory: URL? = nil, environment: [String: String] = [:]
    ) throws -> Outcome {
        let scratch = try Scratch()
        let output = scratch.url.appending(path: "out")
        let errors = scratch.url.appending(path: "err")
        for file in [output, errors] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(filePath: command)
        process.arguments = arguments
        process.currentDirectoryURL = directory ?? scratch.url
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        let usual = ["PATH": "\(binary.deletingLastPathComponent().path):/usr/local/bin:/usr/bin:/bin", "CI": "1"]
        process.environment = usual.merging(environment) { $1 }
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8))
    }

    /// The path of a program of other people's, or nil where it is not installed.
    package static func find(_ program: String) -> String? {
        let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        return (places + ["/usr/sbin", "\(Checkout.path)/.build/peers/bin"]).map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
