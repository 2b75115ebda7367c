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

    @Test func `every kind that can be read says how it is deleted`() throws {
        let graph = try DeletionGraph.openAI()
        for surface in try ProviderFacts.openAI().surfaces { #expect(graph.removal(of: surface.kind) != nil) }
        #expect(graph.removal(of: .upload) == nil)
    }

    @Test func `nothing goes before its parts, nor before what uses it (cases 32, 33)`() throws {
        let graph = try DeletionGraph.openAI()
        #expect(Set(graph.order).count == graph.order.count)
        for kind in graph.order {
            for part in kind.parts.kinds { #expect(graph.rank(of: part) < graph.rank(of: kind), "\(part) \(kind)") }
            for target in kind.targets.kinds {
                #expect(graph.rank(of: kind) < graph.rank(of: target), "\(kind) \(target)")
            }
        }
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
