import Foundation
import JSONLines
import Testing

@Suite struct GzipTests {
    private func gzip(_ bytes: some Collection<UInt8>) throws -> [UInt8] {
        let file = TemporaryFile(bytes)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/gzip")
        process.arguments = ["-c", file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(data)
    }

    private let lines = (0..<2000).map { "{\"a\":\($0)}\n" }.joined()

    @Test func `a compressed file reads like the plain one`() throws {
        let plain = entries(of: Array(lines.utf8))
        #expect(entries(of: try gzip(lines.utf8), ending: "ndjson.gz", limits: limits(window: 256)) == plain)
        #expect(entries(of: try gzip("".utf8), ending: "json.gz") == [])
        let array = "[" + lines.split(separator: "\n").joined(separator: ",\n") + "]"
        #expect(entries(of: try gzip(array.utf8), ending: "json.gz", limits: limits(window: 256)) == plain)
    }

    @Test func `members one after the other are one text`() throws {
        let read = entries(of: try gzip("{\"a\":1}\n{\"a\"".utf8) + gzip(":2}\n".utf8), ending: "ndjson.gz")
        #expect(read.map(\.description) == ["1: {\"a\":1}", "2: {\"a\":2}"])
    }

    @Test func `what is cut off is reported after what could be read`() throws {
        let whole = try gzip(lines.utf8)
        let read = entries(of: whole.prefix(whole.count / 2), ending: "ndjson.gz", limits: limits(window: 512))
        #expect(read.count > 100 && read.count < 2000)
        #expect(read.last?.text == "!compression")
        #expect(read.last?.line == read.count)
        #expect(read.dropLast().allSatisfy { !$0.text.hasPrefix("!") })
        #expect(entries(of: whole.dropLast(), ending: "ndjson.gz").last?.text == "!compression")
    }

    @Test func `what follows the end, or is not gzip at all, is reported`() throws {
        #expect(
            entries(of: try gzip("{\"a\":1}\n".utf8) + [1, 2, 3], ending: "ndjson.gz").map(\.text) == [
                "{\"a\":1}", "!compression",
            ])
        #expect(entries(of: Array("{\"a\":1}\n".utf8), ending: "ndjson.gz").map(\.text) == ["!compression"])
        #expect(entries(of: [], ending: "ndjson.gz").map(\.text) == ["!compression"])
    }

    @Test func `a bomb is stopped by its ratio (case 79)`() throws {
        var small = limits(window: 1 << 12)
        small.unquestionedExpansion = 1 << 16
        let bomb = try gzip([UInt8](repeating: UInt8(ascii: "\n"), count: 1 << 22))
        #expect(entries(of: bomb, ending: "ndjson.gz", limits: small).map(\.text) == ["!bomb"])
        #expect(entries(of: bomb, ending: "ndjson.gz").isEmpty, "a few megabytes are nobody's bomb")
    }
}
