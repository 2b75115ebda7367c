import Foundation
import TestSupport
import Testing

/// Every block of the README is true: its commands run, and print what it says they print.
@Suite struct ReadmeTests {
    struct Block {
        var language: String
        var name: String?
        var lines: [String]
    }

    static let blocks: [Block] = {
        guard let text = try? String(contentsOf: Checkout.url.appending(path: "README.md"), encoding: .utf8) else {
            return []
        }
        var blocks: [Block] = []
        var open: Block?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("```") {
                if let block = open {
                    blocks.append(block)
                    open = nil
                } else {
                    let words = line.dropFirst(3).split(separator: " ").map(String.init)
                    open = Block(language: words.first ?? "", name: words.dropFirst().first, lines: [])
                }
            } else {
                open?.lines.append(line)
            }
        }
        return blocks
    }()

    @Test func `every block says what it is`() {
        #expect(!Self.blocks.isEmpty)
        for block in Self.blocks {
            #expect(["console", "yaml"].contains(block.language), "\(block.lines.first ?? "")")
        }
    }

    /// Blocks run in order in one directory, as a reader would type them. A yaml block names the file that it is.
    @Test func `every command of the README prints what the README says`() throws {
        let scratch = try Scratch()
        try FileManager.default.copyItem(
            at: Checkout.url.appending(path: "policies"), to: scratch.url.appending(path: "policies"))
        for block in Self.blocks {
            if block.language == "yaml" {
                try scratch.write(try #require(block.name), block.lines.joined(separator: "\n") + "\n")
            } else {
                try check(block, in: scratch.url)
            }
        }
    }

    private func check(_ block: Block, in directory: URL) throws {
        var command: String?
        var expected: [String] = []
        for line in block.lines + ["$ "] {
            guard line.hasPrefix("$ ") else {
                expected.append(line)
                continue
            }
            if let command { try run(command, prints: expected, in: directory) }
            command = String(line.dropFirst(2))
            expected = []
        }
    }

    private func run(_ command: String, prints expected: [String], in directory: URL) throws {
        if command.hasPrefix("make") || command.hasPrefix("git clone") || command.hasPrefix("cd ") {
            try checkTarget(of: command)
            return
        }
        let outcome = try Tool.run("/bin/sh", ["-c", "\(command) 2>&1"], in: directory)
        let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(
            lines.last == "" ? Array(lines.dropLast()) == expected : lines == expected, "\(command)\n\(outcome.output)")
    }

    /// `make` builds and tests the package, so a test cannot run it; that its target exists, it can.
    private func checkTarget(of command: String) throws {
        guard command.hasPrefix("make ") else { return }
        let outcome = try Tool.run(
            "/usr/bin/make", ["-n"] + command.split(separator: " ").dropFirst().map(String.init), in: Checkout.url)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }
}
