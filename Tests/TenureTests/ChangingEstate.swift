import Chronology
import Foundation
import TestSupport

/// A small estate of threads, conversations, responses and what they use, in which things happen as days go by. Nothing but
/// activity happens by itself: nothing that is there is changed or deleted.
struct ChangingEstate {
    private struct Message {
        let id: String, thread: String, at: Int64, role: String, file: String?
    }

    private struct Run {
        let id: String, thread: String, at: Int64, assistant: String, hasStep: Bool
    }

    /// An item that a conversation has; none tells a time.
    private struct Item {
        let id: String, conversation: String, file: String?
    }

    /// A response: what it is in or goes on from, and what it uses.
    private struct Response {
        let id: String, at: Int64, conversation: String?, previous: String?, file: String?, store: String?
        let isRegistered: Bool
    }

    private(set) var threads: [(id: String, at: Int64, product: String, store: String?)] = []
    private var messages: [Message] = []
    private var runs: [Run] = []
    private var files: [(id: String, at: Int64, expires: Int64?)] = []
    private var assistants: [(id: String, at: Int64)] = []
    private var stores: [(id: String, at: Int64, active: Int64)] = []
    private var conversations: [(id: String, at: Int64, product: String)] = []
    private var items: [Item] = []
    private var responses: [Response] = []
    private var random: SplitMix64
    private var number = 0
    /// How likely it is that something uses a file, in percent, and that a file expires.
    private let uses: Int
    private let expiry: Int

    static let day: Int64 = 86_400

    /// - Parameter count: how many threads there are; nil for some few.
    init(seed: UInt64, asOf: Int64, threads count: Int? = nil) {
        random = SplitMix64(seed: seed)
        uses = [0, 30, 70].randomElement(using: &random) ?? 0
        expiry = [0, 0, 30].randomElement(using: &random) ?? 0
        for _ in 0..<2 { assistants.append((next("asst"), ago(.random(in: 5...300, using: &random), asOf))) }
        for _ in 0..<4 { addFile(ago(.random(in: 1...160, using: &random), asOf)) }
        for _ in 0..<2 {
            let at = ago(.random(in: 20...90, using: &random), asOf)
            stores.append((next("vs"), at, .random(in: at...asOf, using: &random)))
        }
        for _ in 0..<(count ?? .random(in: 6...14, using: &random)) {
            addThread(in: ago(150, asOf)...ago(1, asOf), asOf)
        }
        for _ in 0..<(count ?? .random(in: 4...8, using: &random)) {
            addConversation(in: ago(150, asOf)...ago(1, asOf), asOf)
            _ = addResponse(in: nil, ago(150, asOf)...asOf)
        }
    }

    private func ago(_ days: Int64, _ asOf: Int64) -> Int64 { asOf - days * Self.day }

    private mutating func next(_ prefix: String) -> String {
        number += 1
        return "\(prefix)_\(number)"
    }

    private mutating func chance(_ percent: Int) -> Bool { .random(in: 0..<100, using: &random) < percent }

    private mutating func addFile(_ at: Int64) {
        files.append((next("file"), at, chance(expiry) ? at + .random(in: 30...200, using: &random) * Self.day : nil))
    }

    private mutating func addThread(in span: ClosedRange<Int64>, _ asOf: Int64) {
        let at = Int64.random(in: span, using: &random)
        let id = next("thread")
        let store = chance(uses / 2) ? stores.randomElement(using: &random)?.id : nil
        threads.append((id, at, chance(50) ? "support" : "sales", store))
        for _ in 0..<Int.random(in: 0...4, using: &random) { act(in: id, at...asOf) }
    }

    private mutating func addConversation(in span: ClosedRange<Int64>, _ asOf: Int64) {
        let at = Int64.random(in: span, using: &random)
        let id = next("conv")
        conversations.append((id, at, chance(50) ? "support" : "sales"))
        for _ in 0..<Int.random(in: 0...3, using: &random) { _ = talk(in: id, at...asOf) }
    }

    /// Something happens in a conversation.
    ///
    /// - Returns: what is younger now.
    private mutating func talk(in conversation: String, _ span: ClosedRange<Int64>) -> Set<String> {
        if chance(50) { return addResponse(in: conversation, span) }
        let file = chance(uses / 2) ? files.filter { $0.at <= span.lowerBound }.randomElement(using: &random)?.id : nil
        items.append(Item(id: next("item"), conversation: conversation, file: file))
        return [conversation]
    }

    /// A response, by itself or in a conversation. Those by themselves may go on from others.
    private mutating func addResponse(in conversation: String?, _ span: ClosedRange<Int64>) -> Set<String> {
        let at = Int64.random(in: span, using: &random)
        let earlier = responses.filter { $0.at <= at }
        let previous = chance(conversation == nil ? 60 : 20) ? earlier.randomElement(using: &random)?.id : nil
        let file = chance(uses) ? files.filter { $0.at <= at }.randomElement(using: &random)?.id : nil
        let store = chance(uses / 2) ? stores.randomElement(using: &random)?.id : nil
        let response = Response(
            id: next("resp"), at: at, conversation: conversation, previous: previous, file: file, store: store,
            isRegistered: chance(85))
        responses.append(response)
        return Set([conversation, response.id].compactMap(\.self))
    }

    /// Something happens in a thread.
    private mutating func act(in thread: String, _ span: ClosedRange<Int64>) {
        let at = Int64.random(in: span, using: &random)
        if chance(30) {
            let assistant = assistants.randomElement(using: &random)?.id ?? ""
            runs.append(Run(id: next("run"), thread: thread, at: at, assistant: assistant, hasStep: chance(70)))
        } else {
            let file = chance(uses) ? files.filter { $0.at <= at }.randomElement(using: &random)?.id : nil
            let role = chance(50) ? "user" : "assistant"
            messages.append(Message(id: next("msg"), thread: thread, at: at, role: role, file: file))
        }
    }

    /// Days go by. What happens in them happens after the first instant, and not after the second.
    ///
    /// - Returns: the threads and conversations that were there and in which something happened.
    mutating func live(from: Int64, until: Int64) -> Set<String> {
        let span = from + 1...until
        var touched: Set<String> = []
        for thread in threads where chance(15) {
            act(in: thread.id, span)
            touched.insert(thread.id)
        }
        for conversation in conversations where chance(15) { touched.formUnion(talk(in: conversation.id, span)) }
        if chance(30) { touched.formUnion(addResponse(in: nil, span)) }
        if chance(30) { addConversation(in: span, until) }
        if chance(50) { addThread(in: span, until) }
        if chance(30) { addFile(.random(in: span, using: &random)) }
        for index in stores.indices where chance(40) { stores[index].active = .random(in: span, using: &random) }
        return touched
    }

    /// Somebody deletes threads elsewhere, with all that is in them.
    ///
    /// - Returns: the threads.
    mutating func lose() -> Set<String> {
        let lost = Set(threads.map(\.id).filter { _ in chance(10) })
        threads.removeAll { lost.contains($0.id) }
        messages.removeAll { lost.contains($0.thread) }
        runs.removeAll { lost.contains($0.thread) }
        return lost
    }

    /// The files of an estate with what there is, and the ids of what cannot be listed.
    func write(to scratch: Scratch) throws {
        for (name, objects) in objects {
            let lines = try objects.map { object in
                String(decoding: try Self.json(object), as: UTF8.self) + "\n"
            }
            try scratch.write("estate/\(name).ndjson", lines.joined())
        }
        try writeIds(to: scratch)
    }

    func writeIds(to scratch: Scratch) throws {
        try scratch.write("ids.txt", threads.map { $0.id + "\n" }.joined())
        try scratch.write("conversations.txt", conversations.map { $0.id + "\n" }.joined())
        try scratch.write("responses.txt", responses.filter(\.isRegistered).map { $0.id + "\n" }.joined())
    }

    /// What has a twin that holds nothing hold this: the body of a POST to `/__reset`.
    func reset() throws -> String {
        let lists = Dictionary(uniqueKeysWithValues: objects.map { ($0.name, $0.objects) })
        return String(decoding: try Self.json(["create": lists]), as: UTF8.self)
    }

    private static func json(_ object: [String: Any]) throws -> Data {
        try JSONSerialization.data(withJSONObject: object, options: .sortedKeys)
    }

    private static func message(_ id: String, _ file: String?, _ more: [String: Any] = [:]) -> [String: Any] {
        let content: [[String: Any]] = file.map { [["type": "input_file", "file_id": $0]] } ?? []
        let message: [String: Any] = [
            "id": id, "type": "message", "role": "user", "status": "completed", "content": content,
        ]
        return message.merging(more) { $1 }
    }

    private static func object(_ response: Response) -> [String: Any] {
        var object: [String: Any] = [
            "id": response.id, "object": "response", "created_at": response.at, "completed_at": response.at,
            "status": "completed", "output": [Any](), "metadata": [String: String](),
            "tools": response.store.map { [["type": "file_search", "vector_store_ids": [$0]]] } ?? [],
            "input": [message("in_\(response.id)", response.file)],
        ]
        object["conversation"] = response.conversation.map { ["id": $0] }
        object["previous_response_id"] = response.previous
        return object
    }

    /// The objects by the names of their files.
    private var objects: [(name: String, objects: [[String: Any]])] {
        var lists: [(name: String, objects: [[String: Any]])] = []
        func take(_ name: String, _ objects: [[String: Any]]) { lists.append((name, objects)) }
        take(
            "threads",
            threads.map { thread in
                var object: [String: Any] = [
                    "id": thread.id, "object": "thread", "created_at": thread.at,
                    "metadata": ["product": thread.product],
                ]
                object["tool_resources"] = thread.store.map { ["file_search": ["vector_store_ids": [$0]]] }
                return object
            })
        take(
            "messages",
            messages.map { message in
                [
                    "id": message.id, "object": "thread.message", "created_at": message.at,
                    "thread_id": message.thread, "role": message.role, "content": [Any](),
                    "attachments": message.file.map { [["file_id": $0, "tools": [["type": "file_search"]]]] } ?? [],
                ]
            })
        take(
            "runs",
            runs.map { run in
                [
                    "id": run.id, "object": "thread.run", "created_at": run.at, "completed_at": run.at,
                    "thread_id": run.thread, "assistant_id": run.assistant, "status": "completed",
                ]
            })
        take(
            "run_steps",
            runs.filter(\.hasStep).map { run in
                [
                    "id": "step_\(run.id)", "object": "thread.run.step", "created_at": run.at, "completed_at": run.at,
                    "thread_id": run.thread, "run_id": run.id, "assistant_id": run.assistant, "status": "completed",
                    "type": "message_creation", "step_details": ["type": "message_creation"],
                ]
            })
        take(
            "conversations",
            conversations.map {
                ["id": $0.id, "object": "conversation", "created_at": $0.at, "metadata": ["product": $0.product]]
            })
        take("conversation_items", items.map { Self.message($0.id, $0.file, ["conversation_id": $0.conversation]) })
        take("responses", responses.map(Self.object))
        take(
            "files",
            files.map { file in
                var object: [String: Any] = [
                    "id": file.id, "object": "file", "created_at": file.at, "bytes": 1, "filename": "a",
                    "purpose": "assistants",
                ]
                object["expires_at"] = file.expires
                return object
            })
        take(
            "assistants", assistants.map { ["id": $0.id, "object": "assistant", "created_at": $0.at, "model": "m"] })
        take(
            "vector_stores",
            stores.map {
                [
                    "id": $0.id, "object": "vector_store", "created_at": $0.at, "last_active_at": $0.active,
                    "file_counts": ["total": 0], "metadata": [String: String](),
                ]
            })
        return lists
    }
}
