/// A collection of the service: what its paths, its objects and its errors are called.
///
/// Written from the provider's documents for the twin alone; nothing that reads a service shares it.
struct Shelf: Sendable {
    /// The part of the service that can be retired by itself.
    enum Area: String, Sendable, CaseIterable {
        case files, vectorStores, batches, completions, containers, assistants, conversations, responses

        /// What it asks for in the header `OpenAI-Beta`.
        var beta: String? { self == .assistants ? "assistants=v2" : nil }
    }

    /// The words of its path; an asterisk stands for the id of an object that it is below.
    let path: [String]
    let area: Area
    /// What an object says of itself; items of conversations say something else.
    let object: String
    /// The file of an estate that holds it; nil where an estate has none.
    let file: String?
    /// The member of an estate's objects that names the object that they are below; nil where they stand at the top.
    var parentKey: String?
    /// Whether that member is the estate's own, so that it never travels.
    var hidesParentKey = false
    /// Whether an estate's objects hold what they were given, which never travels with them.
    var hidesInput = false
    /// What the answer to a DELETE calls the object; nil where there is no DELETE.
    var deletedObject: String?
    /// What a GET of the whole list does.
    var listing = Listed.pages(usual: 20, most: 100)
    /// The order of a list that is asked for none.
    var usualOrder = "desc"
    /// Whether a list can end before an element.
    var knowsBefore = true
    /// What a list can be filtered by: a name in the query, and the member that must be equal.
    var filters: [String: String] = [:]
    /// Whether an object can be had by its id, too.
    var isReadable = true
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
    static let files = Shelf(
        path: ["files"], area: .files, object: "file", file: "files", deletedObject: "file",
        listing: .pages(usual: 10_000, most: 10_000), knowsBefore: false, filters: ["purpose": "purpose"],
        missing: "No such File object: %",
        missingParameter: "id")
    static let vectorStores = Shelf(
        path: ["vector_stores"], area: .vectorStores, object: "vector_store", file: "vector_stores",
        deletedObject: "vector_store.deleted", missing: "No vector store found with id '%'.")
    static let vectorStoreFiles = Shelf(
        path: ["vector_stores", "*", "files"], area: .vectorStores, object: "vector_store.file",
        file: "vector_store_files", parentKey: "vector_store_id", deletedObject: "vector_store.file.deleted",
        filters: ["filter": "status"], missing: "No file found with id '%' in vector store.")
    static let fileBatches = Shelf(
        path: ["vector_stores", "*", "file_batches"], area: .vectorStores, object: "vector_store.files_batch",
        file: nil,
        parentKey: "vector_store_id", listing: .notAllowed, missing: "No file batch found with id '%'.")
    static let batchedFiles = Shelf(
        path: ["vector_stores", "*", "file_batches", "*", "files"], area: .vectorStores, object: "batched file",
        file: nil, isReadable: false, missing: "No file found with id '%' in file batch.")
    static let batches = Shelf(
        path: ["batches"], area: .batches, object: "batch", file: "batches", knowsBefore: false,
        missing: "No batch found with id '%'.")
    static let completions = Shelf(
        path: ["chat", "completions"], area: .completions, object: "chat.completion", file: "chat_completions",
        deletedObject: "chat.completion.deleted", usualOrder: "asc", knowsBefore: false, filters: ["model": "model"],
        missing: "Chat completion with id '%' not found.")
    static let containers = Shelf(
        path: ["containers"], area: .containers, object: "container", file: "containers",
        deletedObject: "container.deleted", knowsBefore: false, filters: ["name": "name"],
        missing: "Container with id '%' not found.")
    static let containerFiles = Shelf(
        path: ["containers", "*", "files"], area: .containers, object: "container.file", file: "container_files",
        parentKey: "container_id", deletedObject: "container.file.deleted", knowsBefore: false,
        missing: "File % not found on container.")
    static let assistants = Shelf(
        path: ["assistants"], area: .assistants, object: "assistant", file: "assistants",
        deletedObject: "assistant.deleted", missing: "No assistant found with id '%'.")
    static let threads = Shelf(
        path: ["threads"], area: .assistants, object: "thread", file: "threads", deletedObject: "thread.deleted",
        listing: .needsSession, missing: "No thread found with id '%'.")
    static let messages = Shelf(
        path: ["threads", "*", "messages"], area: .assistants, object: "thread.message", file: "messages",
        parentKey: "thread_id", deletedObject: "thread.message.deleted", filters: ["run_id": "run_id"],
        missing: "No message found with id '%'.")
    static let runs = Shelf(
        path: ["threads", "*", "runs"], area: .assistants, object: "thread.run", file: "runs",
        parentKey: "thread_id", missing: "No run found with id '%'.")
    static let runSteps = Shelf(
        path: ["threads", "*", "runs", "*", "steps"], area: .assistants, object: "thread.run.step",
        file: "run_steps", parentKey: "run_id", missing: "No run step found with id '%'.")
    static let conversations = Shelf(
        path: ["conversations"], area: .conversations, object: "conversation", file: "conversations",
        deletedObject: "conversation.deleted", listing: .notAllowed,
        missing: "Conversation with id '%' not found.")
    static let items = Shelf(
        path: ["conversations", "*", "items"], area: .conversations, object: "conversation.item",
        file: "conversation_items", parentKey: "conversation_id", hidesParentKey: true,
        deletedObject: "conversation.item.deleted", knowsBefore: false, missing: "Item with id '%' not found.")
    static let responses = Shelf(
        path: ["responses"], area: .responses, object: "response", file: "responses", hidesInput: true,
        deletedObject: "response", listing: .notAllowed, missing: "Response with id '%' not found.")

    static let inputItems = Shelf(
        path: ["responses", "*", "input_items"], area: .responses, object: "input item", file: nil, knowsBefore: false,
        isReadable: false, missing: "Item with id '%' not found.")
    static let completionMessages = Shelf(
        path: ["chat", "completions", "*", "messages"], area: .completions, object: "completion message", file: nil,
        usualOrder: "asc", knowsBefore: false, isReadable: false, missing: "Message with id '%' not found.")
    static let uploads = Shelf(
        path: ["uploads"], area: .files, object: "upload", file: "uploads", listing: .notAllowed, isReadable: false,
        missing: "No upload found with id '%'.")
    static let uploadParts = Shelf(
        path: ["uploads", "*", "parts"], area: .files, object: "upload.part", file: nil, listing: .notAllowed,
        isReadable: false, missing: "No part found with id '%'.")

    static let all = [
        files, vectorStores, vectorStoreFiles, fileBatches, batchedFiles, batches, completions, containers,
        containerFiles,
        assistants, threads, messages, runs, runSteps, conversations, items, responses, inputItems,
        completionMessages, uploads, uploadParts,
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
            guard rest == 0 || (rest == 1 && shelf.isReadable),
                zip(shelf.path, words).allSatisfy({ $0 == "*" || $0 == $1 })
            else { continue }
            let parents = zip(shelf.path, words).compactMap { $0 == "*" ? $1 : nil }
            return (shelf, parents, rest == 1 ? words.last : nil)
        }
        return nil
    }
}
