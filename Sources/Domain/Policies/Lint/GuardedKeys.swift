import CEL
import Records

/// Finds what a condition reads of a record that may not have it: a metadata key, or one of the fields that come from
/// metadata. The condition fails there, unless it asks first, with `has`, `in` or `hasValue`, so that the read does not
/// matter where the answer is no.
///
/// `&&` and `||` absorb errors on either side, so it does not matter on which side of the read the question stands. An
/// optional read guards itself; only taking its `value()` needs a question.
struct GuardedKeys {
    /// A key of a record, which the text names.
    struct Key: Hashable {
        /// The record as it is written: `object`, `u.container`.
        var record: String
        let key: String
        /// Whether it is a field of the record and not a key of its metadata.
        var isField = false
    }

    /// A read that nothing guards.
    struct Read {
        let key: Key
        /// Where it stands, in UTF-8.
        let offset: Int
    }

    private let program: CELProgram
    /// What stands under `variables`, of which lists may be filtered already.
    private let variables: [String: CELProgram]
    /// What the macros around the part at hand bind to names.
    private var bound: [(name: String, value: CELSyntax.ID)] = []
    private(set) var unguarded: [Read] = []

    /// - Parameter known: keys that every record has of which the condition is asked.
    init(_ program: CELProgram, known: Set<Key>, variables: [String: CELProgram] = [:]) {
        self.init(reading: program, variables)
        visit(program.syntax.root, Known(adding: known, to: nil))
        var seen: Set<Key> = []
        unguarded = unguarded.sorted { $0.offset < $1.offset }.filter { seen.insert($0.key).inserted }
    }

    private init(reading program: CELProgram, _ variables: [String: CELProgram]) {
        self.program = program
        self.variables = variables
    }

    /// The keys that a record certainly has of which the condition is true.
    static func present(where condition: CELProgram) -> Set<Key> {
        GuardedKeys(reading: condition, [:]).keys(condition.syntax.root, when: true)
    }

    /// The keys for which the condition asks, wherever that is.
    static func asked(by condition: CELProgram) -> Set<Key> {
        let reader = GuardedKeys(reading: condition, [:])
        var keys: Set<Key> = []
        condition.syntax.walk { id, _ in
            keys.formUnion(reader.keys(id, when: true))
            return true
        }
        return keys
    }

    private var syntax: CELSyntax { program.syntax }

    private mutating func visit(_ id: CELSyntax.ID, _ known: Known) {
        if let (key, record) = need(id), !known.has(key), !isElement(record, with: key) {
            unguarded.append(Read(key: key, offset: syntax[id].range.lowerBound))
        }
        switch syntax[id].kind {
        case .call("_&&_", nil, let terms): visit(terms, decidedBy: true, known)
        case .call("_||_", nil, let terms): visit(terms, decidedBy: false, known)
        case .call("_?_:_", nil, let parts) where parts.count == 3:
            visit(parts[0], known)
            visit(parts[1], Known(adding: keys(parts[0], when: true), to: known))
            visit(parts[2], Known(adding: keys(parts[0], when: false), to: known))
        case .comprehension(let comprehension): visit(comprehension, known)
        default:
            for child in syntax.children(of: id) { visit(child, known) }
        }
    }

    private mutating func visit(_ comprehension: CELSyntax.Comprehension, _ known: Known) {
        visit(comprehension.range, known)
        // A variable hides whatever had its name outside.
        let names = [comprehension.variable, comprehension.secondVariable].compactMap(\.self)
        var inside = names.reduce(known) { Known(hiding: $1, of: $0) }
        switch comprehension.operation {
        case .bind:
            inside = Known(
                calling: syntax.text(of: comprehension.range), by: comprehension.variable, outside: known, in: inside)
        case .optMap, .optFlatMap:
            if let key = presence(comprehension.range)?.key { inside = Known(adding: [key], to: inside) }
        default: inside = Known(adding: elementKeys(comprehension.range, as: names[names.count - 1]), to: inside)
        }
        bound.append((comprehension.variable, comprehension.range))
        defer { bound.removeLast() }
        if let condition = comprehension.condition {
            visit(condition, inside)
            inside = Known(adding: keys(condition, when: true), to: inside)
        }
        if let transform = comprehension.transform { visit(transform, inside) }
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
}

// MARK: What is asked

extension GuardedKeys {
    /// The keys that are there, if the condition gives this answer.
    private func keys(_ id: CELSyntax.ID, when answer: Bool) -> Set<Key> {
        switch syntax[id].kind {
        case .select(_, _, isTest: true): return answer ? Set([tested(id)].compactMap(\.self)) : []
        case .call("@in", nil, _):
            guard answer, let read = program.keyRead(id) else { return [] }
            return Set(
                [program.record(ofMetadata: read.map)].compactMap(\.self).map {
                    Key(record: syntax.text(of: $0), key: read.key)
                })
        case .call("hasValue", let optional?, let arguments) where arguments.isEmpty:
            return answer ? Set([presence(optional)?.key].compactMap(\.self)) : []
        case .call("!_", nil, let parts) where parts.count == 1: return keys(parts[0], when: !answer)
        case .call("_&&_", nil, let terms): return joined(terms, answer, isUnion: answer)
        case .call("_||_", nil, let terms): return joined(terms, answer, isUnion: !answer)
        case .comprehension(let comprehension) where comprehension.operation == .bind:
            guard let value = comprehension.transform else { return [] }
            let inside = keys(value, when: answer)
            let name = comprehension.variable
            return inside.filter { !$0.isOf(name) }
                .union(inside.renamed(from: name, to: syntax.text(of: comprehension.range)))
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
        switch syntax[id].kind {
        case .comprehension(let inner) where inner.operation == .filter:
            let own = inner.condition.map { keys($0, when: true) } ?? []
            return own.renamed(from: inner.variable, to: name).union(elementKeys(inner.range, as: name))
        case .identifier(let bindingName):
            guard let place = bound.lastIndex(where: { $0.name == bindingName }) else { return [] }
            var outside = self
            outside.bound.removeSubrange(place...)
            return outside.elementKeys(bound[place].value, as: name)
        default:
            guard let read = program.fieldRead(id), !read.isTest,
                case .identifier(ExpressionVariable.variables.name) = syntax[read.operand].kind,
                let variable = variables[read.field]
            else { return [] }
            return GuardedKeys(reading: variable, variables).elementKeys(variable.syntax.root, as: name)
        }
    }

    /// Whether a record is taken from a list of which every element was asked for the key.
    private func isElement(_ record: CELSyntax.ID, with key: Key) -> Bool {
        guard case .call("_[_]", nil, let parts) = syntax[record].kind, parts.count == 2 else { return false }
        return elementKeys(parts[0], as: key.record).contains(key)
    }
}

// MARK: What is read

extension GuardedKeys {
    /// Fields of a record that come from its metadata, and that it may not have.
    private static let shorthands = [RecordField.owner.name, RecordField.subject.name, RecordField.tenant.name]

    /// What a node reads so that it fails where it is not there, and the record of which it does.
    private func need(_ id: CELSyntax.ID) -> (key: Key, record: CELSyntax.ID)? {
        if case .call("value", let optional?, let arguments) = syntax[id].kind, arguments.isEmpty {
            return presence(optional)
        }
        guard let read = read(id), !program.types[id].isOptional else { return nil }
        return read
    }

    /// What is certainly there where an optional holds a value, and the record that has it.
    private func presence(_ id: CELSyntax.ID) -> (key: Key, record: CELSyntax.ID)? {
        if case .comprehension(let comprehension) = syntax[id].kind, comprehension.operation == .optMap {
            return presence(comprehension.range)
        }
        guard let read = read(id), program.types[id].isOptional else { return nil }
        return read
    }

    private func read(_ id: CELSyntax.ID) -> (key: Key, record: CELSyntax.ID)? {
        if let read = program.metadataRead(id) {
            return (Key(record: syntax.text(of: read.record), key: read.key), read.record)
        }
        guard let read = program.fieldRead(id), !read.isTest, let key = shorthand(read) else { return nil }
        return (key, read.operand)
    }

    private func tested(_ id: CELSyntax.ID) -> Key? {
        guard let read = program.fieldRead(id) else { return nil }
        if let record = program.record(ofMetadata: read.operand) {
            return Key(record: syntax.text(of: record), key: read.field)
        }
        return shorthand(read)
    }

    private func shorthand(_ read: CELFieldRead) -> Key? {
        guard Self.shorthands.contains(read.field), program.isRecord(read.operand) else { return nil }
        return Key(record: syntax.text(of: read.operand), key: read.field, isField: true)
    }
}

/// The keys that are there where a node stands. What a node adds or takes away lies over what is known around it, for a
/// condition may have thousands of terms, and each its own.
private final class Known {
    private let added: Set<GuardedKeys.Key>
    private let removed: Set<GuardedKeys.Key>
    private let hidden: String?
    /// A name for a record, how that is written outside, and what is known there.
    private let alias: (name: String, record: String, outside: Known)?
    private let around: Known?

    private init(
        added: Set<GuardedKeys.Key> = [], removed: Set<GuardedKeys.Key> = [], hidden: String? = nil,
        alias: (name: String, record: String, outside: Known)? = nil, around: Known?
    ) {
        self.added = added
        self.removed = removed
        self.hidden = hidden
        self.alias = alias
        self.around = around
    }

    convenience init(adding keys: Set<GuardedKeys.Key>, to around: Known?) { self.init(added: keys, around: around) }

    convenience init(removing keys: Set<GuardedKeys.Key>, from around: Known) {
        self.init(removed: keys, around: around)
    }

    /// Without those of a variable of this name, and of what is reached through it.
    convenience init(hiding variable: String, of around: Known) { self.init(hidden: variable, around: around) }

    /// With those of a record that is known outside, under a name for it.
    convenience init(calling record: String, by name: String, outside: Known, in around: Known) {
        self.init(alias: (name, record, outside), around: around)
    }

    func has(_ key: GuardedKeys.Key) -> Bool {
        if added.contains(key) { return true }
        if removed.contains(key) { return false }
        if let alias, key.isOf(alias.name) { return alias.outside.has(key.renamed(from: alias.name, to: alias.record)) }
        if let hidden, key.isOf(hidden) { return false }
        return around?.has(key) ?? false
    }
}

extension GuardedKeys.Key {
    /// Whether it is a key of a record, or of one that is reached through it.
    fileprivate func isOf(_ name: String) -> Bool { record == name || record.hasPrefix(name + ".") }

    /// The same key of the same record, under another name for it.
    fileprivate func renamed(from old: String, to new: String) -> GuardedKeys.Key {
        var key = self
        key.record = new + record.dropFirst(old.count)
        return key
    }
}

extension Set<GuardedKeys.Key> {
    /// Those of one record, under another name for it.
    fileprivate func renamed(from old: String, to new: String) -> Set {
        Set(filter { $0.isOf(old) }.map { $0.renamed(from: old, to: new) })
    }
}

extension GuardedKeys.Key {
    /// How to ask for the key.
    var test: String {
        if isField { return "has(\(record).\(key))" }
        return isIdentifier(key) ? "has(\(record).metadata.\(key))" : "\(quoted(key)) in \(record).metadata"
    }

    /// What the record may not have, for people.
    var title: String { isField ? "the field \(quoted(key))" : "the metadata key \(quoted(key))" }
}
