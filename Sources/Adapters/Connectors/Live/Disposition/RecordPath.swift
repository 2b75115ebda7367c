internal import Disposition
internal import ProviderFacts
internal import Records

/// Where one record is, by its own path.
struct RecordPath: Sendable {
    let target: DispositionTarget
    /// The record's own path.
    let record: SurfaceRequest
    /// The list that it stands on; nil where its kind has none.
    let list: SurfaceRequest?

    var surface: Surface { record.surface }
    /// The record's id as the service writes it: that of what it points to, where its id is made of two.
    var id: String { record.ids.last ?? "" }

    /// Finds the path of a record.
    ///
    /// - Throws: why there is none, in words.
    init(_ target: DispositionTarget, _ facts: ProviderFacts) throws(Absence) {
        self.target = target
        guard let stated = facts.surfaces.first(where: { $0.kind == target.kind }) else {
            throw Absence(reason: "the API has no \(target.kind.fileStem)")
        }
        var id = Substring(target.id)
        var ids: [String] = []
        if let container = stated.container {
            guard stated.ancestors.count == 1 else {
                throw Absence(reason: "a \(target.kind.name) has no path without all that its \(container.name) is in")
            }
            if Self.kindsOfTwo.has(target.kind), let slash = id.firstIndex(of: "/") {
                ids.append(String(id[..<slash]))
                id = id[id.index(after: slash)...]
            }
            if let named = target.container {
                guard ids.isEmpty || ids == [named] else {
                    throw Absence(reason: "its id names another \(container.name) than what it is said to be in")
                }
                ids = [named]
            }
            guard let above = ids.first, !above.isEmpty else {
                throw Absence(reason: "the \(container.name) that it is in is not known")
            }
        }
        guard !id.isEmpty else { throw Absence(reason: "it has no id") }
        record = SurfaceRequest(surface: stated.record, ids: ids + [String(id)])
        list = stated.access == .id ? nil : SurfaceRequest(surface: stated, ids: ids)
    }

    /// Why a record has no path.
    struct Absence: Error {
        let reason: String
    }

    /// The kinds whose ids are those of their containers and their own.
    private static let kindsOfTwo = KindSet([.vectorStoreFile, .containerFile])
}
