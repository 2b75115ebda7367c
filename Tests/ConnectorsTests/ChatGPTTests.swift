import Connectors
import Foundation
import Records
import TestSupport
import Testing

@Suite struct ChatGPTTests {
    private let export = """
        \u{FEFF}[{"title":"never kept","create_time":1704629915.775304,"update_time":1704717442.442031,"conversation_id":"c1","id":"c1",
        "mapping":{
        "root":{"id":"root","message":null,"parent":null,"children":["a"]},
        "a":{"id":"a","message":{"id":"a","author":{"role":"system"},"create_time":null,"content":{"content_type":"text","parts":[""]}},"parent":"root","children":["b","b2"]},
        "b":{"id":"b","message":{"id":"b","author":{"role":"user"},"create_time":1704629916.5,"metadata":{"attachments":[{"id":"file-1"}]},"content":{"parts":["hello",{"asset_pointer":"file-service://file-2"},{"asset_pointer":"sediment://file_3"}]}},"parent":"a","children":[]},
        "b2":{"id":"b2","message":{"id":"b2","author":{"role":"user"},"create_time":0,"update_time":1704629990},"parent":"a","children":[]}}},
        {"title":"empty","create_time":1704629915,"update_time":null,"id":"c2","mapping":{}}]
        """

    @Test func `every branch is read, and no content (cases 7, 79)`() throws {
        let inventory = try TemporaryExport(["conversations.json": export]).read()
        #expect(
            inventory.lines == [
                "conversation c1, created 1704629915+775304us, modified 1704717442+442031us",
                "conversation c2, created 1704629915",
                "item a, in c1, created -...now, system",
                "item b, in c1, created 1704629916+500000us, user",
                "item b2, in c1, created -...now, modified 1704629990, user",
            ])
        #expect(inventory.complete == [.conversation, .item, .response])
    }

    @Test func `a conversation that is lost takes its items along`() throws {
        let broken = export.replacingOccurrences(of: #""id":"c2","#, with: "")
        let inventory = try TemporaryExport(["conversations.json": broken]).read()
        #expect(inventory.places == ["conversations.json:7 missing-id"])
        #expect(inventory.complete == [.response])
    }

    @Test func `its files are used where they are known`() throws {
        let files = ["file-1", "file-2", "file_3"].map { #"{"id":"\#($0)","object":"file","created_at":1700000000}"# }
        let inventory = try TemporaryExport([
            "conversations.json": export, "files.ndjson": files.joined(separator: "\n"),
        ]).read()
        let item =
            "item b, in c1, created 1704629916+500000us, user, uses file file-1, uses file file-2, uses file file_3"
        #expect(inventory.lines.contains(item))
    }

    @Test(
        .enabled(
            if: Checkout.hasShared("fixtures/librechat-fixtures"), "the shared fixtures are not beside the repository"),
        arguments: [("chatgpt-export", 2, 21), ("chatgpt-tree", 1, 12), ("chatgpt-citations", 1, 2)])
    func `real exports are read without a problem`(name: String, conversations: Int, items: Int) throws {
        let url = Checkout.shared("fixtures/librechat-fixtures/\(name).json")
        let export = try TemporaryExport([:])
        try export.write("conversations.json", [UInt8](Data(contentsOf: url)))
        let inventory = try export.read()
        #expect(inventory.kinds.filter { $0 == .conversation }.count == conversations)
        #expect(inventory.kinds.filter { $0 == .item }.count == items)
        #expect(!inventory.problems.losesData, "\(inventory.places)")
    }
}
