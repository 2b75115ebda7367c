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
        ("ids.csv", "tenant,id\nt1,a\n\"x, y\",\"b \"\"q\"\"\"\n", ["a", "b \"q\""]),
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
            ("ids.ndjson", "a\n", .thread, "ids.ndjson:1", "holds no id"),
        ] as [(String, String, Kind?, String, String)])
    func `says which line names no record`(
        name: String, text: String, kind: Kind?, place: String, reason: String
    ) throws {
        do throws(Registry.Defect) {
            let scratch = try? Scratch()
            let file = try? scratch?.write(name, text)
            _ = try Registry([.init(.file(file ?? ""), kind: kind, isComplete: false)])
            Issue.record("there should be a defect")
        } catch {
            #expect(error.place.hasSuffix(place))
            #expect(error.reason.contains(reason))
        }
    }

    @Test func `says that a file is not there`() {
        #expect(throws: Registry.Defect.self) {
            try Registry([.init(.file("/nonexistent/ids.csv"), kind: .thread, isComplete: false)])
        }
    }
}
