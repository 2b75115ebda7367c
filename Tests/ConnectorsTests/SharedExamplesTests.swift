import Connectors
import Foundation
import Records
import TestSupport
import Testing

@Suite(.enabled(if: Checkout.hasShared("fixtures/openai-openapi"), "the shared fixtures are not beside the repository"))
struct SharedExamplesTests {
    /// The providers' own example responses, each as the file that somebody would save it to.
    @Test func `the provider's examples are recognised`() throws {
        let url = Checkout.shared("fixtures/openai-openapi/response-examples.json")
        let examples = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [[String: Any]] ?? []
        let export = try TemporaryExport([:])
        var expected = 0
        for (index, example) in examples.enumerated() {
            guard let response = example["response"] as? [String: Any] else { continue }
            let objects =
                response["object"] as? String == "list" ? response["data"] as? [[String: Any]] ?? [] : [response]
            let isRecord = objects.contains { object in
                let known = [
                    "thread", "thread.message", "thread.run", "thread.run.step", "file", "vector_store",
                    "vector_store.file", "assistant", "response", "conversation", "container", "container.file",
                ]
                return known.contains(object["object"] as? String ?? "") && object["created_at"] != nil
            }
            guard isRecord else { continue }
            expected += 1
            try export.write(
                "example\(index).json",
                [UInt8](JSONSerialization.data(withJSONObject: response, options: .prettyPrinted)))
        }
        let inventory = try export.read()
        #expect(expected > 30)
        for kind in [
            Kind.assistant, .thread, .message, .run, .runStep, .vectorStore, .vectorStoreFile, .response, .conversation,
            .container, .containerFile,
        ] {
            #expect(inventory.kinds.contains(kind), "\(kind)")
        }
        let codes = Set(inventory.problems.counts.keys)
        #expect(
            codes.isSubset(of: [.duplicateId, .missingContainer, .danglingReference, .truncated]), "\(inventory.places)"
        )
    }

    @Test func `an export of another tool is unknown, and says so`() throws {
        let export = try TemporaryExport(["threads.ndjson": ""])
        let url = Checkout.shared("fixtures/oasst-sample/en_100_message.jsonl")
        try export.write("en_100_message.jsonl", [UInt8](Data(contentsOf: url)))
        let inventory = try export.read()
        #expect(inventory.count == 0)
        #expect(inventory.problems.counts.keys.map(\.self) == [.unknownKind])
    }
}
