import Foundation
import Policies
import TestSupport
import Testing

/// What stands in a directory of policies and cannot be read: a hold could be in it, so nothing is dropped in silence.
@Suite struct DocumentFilesTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write("a.yaml", policy() + noHolds)
    }

    private var directory: String { scratch.path }

    /// Each error as the entry that it names and what it says.
    private func errors() -> [String] {
        let loaded = PolicyLoader.load(directory, asOf: asOf)
        #expect(loaded.hasErrors)
        return loaded.diagnostics.filter { $0.level == .error && $0.code == "unreadable" }.map {
            "\($0.location.file.dropFirst(directory.count + 1)) \($0.message)"
        }
    }

    @Test func `a directory and those below it are read, and what is no document is left alone`() throws {
        try scratch.makeDirectory("teams/one")
        try scratch.write("teams/one/b.YML", policy(name: "b"))
        try scratch.write("README.md", "# notes")
        try #require(mkfifo("\(directory)/pipe", 0o600) == 0)
        let loaded = PolicyLoader.load(directory, asOf: asOf)
        #expect(loaded.policies?.retention.map(\.name) == ["a", "b"], "\(loaded.diagnostics)")
    }

    @Test func `a pipe named like a document is an error, and nobody waits for it`() throws {
        try #require(mkfifo("\(directory)/b.yaml", 0o600) == 0)
        #expect(errors() == ["b.yaml cannot read: it is neither a file nor a directory"])
    }

    @Test func `a device named like a document is an error`() throws {
        try scratch.link("b.yml", to: "/dev/zero")
        #expect(errors() == ["b.yml cannot read: it is neither a file nor a directory"])
    }

    @Test(arguments: ["b.yaml", "teams"])
    func `a link that leads nowhere is an error, for it may have been a directory of documents`(name: String) throws {
        try scratch.link(name, to: "/nowhere")
        #expect(errors() == ["\(name) cannot open: it is a link that leads nowhere"])
    }

    @Test func `a link to itself is an error`() throws {
        try scratch.link("b.yaml", to: "b.yaml")
        #expect(errors() == ["b.yaml cannot inspect: Too many levels of symbolic links"])
    }

    @Test func `a directory too deep to look into is an error`() throws {
        try scratch.makeDirectory("1/2/3/4/5/6/7/8/9")
        #expect(errors() == ["1/2/3/4/5/6/7/8/9 cannot list: it lies more than 8 directories deep"])
    }

    @Test func `a name that is not UTF-8 is an error`() throws {
        let path = [UInt8]("\(directory)/b".utf8) + [0xFF] + [UInt8](".yaml".utf8) + [0]
        let descriptor = path.withUnsafeBytes { name in
            name.assumingMemoryBound(to: CChar.self).baseAddress.map { open($0, O_CREAT, 0o600) } ?? -1
        }
        try #require(descriptor >= 0)
        close(descriptor)
        #expect(errors() == ["b\u{FFFD}.yaml cannot open: its name is not UTF-8"])
    }

    @Test func `links that lead in a circle are followed once, however many there are`() throws {
        try scratch.makeDirectory("sub")
        for number in 1...20 {
            try scratch.link("l\(number)", to: ".")
            try scratch.link("sub/l\(number)", to: "..")
        }
        let loaded = PolicyLoader.load(directory, asOf: asOf)
        #expect(loaded.policies?.retention.map(\.name) == ["a"], "\(loaded.diagnostics)")
    }
}
