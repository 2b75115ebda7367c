import Files
import TestSupport
import Testing

@Suite struct FilesTests {
    @Test func `a file is read whole, up to its limit`() throws {
        let directory = try Scratch()
        let path = try directory.write("a.txt", "hello")
        #expect(try Files.read(path, limit: 5) == Array("hello".utf8))
        let error = #expect(throws: FileError.self) { try Files.read(path, limit: 4) }
        #expect(error?.description == "\(path): cannot read: it is larger than 4 bytes")
    }

    @Test func `a file that claims no size is read to its end`() throws {
        #expect(try !Files.read("/proc/self/status", limit: 1 << 20).isEmpty)
    }

    @Test func `an error says where, what and why`() throws {
        let error = #expect(throws: FileError.self) { try Files.read("/nowhere/at/all", limit: 1) }
        #expect(error?.description == "/nowhere/at/all: cannot open: No such file or directory")
        #expect(error?.isAbsent == true)
        #expect(throws: FileError.self) { try Files.read("/tmp", limit: 1) }
        #expect(throws: FileError.self) { try Files.list("/nowhere") }
    }

    @Test func `a directory is listed in byte order`() throws {
        let directory = try Scratch()
        for name in ["b", "a", "Z", "é", ".hidden"] { try directory.write(name, "") }
        #expect(try Files.list(directory.path) == [".hidden", "Z", "a", "b", "é"])
    }

    @Test func `directories are made with those above them`() throws {
        let directory = try Scratch()
        let deep = "\(directory.path)/x/y/z"
        try Files.makeDirectory(deep)
        try Files.makeDirectory(deep + "/")
        #expect(Files.kind(of: deep) == .directory)
        let file = try directory.write("plain", "")
        let error = #expect(throws: FileError.self) { try Files.makeDirectory("\(file)/below") }
        #expect(error?.operation == "create")
    }

    @Test func `what a path is`() throws {
        let directory = try Scratch()
        #expect(Files.kind(of: directory.path) == .directory)
        #expect(try Files.kind(of: directory.write("f", "")) == .file)
        #expect(Files.kind(of: "/dev/null") == .other)
        #expect(Files.kind(of: "\(directory.path)/none") == nil)
        #expect(Files.path("a/", "b") == "a/b" && Files.path("a", "b") == "a/b" && Files.path("", "b") == "b")
    }
}
