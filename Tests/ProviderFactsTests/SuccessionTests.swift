import Chronology
import ProviderFacts
import Records
import Testing

@Suite struct SuccessionTests {
    @Test func `every kind whose surface ended has what follows it, and no other kind has`() throws {
        let facts = try AssistantsEnd()
        let ended = try ProviderFacts.openAI().surfaces.filter { $0.family.retired != nil }
        #expect(facts.successions.map(\.kind) == ended.map(\.kind).sorted())
        for succession in facts.successions {
            #expect(succession.ends.description == ended.first { $0.kind == succession.kind }?.family.retired)
            #expect(!succession.successor.isEmpty && !succession.gaps.isEmpty)
            // What takes the place of a part is a part of what takes the place of the whole.
            let container = succession.kind.containers.kinds.first.flatMap { above in
                facts.successions.first { $0.kind == above }?.becomes
            }
            if let container, let becomes = succession.becomes, container != .response {
                #expect(container.parts.has(becomes), "\(succession.kind)")
            }
        }
        #expect(facts.promptsEnd.description == "2026-11-30")
        #expect(facts.tools.compactMap(\.needs) == [.vectorStore, .file])
        #expect(facts.tools.map(\.type) == ToolSet.types.map(\.tool))
    }
}
