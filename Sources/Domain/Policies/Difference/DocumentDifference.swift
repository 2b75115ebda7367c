import Spelling
import YAML

/// What differs between two sets of documents in what they say; files, order, formatting and comments are no
/// difference.
public struct DocumentDifference: Sendable, Hashable {
    /// Whether a document is new, gone, or says something else.
    public enum Change: String, Sendable, Hashable, CaseIterable {
        case added, removed, changed
    }

    /// One field that says something else. Both texts are JSON, with defaults spelt out and periods in one form.
    public struct Field: Sendable, Hashable {
        /// Where it stands: `spec.keep.atMost`.
        public let path: String
        /// What it said; nil where it was not there.
        public let from: String?
        /// What it says; nil where it is gone.
        public let to: String?

        /// The same with the number of what a list holds instead of the list.
        fileprivate func counting(_ noun: String) -> Field {
            let count = { (list: String) in "\"\(DocumentLeaves.elements(list)) \(noun)\"" }
            return Field(path: path, from: from.map(count), to: to.map(count))
        }
    }

    /// The kind of the document.
    public let kind: String
    /// Its name, which is unique among its kind.
    public let name: String
    /// What became of it.
    public let change: Change
    /// What it says differently; of a document that is new or gone, nothing.
    public let fields: [Field]
    /// What that comes to, where it can be told.
    public let effects: [RuleEffect]

    /// The differences between documents that were loaded without an error, by kind and name.
    ///
    /// Subjects are persons: of these only the number is told.
    public static func all(from old: LoadedPolicies, to new: LoadedPolicies) -> [DocumentDifference] {
        let before = keyed(old)
        let after = keyed(new)
        let keys = Set(before.keys).union(after.keys).sorted { ($0.kind, $0.name) < ($1.kind, $1.name) }
        let effects = EffectComparison(old: old.policies ?? PolicySet(), new: new.policies ?? PolicySet())
        return keys.compactMap { key in
            let fields = fields(from: before[key], to: after[key])
            let change: Change = before[key] == nil ? .added : after[key] == nil ? .removed : .changed
            guard change != .changed || !fields.isEmpty else { return nil }
            return DocumentDifference(
                kind: key.kind, name: key.name, change: change, fields: change == .changed ? fields : [],
                effects: effects.effects(of: key.kind, key.name))
        }
    }

    /// The same without ids of records, of which only the number is told.
    public var withoutIds: DocumentDifference {
        let fields = fields.map { field in
            field.path.hasSuffix(".match.ids") || field.path == "spec.expect.canaries" ? field.counting("ids") : field
        }
        return DocumentDifference(kind: kind, name: name, change: change, fields: fields, effects: effects)
    }

    private struct Key: Hashable {
        let kind: String
        let name: String
    }

    private static func keyed(_ loaded: LoadedPolicies) -> [Key: [String: String]] {
        var all: [Key: [String: String]] = [:]
        for document in loaded.documents where document.kind.governs {
            var leaves = DocumentLeaves()
            leaves.add(document.checked)
            all[Key(kind: document.kind.rawValue, name: document.name?.text ?? "")] = leaves.texts
        }
        return all
    }

    /// Compared by bytes, as records are: another spelling of a letter is another key, or another value.
    private static func fields(from old: [String: String]?, to new: [String: String]?) -> [Field] {
        func exactly(_ texts: [String: String]?) -> [ByteString: String] {
            Dictionary((texts ?? [:]).map { (ByteString($0.key), $0.value) }) { first, _ in first }
        }
        let (old, new) = (exactly(old), exactly(new))
        return (old.keys.map(\.text) + new.keys.map(\.text)).sortedByBytes().compactMap { path in
            let (from, to) = (old[ByteString(path)], new[ByteString(path)])
            guard from.map(ByteString.init) != to.map(ByteString.init) else { return nil }
            let field = Field(path: path, from: from, to: to)
            return path.hasSuffix(".match.subjects") ? field.counting("subjects") : field
        }
    }
}
