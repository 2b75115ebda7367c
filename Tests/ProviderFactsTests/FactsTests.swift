import Records
import Testing

@testable import ProviderFacts

@Suite struct FactsTests {
    private func facts(_ lists: [(kind: String, path: String, limit: Int?)]) throws -> ProviderFacts {
        try ProviderFacts(
            provider: "test", collected: "2026-11-20", address: "https://host/v1",
            lists: lists.map { ListedSurface(kind: $0.kind, path: $0.path, limit: $0.limit) })
    }

    @Test func `the facts that come with tenure can be loaded`() throws {
        let facts = try ProviderFacts.openAI()
        #expect(facts.provider == "openai")
        #expect(facts.address == "https://api.openai.com/v1")
        #expect(!facts.surfaces.isEmpty)
    }

    @Test func `a path is read into words and ids`() throws {
        let surfaces = try facts([
            ("thread", "threads", nil), ("run", "threads/{thread}/runs", 100),
            ("runStep", "threads/{thread}/runs/{run}/steps", 1),
        ]).surfaces
        #expect(
            surfaces[2].path == [.word("threads"), .id(.thread), .word("runs"), .id(.run), .word("steps")])
        #expect(surfaces.map(\.container) == [nil, .thread, .run])
        #expect(surfaces.map(\.paging) == [.onePage, .after(limit: 100), .after(limit: 1)])
    }

    @Test(arguments: [
        ([("thred", "threads", 1)], "thred: is no kind"), ([("thread", "", 1)], "is no path"),
        ([("thread", "/threads", 1)], "is no path"), ([("thread", "Threads?x=1", 1)], "is no path"),
        ([("thread", "threads", 0)], "no page has 0 elements"),
        ([("thread", "threads", 10_001)], "no page has 10001 elements"),
        ([("file", "files", 1), ("file", "documents", 1)], "lists a kind that another path lists too"),
        ([("run", "threads/{thread}/runs", 1)], "stands below what no earlier path lists"),
        ([("run", "threads/{thred}/runs", 1)], "{thred} is no kind"),
        ([("thread", "threads", 1), ("file", "threads/{thread}/files", 1)], "a file is no part of a thread"),
        (
            [("thread", "threads", 1), ("run", "threads/{thread}/runs", 1), ("runStep", "runs/{run}/steps", 1)],
            "does not stand below the path of its container"
        ),
    ])
    func `facts that cannot be true are refused`(lists: [(String, String, Int)], reason: String) {
        let error = #expect(throws: FactsError.self) {
            try facts(lists.map { (kind: $0.0, path: $0.1, limit: $0.2) })
        }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }

    @Test func `facts without a real date are refused`() {
        #expect(throws: FactsError.self) {
            try ProviderFacts(provider: "test", collected: "2026-02-30", address: "https://host", lists: [])
        }
    }
}
