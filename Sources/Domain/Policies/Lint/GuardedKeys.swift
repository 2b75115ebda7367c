import CEL
import Records

/// Finds metadata keys that a condition reads of a record which may not have them: the condition fails, unless it asks
/// first, with `has` or `in`, so that the read does not matter where the answer is no.
///
/// `&&` and `||` absorb errors on either side, so it does not matter on which side of the read the question stands.
struct GuardedKeys {
    /// A key of a record, which the text names.
    struct Key: Hashable {
        /// The record as it is written: `object`, `u.container`.
        let record: String
        let key: String
    }

    /// A read that nothing guards.
    struct Read {
        let key: Key
        /// Where it stands, in UTF-8.
        let offset: Int
    }

    private let program: CELProgram
    private(set) var unguarded: [Read] = []

    /// - Parameter known: keys that every record has of which the condition is asked.
    init(_ program: CELProgram, known: Set<Key>) {
        self.program = program
        visit(program.syntax.root, Known(adding: known, to: nil))
        var seen: Set<Key> = []
        unguarded = unguarded.sorted { $0.offset < $1.offset }.filter { seen.insert($0.key).inserted }
    }

    /// The keys that a record certainly has of which the condition is true.
    static func present(where condition: CELProgram) -> Set<Key> {
        GuardedKeys(condition, known: []).keys(condition.syntax.root, when: true)
    }

    /// The keys for which the condition asks, wherever that is.
    static func asked(by condition: CELProgram) -> Set<Key> {
        let reader = GuardedKeys(condition, known: [])
        var keys: Set<Key> = []
        condition.syntax.walk { id, _ in
            keys.formUnion(reader.keys(id, when: true))
            return true
        }
        return keys
    }

    private var syntax: CELSyntax { program.syntax }

    private mutating func visit(_ id: CELSyntax.ID, _ known: Known) {
        if let key = key(id), !known.has(key) {
            unguarded.append(Read(key: key, offset: syntax[id].range.lowerBound))
        }
        switch syntax[id].kind {
        case .call("_&&_", nil, let terms): visit(terms, decidedBy: true, known)
        case .call("_||_", nil, let terms): visit(terms, decidedBy: false, known)
        case .call("_?_:_", nil, let parts) where parts.count == 3:
            visit(parts[0], known)
            visit(parts[1], Known(adding: keys(parts[0], when: true), to: known))
            visit(parts[2], Known(adding: keys(parts[0], when: false), to: known))
        case .comprehension(let comprehension):
            visit(comprehension.range, known)
            // The variable hides whatever had its name outside.
            let name = comprehension.variable
            var inside = Known(adding: elementKeys(comprehension.range, as: name), to: Known(hiding: name, of: known))
            if let condition = comprehension.condition {
                visit(condition, inside)
                inside = Known(adding: keys(condition, when: true), to: inside)
            }
            if let transform = comprehension.transform { visit(transform, inside) }
        default:
            for child in syntax.children(of: id) { visit(child, known) }
        }
    }

    /// A term matters only where no other has decided.
    private mutating func visit(_ terms: [CELSyntax.ID], decidedBy other: Bool, _ known: Known) {
        let keys = terms.map { self.keys($0, when: other) }
        var providers: [Key: Int] = [:]
        for set in keys { for key in set { providers[key, default: 0] += 1 } }
        let all = Known(adding: Set(providers.keys), to: known)
        for (term, own) in zip(terms, keys) {
            // No term guards itself.
            let alone = own.filter { providers[$0] == 1 && !known.has($0) }
            visit(term, alone.isEmpty ? all : Known(removing: alone, from: all))
        }
    }

    /// The keys that are there, if the condition gives this answer.
    private func keys(_ id: CELSyntax.ID, when answer: Bool) -> Set<Key> {
        switch syntax[id].kind {
        case .select(let metadata, let key, isTest: true): return answer ? self.key(key, in: metadata) : []
        case .call("@in", nil, let parts) where parts.count == 2:
            guard answer, case .literal(.string(let key)) = syntax[parts[0]].kind else { return [] }
            return self.key(key, in: parts[1])
        case .call("!_", nil, let parts) where parts.count == 1: return keys(parts[0], when: !answer)
        case .call("_&&_", nil, let terms): return joined(terms, answer, isUnion: answer)
        case .call("_||_", nil, let terms): return joined(terms, answer, isUnion: !answer)
        default: return []
        }
    }

    private func joined(_ terms: [CELSyntax.ID], _ answer: Bool, isUnion: Bool) -> Set<Key> {
        let sets = terms.map { keys($0, when: answer) }
        guard let first = sets.first else { return [] }
        return sets.dropFirst().reduce(into: first) { isUnion ? $0.formUnion($1) : $0.formIntersection($1) }
    }

    /// What `filter` has asked of the elements, under the name that they have now.
    private func elementKeys(_ id: CELSyntax.ID, as name: String) -> Set<Key> {
        guard case .comprehension(let inner) = syntax[id].kind, inner.operation == .filter,
            let condition = inner.condition
        else { return [] }
        let own = keys(condition, when: true).filter { $0.record == inner.variable }
        return Set(own.map { Key(record: name, key: $0.key) }).union(elementKeys(inner.range, as: name))
    }

    private func key(_ id: CELSyntax.ID) -> Key? {
        program.metadataRead(id).map { Key(record: syntax.text(of: $0.record), key: $0.key) }
    }

    private func key(_ key: String, in metadata: CELSyntax.ID) -> Set<Key> {
        program.record(ofMetadata: metadata).map { [Key(record: syntax.text(of: $0), key: key)] } ?? []
    }
}

/// The keys that are there where a node stands. What a node adds or takes away lies over what is known around it, for a
/// condition may have thousands of terms, and each its own.
private final class Known {
    private let added: Set<GuardedKeys.Key>
    private let removed: Set<GuardedKeys.Key>
    private let hidden: String?
    private let around: Known?

    init(adding keys: Set<GuardedKeys.Key>, to around: Known?) {
        (added, removed, hidden) = (keys, [], nil)
        self.around = around
    }

    init(removing keys: Set<GuardedKeys.Key>, from around: Known) {
        (added, removed, hidden) = ([], keys, nil)
        self.around = around
    }

    /// Without those of a variable of this name, and of what is reached through it.
    init(hiding variable: String, of around: Known) {
        (added, removed, hidden) = ([], [], variable)
        self.around = around
    }

    func has(_ key: GuardedKeys.Key) -> Bool {
        if added.contains(key) { return true }
        if removed.contains(key) { return false }
        if let hidden, key.record == hidden || key.record.hasPrefix(hidden + ".") { return false }
        return around?.has(key) ?? false
    }
}

extension GuardedKeys.Key {
    /// How to ask for the key.
    var test: String {
        isIdentifier(key) ? "has(\(record).metadata.\(key))" : "\(quoted(key)) in \(record).metadata"
    }
}
