import Chronology
import Foundation
import TestSupport
import Testing

@testable import SampleEstate

@Suite struct EstateDeterminismTests {
    @Test(arguments: [false, true])
    func `the same plan makes the same bytes`(hardCases: Bool) throws {
        let (first, second) = (try Scratch(), try Scratch())
        let summary = try plan(hardCases: hardCases).write(to: first.path)
        #expect(try plan(hardCases: hardCases).write(to: second.path) == summary)
        #expect(try first.names() == second.names())
        for name in try first.names() { #expect(try first.bytes(name) == second.bytes(name), "\(name)") }
    }

    @Test func `another seed makes another estate`() throws {
        let (first, second) = (try Scratch(), try Scratch())
        _ = try plan(seed: 1, threads: 10).write(to: first.path)
        _ = try plan(seed: 2, threads: 10).write(to: second.path)
        #expect(try first.bytes("messages.ndjson") != second.bytes("messages.ndjson"))
    }

    /// Written down once: the bytes may change only with the generator, and then on purpose.
    @Test func `the ids of seed 1 are the same on every machine`() {
        #expect(Token(seed: 1, purpose: .thread, index: 0).text == "zUCn3dkaAVKgZamFXpBZyiSN")
    }

    @Test func `ids never meet`() {
        let ids = Set((0..<100_000).map { Token(seed: 9, purpose: .message, index: $0).text })
        #expect(ids.count == 100_000)
    }

    @Test(arguments: [1, 2, 3, 20, 97, 1000])
    func `a lottery gives every rank once`(count: Int) {
        let lottery = Lottery(seed: 3, purpose: .file, count: count)
        #expect(Set((0..<count).map(lottery.rank)) == Set(0..<count))
    }

    @Test func `an estate replaces another, and nothing else`() throws {
        let scratch = try Scratch()
        _ = try plan(threads: 3, hardCases: true).write(to: scratch.path)
        _ = try plan(threads: 3).write(to: scratch.path)
        #expect(try scratch.names().contains("messages-0001.ndjson") == false)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: scratch.path + "/notes.txt"))
        let error = #expect(throws: EstateError.self) { try plan(threads: 3).write(to: scratch.path) }
        #expect(error?.description.contains("notes.txt") == true)
        #expect(try scratch.bytes("threads.ndjson").isEmpty == false)
    }

    @Test(arguments: [
        (0, 1.0, "2026-11-20T00:00:00Z"), (5, 101, "2026-11-20T00:00:00Z"), (5, 1, "1970-01-01T00:00:00Z"),
    ])
    func `plans that make no sense are refused`(threads: Int, overdue: Double, asOf: String) throws {
        #expect(throws: EstateError.self) { try plan(threads: threads, overdue: overdue, asOf: asOf) }
    }
}
