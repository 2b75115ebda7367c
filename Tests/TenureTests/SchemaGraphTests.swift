import Foundation
import ProviderFacts
import Testing

@testable import tenure

/// `tenure schema graph`: what plans follow, for people and for programs.
@Suite struct SchemaGraphTests {
    private struct Printed: Decodable {
        struct Graph: Decodable {
            let type: String
            let versions: [String]
            let kinds: [Kind]
        }

        struct Kind: Decodable {
            let kind: String
            let order: Int
            let verb: String
            let containedIn: [String]
            let uses: [String]
            let cascade: String?
            let calledBesideContainer: Bool
            let canCancel: Bool
            let never: String?
            let retired: String?
        }

        let schemaVersion: String
        let graphs: [Graph]
    }

    @Test func `the graph of every version that providers take is printed, in the order of deletion (cases 32, 33)`()
        throws
    {
        let text = Transcript("schema", "graph", "--format", "json").output
        let printed = try JSONDecoder().decode(Printed.self, from: Data(text.utf8))
        #expect(printed.schemaVersion == "1")
        for type in ProviderFacts.types {
            let versions = printed.graphs.filter { $0.type == type }.flatMap(\.versions)
            let taken = ProviderFacts.versions(ofType: type).filter { $0.ended == nil }.map(\.name)
            #expect(Set(versions) == Set(taken) && versions.count == taken.count)
        }
        for graph in printed.graphs {
            #expect(graph.kinds.map(\.order) == Array(1...graph.kinds.count))
            let rank = Dictionary(uniqueKeysWithValues: graph.kinds.map { ($0.kind, $0.order) })
            for kind in graph.kinds {
                for container in kind.containedIn { #expect(kind.order < rank[container] ?? 0) }
                for target in kind.uses { #expect(kind.order < rank[target] ?? 0) }
                #expect((kind.cascade == nil) == kind.containedIn.isEmpty)
                #expect(kind.verb != "none" || kind.never != nil || kind.cascade == "unknown")
                if kind.calledBesideContainer { #expect(kind.verb != "none" && kind.cascade != "yes") }
            }
        }
        let openAI = try #require(printed.graphs.first { $0.type == "openai" })
        let thread = try #require(openAI.kinds.first { $0.kind == "thread" })
        #expect(thread.retired == "2026-08-26" && thread.verb == "delete")
        #expect(openAI.kinds.first { $0.kind == "run" }?.canCancel == true)
    }

    @Test func `people read which kinds go with what, and which never go`() {
        let text = Transcript("schema", "graph").output
        for line in [
            "openai: facts of 2026-11-20", "conversation: no", "azure-openai v1, preview: facts of 2026-11-20",
            "batch never goes: the API has no call that deletes a batch",
        ] { #expect(text.contains(line), "\(line)") }
    }

    @Test func `a schema has no text form, and says so`() {
        let refused = Transcript("schema", "plan", "--format", "text")
        #expect(refused.exitCode == .usage && refused.errors.contains("leave --format out"))
        #expect(Transcript("schema", "plan", "--format", "json").output == Transcript("schema", "plan").output)
    }
}
