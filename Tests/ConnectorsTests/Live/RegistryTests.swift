import Policies
import Records
import TestSupport
import Testing

@testable import Connectors

@Suite struct RegistryTests {
    private func registry(
        _ name: String, _ text: String, kind: Kind? = nil, complete: Bool = false
    ) throws -> Registry {
        let scratch = try Scratch()
        return try Registry([.init(.file(scratch.write(name, text)), kind: kind, isComplete: complete)])
    }

    @Test(arguments: [
        ("ids.txt", "a\r\n\nb,c\na\n", ["a", "b,c"]), ("ids", "a", ["a"]), ("ids.txt", "", []),
        ("ids.csv", "tenant,id\nt1,a\n\"x, y\",\"b\"\"q\"\"\"\n", ["a", "b\"q\""]),
        ("ids.ndjson", #"{"id":"a","created":1}"# + "\n" + #"{"tenant":"x","id":"b"}"#, ["a", "b"]),
    ])
    func `reads ids, each once, in their order`(name: String, text: String, ids: [String]) throws {
        #expect(try registry(name, text, kind: .thread).ids(of: .thread) == ids)
    }

    @Test func `believes a line's own kind more than the entry's`() throws {
        let ids = try registry("ids.csv", "id,kind\na,response\nb,\nc,thread\n", kind: .conversation)
        #expect(ids.ids(of: .response) == ["a"])
        #expect(ids.ids(of: .conversation) == ["b"])
        #expect(ids.ids(of: .thread) == ["c"])
    }

    @Test func `is complete only for a kind of which somebody says so`() throws {
        let ids = try registry("ids.txt", "a", kind: .thread, complete: true)
        #expect(ids.isComplete(.thread) && !ids.isComplete(.response))
        #expect(try !registry("ids.txt", "a", kind: .thread).isComplete(.thread))
    }

    @Test(
        arguments: [
            ("ids.txt", "a\n", nil, "ids.txt:1", "does not say of which kind"),
            ("ids.csv", "name\na\n", Kind.thread, "ids.csv:1", "names no column id"),
            ("ids.csv", "id,x\na,1\n,2\n", .thread, "ids.csv:3", "holds no id"),
            ("ids.ndjson", #"{"id":"a"}"# + "\n" + #"{"id":7}"#, .thread, "ids.ndjson:2", "holds no id"),
            ("ids.ndjson", "a\n", .thread, "ids.ndjson:1", "is no object of JSON"),
            ("ids.ndjson", "[]", .thread, "ids.ndjson:1", "is no object of JSON"),
            ("ids.ndjson", #"{"id":"a","id":"b"}"#, .thread, "ids.ndjson:1", "has the member id twice"),
            ("ids.ndjson", #"{"id":"a","tenant":["t"]}"#, .thread, "ids.ndjson:1", "says of the tenant"),
            ("ids.ndjson", #"{"id":"a","last_activity":1}"#, .thread, "ids.ndjson:1", "names a column last_activity"),
            ("ids.txt", "a\nb c\n", .thread, "ids.txt:2", "holds no id"),
            ("ids.txt", "{\"id\":\"a\"}\n", .thread, "ids.txt:1", "is an object, in a file of ids"),
            ("ids.txt", String(repeating: "x", count: 513), .thread, "ids.txt:1", "holds no id"),
            ("ids.csv", "id,Tenant\na,1\n", .thread, "ids.csv:1", "names a column Tenant"),
            ("ids.csv", "id,tenant,tenant\na,1,2\n", .thread, "ids.csv:1", "names the column tenant twice"),
            ("ids.csv", "id,tenant\na\n", .thread, "ids.csv:2", "has 1 cells under 2 columns"),
            ("ids.csv", "id,tenant\n\na,b,c\n", .thread, "ids.csv:3", "has 3 cells under 2 columns"),
            ("ids.csv", "id,tenant\na,\"b\n", .thread, "ids.csv:2", "has a quote that is not closed"),
            ("ids.csv", "id,tenant\na,\"b\"c\n", .thread, "ids.csv:2", "has a quote within a cell"),
            ("ids.csv", "id,tenant\na,b\"c\n", .thread, "ids.csv:2", "has a quote within a cell"),
            ("ids.csv", "id,kind\na,thread\nb,tread\n", nil, "ids.csv:3", "is of a kind that is none"),
            ("ids.csv", "id,kind\na,message\n", nil, "ids.csv:2", "or that is part of another"),
            ("ids.csv", "id,lastActivity\na,yesterday\n", .thread, "ids.csv:2", "that is no time"),
            ("ids.csv", "id,lastActivity\na,2026-01-31\n", .thread, "ids.csv:2", "that is no time"),
            ("ids.csv", "id,lastActivity\na,1700000000000\n", .thread, "ids.csv:2", "that is no time"),
            ("ids.csv", "id,lastActivity\na,nan\n", .thread, "ids.csv:2", "that is no time"),
            ("ids.csv", "id,lastActivity\na,0\n", .thread, "ids.csv:2", "that is no time"),
        ] as [(String, String, Kind?, String, String)])
    func `says which line names no record`(
        name: String, text: String, kind: Kind?, place: String, reason: String
    ) throws {
        do throws(RegistryDefect) {
            let scratch = try? Scratch()
            let file = try? scratch?.write(name, text)
            _ = try Registry([.init(.file(file ?? ""), kind: kind, isComplete: false)])
            Issue.record("there should be a defect")
        } catch {
            #expect(error.place.hasSuffix(place))
            #expect(error.reason.contains(reason))
        }
    }

    @Test func `takes no bytes for text that are none`() throws {
        let scratch = try Scratch()
        for name in ["ids.txt", "ids.csv", "ids.ndjson"] {
            try scratch.write(name, Array("id\nok\n".utf8) + [0xFF, 0xFE])
            #expect(throws: RegistryDefect.self) { try Registry([.init(.file(scratch.path(name)), kind: .thread)]) }
        }
    }

    @Test func `reads a file that begins with the mark of its encoding`() throws {
        #expect(try registry("ids.csv", "\u{FEFF}id\na\n", kind: .thread).ids(of: .thread) == ["a"])
    }

    @Test func `names no more records than it may, across files, and counts those named twice once`() throws {
        let scratch = try Scratch()
        let first = try scratch.write("a.txt", "a\nb\na\n")
        let second = try scratch.write("b.txt", "b\nc\nd\n")
        let entries = [first, second].map { Source.RegistryEntry(.file($0), kind: .thread) }
        #expect(try Registry(entries, most: 4).ids(of: .thread) == ["a", "b", "c", "d"])
        do throws(RegistryDefect) {
            _ = try Registry(entries, most: 3)
            Issue.record("there should be a defect")
        } catch {
            #expect(error.place == "\(second):3")
            #expect(error.reason == "names one record more than the 3 that a registry may")
        }
    }

    @Test func `says that a file is not there`() {
        #expect(throws: RegistryDefect.self) {
            try Registry([.init(.file("/nonexistent/ids.csv"), kind: .thread, isComplete: false)])
        }
    }
}
