import Records
import Testing

@testable import ProviderFacts

@Suite struct DeletionGraphTests {
    private static let thread = Removal(.thread, .delete)
    private static let message = Removal(.message, .delete, withContainer: .unknown)
    private static let run = Removal(.run, .none, withContainer: .yes)

    private func graph(_ removals: [Removal]) throws -> DeletionGraph {
        let facts = try ProviderFacts(
            provider: "test", collected: "2026-11-20", address: "https://host/v1",
            families: [
                (
                    Family(name: "threads", beta: nil, retired: nil),
                    [
                        StatedSurface("thread", byId: "threads/{thread}"),
                        StatedSurface("message", list: "threads/{thread}/messages", limit: 1),
                        StatedSurface("run", list: "threads/{thread}/runs", limit: 1),
                    ]
                )
            ])
        return try DeletionGraph(facts, removals)
    }

    /// Every graph there is, by type and version.
    private static let all: [(type: String, version: String?)] =
        [("openai", nil)]
        + ["azure-openai", "azure-foundry"].flatMap { type in
            ProviderFacts.versions(ofType: type).map { (type, $0.name) } + [(type, "2031-01-01")]
        }

    private func graph(_ type: String, _ version: String?) throws -> DeletionGraph {
        try #require(try DeletionGraph.graph(ofType: type, version: version))
    }

    @Test(arguments: all)
    func `every kind that can be read says how it is deleted, and no other does`(
        type: String, version: String?
    ) throws {
        let graph = try graph(type, version)
        let facts = try #require(try ProviderFacts.facts(ofType: type, version: version))
        #expect(Set(graph.order) == Set(facts.surfaces.map(\.kind)))
        #expect(Kind.allCases.filter { graph.removal(of: $0) != nil }.count == facts.surfaces.count)
        #expect(graph.provider == type && graph.collected == facts.collected)
    }

    @Test(arguments: all)
    func `nothing goes before its parts, nor before what uses it (cases 32, 33)`(
        type: String, version: String?
    ) throws {
        let graph = try graph(type, version)
        #expect(Set(graph.order).count == graph.order.count)
        for kind in graph.order {
            for part in kind.parts.kinds where graph.removal(of: part) != nil {
                #expect(graph.rank(of: part) < graph.rank(of: kind), "\(part) \(kind)")
            }
            for target in kind.targets.kinds where graph.removal(of: target) != nil {
                #expect(graph.rank(of: kind) < graph.rank(of: target), "\(kind) \(target)")
            }
        }
    }

    @Test(arguments: all)
    func `what a part uses goes after the container that the part goes along with (case 33)`(
        type: String, version: String?
    ) throws {
        let graph = try graph(type, version)
        var along = 0
        for kind in graph.order {
            // From a part that has no call of its own up to whatever has one.
            var carrier = kind
            while let removal = graph.removal(of: carrier), !removal.isNeededBesideContainer, removal.cascade != .no,
                let container = graph.containers(of: carrier).first
            {
                carrier = container
            }
            guard carrier != kind else { continue }
            along += 1
            for target in kind.targets.kinds where graph.removal(of: target) != nil {
                #expect(graph.rank(of: carrier) < graph.rank(of: target), "\(kind) in \(carrier) uses \(target)")
            }
        }
        #expect(along > 0 || graph.removal(of: .thread) == nil)
    }

    @Test func `a type of sources that nobody knows has no graph, and an export that of what it copies`() throws {
        #expect(try DeletionGraph.graph(ofType: "sql") == nil)
        #expect(try DeletionGraph.graph(ofType: "export")?.order == DeletionGraph.openAI().order)
    }

    @Test(arguments: [("azure-openai", "2025-04-01-preview"), ("azure-foundry", "v1")])
    func `a message on Azure has no call of its own, and may outlive its thread`(
        type: String, version: String
    ) throws {
        let graph = try graph(type, version)
        let message = try #require(graph.removal(of: .message))
        #expect(message.verb == .none && message.cascade == .unknown && !message.isNeededBesideContainer)
        #expect(graph.removal(of: .thread)?.verb == .delete)
        #expect(graph.removal(of: .run)?.canCancel == true)
    }

    @Test func `items and responses do not go with their conversation, wherever there are conversations (case 32)`()
        throws
    {
        for (type, version) in [("openai", nil), ("azure-openai", "v1"), ("azure-foundry", "v1")] {
            let graph = try graph(type, version)
            #expect(graph.removal(of: .item)?.cascade == .no && graph.removal(of: .response)?.cascade == .no)
        }
        let classic = try graph("azure-openai", "2025-04-01-preview")
        #expect(classic.removal(of: .conversation) == nil)
        #expect(classic.removal(of: .response) == Removal(.response, .delete))
    }

    @Test func `items need calls of their own, files in a container do not (case 32)`() throws {
        let graph = try DeletionGraph.openAI()
        let needed = graph.order.filter {
            graph.removal(of: $0)?.isNeededBesideContainer == true && !$0.containers.isEmpty
        }
        #expect(Set(needed) == [.message, .item, .response, .vectorStoreFile])
    }

    @Test(arguments: [
        ([thread, message], "run: can be read, and no annotation says how it is deleted"),
        ([thread, thread, message, run], "thread: is annotated twice"),
        ([thread, message, run, Removal(.file, .delete)], "file: is annotated, and no path reads it"),
        ([Removal(.thread, .delete, withContainer: .yes), message, run], "a container that it does not have"),
        ([thread, Removal(.message, .delete), run], "does not say what its container takes along"),
        ([Removal(.thread, .detach, never: "x"), message, run], "is said to stay for ever"),
        (
            [thread, Removal(.message, .detach, withContainer: .yes), Removal(.run, .none, withContainer: .no)],
            "nothing says why"
        ),
        ([Removal(.thread, .none), message, run], "thread: can never be deleted, and nothing says why"),
        ([Removal(.thread, .none, never: "x"), message, run], "run: goes with a container that can never be deleted"),
        ([thread, message, Removal(.run, .detach, withContainer: .yes)], "run: is detached from nothing"),
    ])
    func `annotations that cannot be true are refused`(removals: [Removal], reason: String) {
        let error = #expect(throws: FactsError.self) { try graph(removals) }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }

    @Test func `what can never be deleted says why`() throws {
        let graph = try graph([
            Self.thread, Self.message, Removal(.run, .none, withContainer: .no, never: "runs are records of use"),
        ])
        #expect(graph.removal(of: .run)?.permanence == "runs are records of use")
    }
}
