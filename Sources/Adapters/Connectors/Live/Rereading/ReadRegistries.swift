internal import Crypto
public import Records
internal import Threads

/// The registries of the sources of a run, as they were read.
public final class ReadRegistries: @unchecked Sendable {
    // Proof of Sendable: the registries are read and written under `lock` alone.
    private let lock = Monitor()
    private var registries: [String: Registry] = [:]

    /// None as yet.
    public init() {}

    func note(_ registry: Registry, of source: String) { lock.locked { registries[source] = registry } }

    /// A digest of whose records are, by their kinds, as far as the registry of their source says so; empty where it says
    /// nothing, and nil where there is none.
    ///
    /// It is over all of them together, so that nobody can try out whose one of them is.
    public func digest(_ ids: [Kind: [String]], of source: String) -> String? {
        lock.locked { registries[source] }.flatMap { registry in
            try? ids.sorted { $0.key < $1.key }.reduce("") { try $0 + registry.digest($1.key, $1.value) }
        }
    }
}

extension Registry {
    /// A digest of what is stated of records besides their ids and activities, whatever their order.
    fileprivate func digest(_ kind: Kind, _ ids: [String]) throws(CryptoError) -> String {
        var digest = try SHA256()
        var isEmpty = true
        for id in ids.sorted() {
            let id = Array(id.utf8)
            guard let facts = facts(id.span, kind) else { continue }
            let stated = RecordAttribute.allCases.map { bytes(facts[$0]) }
            guard stated.contains(where: { !$0.isEmpty }) else { continue }
            isEmpty = false
            for part in [id] + stated {
                try digest.update("\(part.count) ")
                try digest.update(part)
            }
        }
        return isEmpty ? "" : try digest.finish().hex
    }

    /// What a code stands for, so that nothing, something and a contradiction differ.
    private func bytes(_ code: StringTable.Code) -> [UInt8] {
        if code == StringTable.absent { return [] }
        if code == StringTable.undecided { return [0] }
        return strings.withBytes(code) { bytes in [1] + bytes.withUnsafeBufferPointer { Array($0) } }
    }
}
