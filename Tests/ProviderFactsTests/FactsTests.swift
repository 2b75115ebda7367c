import Records
import Testing

@testable import ProviderFacts

@Suite struct FactsTests {
    private func facts(_ surfaces: [StatedSurface], retired: String? = nil) throws -> ProviderFacts {
        try ProviderFacts(
            provider: "test", collected: "2026-11-20", address: "https://host/v1",
            families: [(Family(name: "all", beta: nil, retired: retired), surfaces)])
    }

    @Test func `the facts that come with tenure can be loaded`() throws {
        let facts = try ProviderFacts.openAI()
        #expect(facts.provider == "openai")
        #expect(facts.address == "https://api.openai.com/v1")
        // An upload can neither be listed nor read.
        #expect(Set(facts.surfaces.map(\.kind)) == Set(Kind.allCases).subtracting([.upload]))
        #expect(
            facts.surfaces.filter { $0.family.retired != nil }.map(\.kind) == [
                .assistant, .thread, .message, .run, .runStep,
            ])
        #expect(facts.surfaces.filter { $0.access == .id }.map(\.kind) == [.thread, .conversation, .response])
    }

    @Test func `a path is read into words and ids`() throws {
        let surfaces = try facts([
            StatedSurface("thread", byId: "threads/{thread}"),
            StatedSurface("run", list: "threads/{thread}/runs", limit: 100),
            StatedSurface("runStep", list: "threads/{thread}/runs/{run}/steps", limit: 1),
        ]).surfaces
        #expect(surfaces[2].path == [.word("threads"), .id(.thread), .word("runs"), .id(.run), .word("steps")])
        #expect(surfaces.map(\.container) == [nil, .thread, .run])
        #expect(surfaces.map(\.ancestors) == [[], [.thread], [.thread, .run]])
        #expect(surfaces.map(\.access) == [.id, .list(limit: 100), .list(limit: 1)])
    }

    private static let threads = StatedSurface("thread", list: "threads", limit: 1)

    @Test(arguments: [
        ([StatedSurface("thred", list: "threads", limit: 1)], "thred: is no kind"),
        ([StatedSurface("thread", list: "", limit: 1)], "is no path"),
        ([StatedSurface("thread", list: "/threads", limit: 1)], "is no path"),
        ([StatedSurface("thread", list: "Threads?x=1", limit: 1)], "is no path"),
        ([StatedSurface("thread", list: "threads", limit: 0)], "no page has 0 elements"),
        ([StatedSurface("thread", list: "threads", limit: 10_001)], "no page has 10001 elements"),
        ([StatedSurface("thread", byId: "threads")], "does not end with the id of a thread"),
        ([StatedSurface("thread", byId: "threads/{run}")], "does not end with the id of a thread"),
        ([threads, StatedSurface("thread", list: "chats", limit: 1)], "has a kind that another path has too"),
        ([StatedSurface("run", list: "threads/{thread}/runs", limit: 1)], "stands below what no earlier path has"),
        ([StatedSurface("run", list: "threads/{thred}/runs", limit: 1)], "{thred} is no kind"),
        ([threads, StatedSurface("file", list: "threads/{thread}/files", limit: 1)], "a file is no part of a thread"),
        (
            [
                threads, StatedSurface("run", list: "threads/{thread}/runs", limit: 1),
                StatedSurface("runStep", list: "runs/{run}/steps", limit: 1),
            ], "does not stand below the path of its container"
        ),
    ])
    func `facts that cannot be true are refused`(surfaces: [StatedSurface], reason: String) {
        let error = #expect(throws: FactsError.self) { try facts(surfaces) }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }

    @Test func `facts without a real date are refused`() {
        #expect(throws: FactsError.self) { try facts([], retired: "soon") }
        #expect(throws: FactsError.self) {
            try ProviderFacts(provider: "test", collected: "2026-02-30", address: "https://host", families: [])
        }
    }
}
