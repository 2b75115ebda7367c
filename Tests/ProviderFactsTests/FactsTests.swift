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

    @Test func `a list of what records use is no place of theirs`() throws {
        let facts = try facts([
            StatedSurface("response", byId: "responses/{response}"),
            StatedSurface("response", supplement: "responses/{response}/input_items", limit: 100),
        ])
        #expect(facts.surfaces.map(\.isSupplement) == [false])
        let list = try #require(facts.supplements.first)
        #expect(facts.supplements.count == 1 && list.isSupplement)
        #expect(list.kind == .response && list.ancestors == [.response] && list.access == .list(limit: 100))
        #expect(list.form == "/responses/{response}/input_items")
    }

    @Test(arguments: ProviderFacts.types)
    func `every provider that has responses says what they were given`(type: String) throws {
        for version in [nil] + ProviderFacts.versions(ofType: type).map(\.name) {
            let facts = try #require(try ProviderFacts.facts(ofType: type, version: version))
            let hasResponses = facts.surfaces.contains { $0.kind == .response }
            #expect(facts.supplements.map(\.kind) == (hasResponses ? [.response] : []), "\(version ?? "")")
        }
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
            [threads, StatedSurface("run", supplement: "threads/{thread}/runs", limit: 1)],
            "does not stand right below a run"
        ),
        ([StatedSurface("run", supplement: "runs/{run}/all", limit: 1)], "stands below what no earlier path has"),
        (
            [
                threads, StatedSurface("thread", supplement: "threads/{thread}/all", limit: 1),
                StatedSurface("thread", supplement: "threads/{thread}/more", limit: 1),
            ], "has a kind that another path has too"
        ),
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
