import Foundation
import TestSupport

/// A twin as a process of its own, which ends with the test.
final class RunningTwin {
    private let process = Process()
    /// What the API's paths stand below.
    let address: String

    convenience init(_ arguments: String..., temporary: String = NSTemporaryDirectory()) throws {
        try self.init(arguments, temporary: temporary)
    }

    init(_ arguments: [String], temporary: String = NSTemporaryDirectory()) throws {
        let output = Pipe()
        process.executableURL = Tool.binary
        process.arguments = ["twin"] + arguments
        process.environment = ["TMPDIR": temporary]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        try process.run()
        // Its first line says where it listens, once it does.
        var line = Data()
        while !line.contains(UInt8(ascii: "\n")) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            line += more
        }
        address = String(decoding: line, as: UTF8.self).split(separator: " ").first.map(String.init) ?? ""
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }
}
