import Files
import Foundation
import TestSupport
import Testing

/// What a tree of files holds, and what it cannot show.
@Suite struct FileTreeTests {
    private let directory: Scratch

    init() throws { directory = try Scratch() }

    private func make(_ path: String) throws {
        try Files.makeDirectory("\(directory.path)/\(path)")
    }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: "\(directory.path)/\(name)", withDestinationPath: target)
    }

    private func tree() throws -> FileTree { try FileTree(directory.path) }

    @Test func `files are found below too, by name, and hidden ones are not`() throws {
        try make("b/c")
        try make(".git")
        for name in ["z", "b/y", "b/c/x", ".hidden", ".git/w"] { try directory.write(name, "12345") }
        let tree = try tree()
        #expect(tree.files.map(\.name) == ["b/c/x", "b/y", "z"])
        #expect(tree.files.map(\.path) == ["b/c/x", "b/y", "z"].map { "\(directory.path)/\($0)" })
        #expect(tree.files.allSatisfy { $0.size == 5 } && tree.gaps.isEmpty)
    }

    @Test(arguments: [
        ("/nowhere", "it is a link that leads nowhere"), ("itself", "Too many levels of symbolic links"),
    ])
    func `a link that leads nowhere may have been a directory`(target: String, reason: String) throws {
        try link("itself", to: target)
        let gaps = try tree().gaps
        #expect(gaps.map(\.name) == ["itself"] && gaps.allSatisfy(\.mayHoldFiles))
        #expect(gaps.map(\.error.reason) == [reason])
    }

    @Test func `a pipe and a device are no files, and no directories either`() throws {
        #expect(mkfifo("\(directory.path)/pipe", 0o600) == 0)
        try link("zero", to: "/dev/zero")
        let gaps = try tree().gaps
        #expect(gaps.map(\.name) == ["pipe", "zero"] && !gaps.contains(where: \.mayHoldFiles))
        #expect(gaps.allSatisfy { $0.error.reason == "it is neither a file nor a directory" })
    }

    @Test func `a socket is no file`() throws {
        let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = "\(directory.path)/s"
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, size) }
        }
        try #require(bound == 0)
        #expect(try tree().gaps.map(\.name) == ["s"])
    }

    @Test func `a name that is not UTF-8 is shown, and never taken for another`() throws {
        let made = [UInt8]("\(directory.path)/a".utf8) + [0xFF, 0]
        let descriptor = made.withUnsafeBytes { name in
            name.assumingMemoryBound(to: CChar.self).baseAddress.map { open($0, O_CREAT, 0o600) } ?? -1
        }
        try #require(descriptor >= 0)
        close(descriptor)
        try directory.write("a\u{FFFD}", "another")
        let tree = try tree()
        #expect(tree.files.map(\.name) == ["a\u{FFFD}"])
        #expect(tree.gaps.map(\.error.reason) == ["its name is not UTF-8"])
        #expect(tree.gaps.map(\.mayHoldFiles) == [false])
    }

    @Test func `directories are looked into up to a depth, and what is below is said`() throws {
        try make("1/2/3/4/5/6/7/8")
        #expect(try tree().gaps.isEmpty)
        try directory.write("1/2/3/4/5/6/7/8/f", "")
        try make("1/2/3/4/5/6/7/8/9")
        let tree = try tree()
        #expect(tree.files.map(\.name) == ["1/2/3/4/5/6/7/8/f"])
        #expect(tree.gaps.map(\.name) == ["1/2/3/4/5/6/7/8/9"] && tree.gaps.allSatisfy(\.mayHoldFiles))
    }

    @Test func `links that lead in a circle are followed once, however many there are`() throws {
        try make("sub")
        try directory.write("sub/f", "")
        for number in 1...40 {
            try link("l\(number)", to: ".")
            try link("sub/l\(number)", to: "..")
        }
        let tree = try tree()
        #expect(tree.files.map(\.name) == ["sub/f"] && tree.gaps.isEmpty)
    }

    @Test func `a directory that cannot be listed, or not be entered, is said`() throws {
        try make("unlisted")
        try make("unentered/inner")
        try directory.write("unentered/f", "")
        #expect(chmod("\(directory.path)/unlisted", 0o311) == 0)
        #expect(chmod("\(directory.path)/unentered", 0o744) == 0)
        let tree: FileTree = try asOrdinaryUser { try self.tree() }
        #expect(tree.files.isEmpty)
        #expect(tree.gaps.map(\.name) == ["unentered/f", "unentered/inner", "unlisted"])
        #expect(tree.gaps.map(\.mayHoldFiles) == [false, true, true])
        #expect(tree.gaps.allSatisfy { $0.error.reason == "Permission denied" && $0.error.hint != nil })
        #expect(chmod("\(directory.path)/unlisted", 0o755) == 0)
    }

    @Test func `only what is wrong with the top is thrown`() throws {
        #expect(throws: FileError.self) { try FileTree("\(directory.path)/none") }
        #expect(throws: FileError.self) { try FileTree(directory.write("plain", "")) }
    }
}
