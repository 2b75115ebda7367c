/// A collection of the service: what its paths, its objects and its errors are called.
///
/// Written from the provider's documents for the twin alone; nothing that reads a service shares it.
struct Shelf: Sendable {
    /// What an object says of itself.
    let object: String
    /// What the answer to a DELETE says of it.
    let deletedObject: String
    /// The file of an estate that holds it.
    let file: String
    /// The member of an estate's objects that names the object that they are below; nil where they stand at the top.
    let parentKey: String?
    /// How many elements a page has unless `limit` says otherwise, and at most.
    let usualLimit: Int
    let mostLimit: Int
    /// Whether a list can end before an element.
    var knowsBefore = true
    /// The message of a 404, `%` for the id, and the parameter that it blames.
    let missing: String
    var missingParameter: String?

    static let files = Shelf(
        object: "file", deletedObject: "file", file: "files", parentKey: nil, usualLimit: 10_000, mostLimit: 10_000,
        knowsBefore: false, missing: "No such File object: %", missingParameter: "id")
    static let vectorStores = Shelf(
        object: "vector_store", deletedObject: "vector_store.deleted", file: "vector_stores", parentKey: nil,
        usualLimit: 20, mostLimit: 100, missing: "No vector store found with id '%'.")
    static let vectorStoreFiles = Shelf(
        object: "vector_store.file", deletedObject: "vector_store.file.deleted", file: "vector_store_files",
        parentKey: "vector_store_id", usualLimit: 20, mostLimit: 100,
        missing: "No file found with id '%' in vector store.")

    static let all = [files, vectorStores, vectorStoreFiles]
}
