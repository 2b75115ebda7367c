/// A collection of the service: what its paths, its objects and its errors are called.
///
/// Written from the provider's documents for the twin alone; nothing that reads a service shares it.
struct Shelf: Sendable {
    /// The part of the service that can be retired by itself.
    enum Area: String, Sendable, CaseIterable {
        case files, vectorStores, batches, completions, containers, assistants, conversations, responses
    }

    /// The words of its path; an asterisk stands for the id of an object that it is below.
    let path: [String]
    let area: Area
    /// What an object says of itself; items of conversations say something else.
    let object: String
    /// The file of an estate that holds it.
    let file: String
    /// The member of an estate's objects that names the object that they are below; nil where they stand at the top.
    var parentKey: String?
    /// Whether that member is the estate's own, so that it never travels.
    var hidesParentKey = false
    /// What the answer to a DELETE calls the object; nil where there is no DELETE.
    var deletedObject: String?
    /// What a GET of the whole list does.
    var listing = Listed.pages(usual: 20, most: 100)
    /// The order of a list that is asked for none.
    var usualOrder = "desc"
    /// Whether a list can end before an element.
    var knowsBefore = true
    /// The message of a 404, `%` for the id, and the parameter that it blames.
    let missing: String
    var missingParameter: String?
    /// What a list says beside its elements.
    var envelope = Envelope.whole

    enum Listed: Sendable {
        /// Pages of so many elements, unless `limit` says otherwise, and at most.
        case pages(usual: Int, most: Int)
        /// Everything on one page, whatever is asked for.
        case whole
        /// A refusal that asks for a browser's key.
        case needsSession
        /// A refusal of the method.
        case notAllowed
        /// Nothing: no such path.
        case absent
    }
}

extension Shelf {
    /// The header that the area asks for.
    var beta: String? { area == .assistants ? "assistants=v2" : nil }

    static let all = [
        Shelf(
            path: ["files"], area: .files, object: "file", file: "files", deletedObject: "file",
            listing: .pages(usual: 10_000, most: 10_000), knowsBefore: false, missing: "No such File object: %",
            missingParameter: "id"),
        Shelf(
            path: ["vector_stores"], area: .vectorStores, object: "vector_store", file: "vector_stores",
            deletedObject: "vector_store.deleted", missing: "No vector store found with id '%'."),
        Shelf(
            path: ["vector_stores", "*", "files"], area: .vectorStores, object: "vector_store.file",
            file: "vector_store_files", parentKey: "vector_store_id", deletedObject: "vector_store.file.deleted",
            missing: "No file found with id '%' in vector store."),
        Shelf(
            path: ["batches"], area: .batches, object: "batch", file: "batches", knowsBefore: false,
            missing: "No batch found with id '%'."),
        Shelf(
            path: ["chat", "completions"], area: .completions, object: "chat.completion", file: "chat_completions",
            deletedObject: "chat.completion.deleted", usualOrder: "asc", knowsBefore: false,
            missing: "Chat completion with id '%' not found."),
        Shelf(
            path: ["containers"], area: .containers, object: "container", file: "containers",
            deletedObject: "container.deleted", knowsBefore: false, missing: "Container with id '%' not found."),
        Shelf(
            path: ["containers", "*", "files"], area: .containers, object: "container.file", file: "container_files",
            parentKey: "container_id", deletedObject: "container.file.deleted", knowsBefore: false,
            missing: "File % not found on container."),
        Shelf(
            path: ["assistants"], area: .assistants, object: "assistant", file: "assistants",
            deletedObject: "assistant.deleted", missing: "No assistant found with id '%'."),
        Shelf(
            path: ["threads"], area: .assistants, object: "thread", file: "threads", deletedObject: "thread.deleted",
            listing: .needsSession, missing: "No thread found with id '%'."),
        Shelf(
            path: ["threads", "*", "messages"], area: .assistants, object: "thread.message", file: "messages",
            parentKey: "thread_id", deletedObject: "thread.message.deleted", missing: "No message found with id '%'."),
        Shelf(
            path: ["threads", "*", "runs"], area: .assistants, object: "thread.run", file: "runs",
            parentKey: "thread_id", missing: "No run found with id '%'."),
        Shelf(
            path: ["threads", "*", "runs", "*", "steps"], area: .assistants, object: "thread.run.step",
            file: "run_steps", parentKey: "run_id", missing: "No run step found with id '%'."),
        Shelf(
            path: ["conversations"], area: .conversations, object: "conversation", file: "conversations",
            deletedObject: "conversation.deleted", listing: .notAllowed,
            missing: "Conversation with id '%' not found."),
        Shelf(
            path: ["conversations", "*", "items"], area: .conversations, object: "conversation.item",
            file: "conversation_items", parentKey: "conversation_id", hidesParentKey: true,
            deletedObject: "conversation.item.deleted", knowsBefore: false, missing: "Item with id '%' not found."),
        Shelf(
            path: ["responses"], area: .responses, object: "response", file: "responses", deletedObject: "response",
            listing: .notAllowed, missing: "Response with id '%' not found."),
    ]

    /// The shelf that this one's objects are below; nil at the top.
    var above: Shelf? {
        guard let place = path.lastIndex(of: "*") else { return nil }
        return Shelf.all.first { $0.path == Array(path[..<place]) }
    }

    /// What a path asks of a shelf: the ids of what it is below, and the id of one object, or nil for the list.
    static func find(_ words: [String]) -> (shelf: Shelf, parents: [String], id: String?)? {
        for shelf in all {
            let rest = words.count - shelf.path.count
            guard rest == 0 || rest == 1, zip(shelf.path, words).allSatisfy({ $0 == "*" || $0 == $1 }) else { continue }
            let parents = zip(shelf.path, words).compactMap { $0 == "*" ? $1 : nil }
            return (shelf, parents, rest == 1 ? words.last : nil)
        }
        return nil
    }
}
