import Chronology
import Crypto
import YAML

extension PolicyLock {
    /// The largest file that is read, in bytes.
    public static let mostBytes = 4 << 20

    /// Reads a lock strictly: whatever is missing, unknown or of the wrong type refuses it.
    ///
    /// - Parameters:
    ///   - bytes: the file's.
    ///   - path: for the message.
    public init(_ bytes: [UInt8], path: String) throws(LockError) {
        // JSON is YAML, and the YAML reader knows every place.
        var limits = Limits()
        limits.bytes = Self.mostBytes
        let file = YAMLFile(bytes, limits: limits)
        if let problem = file.problems.first { throw Reader.refused(path, problem.mark, problem.message) }
        guard file.documents.count == 1, let root = file.documents.first else {
            throw Reader.refused(path, .start, "the lock is empty or not whole")
        }
        let reader = Reader(path: path, node: root)
        try reader.hasJust(["schemaVersion", "serial", "threshold", "keys", "policies", "signatures"])
        guard try reader.text("schemaVersion") == Self.schemaVersion else {
            throw Reader.refused(path, root.mark, "the lock is of another schema version than \(Self.schemaVersion)")
        }
        serial = try reader.integer("serial")
        threshold = try reader.integer("threshold")
        signers = []
        for entry in try reader.objects("keys", ["name", "publicKey"]) {
            guard let bytes = Base64.decode(try entry.text("publicKey")), let key = Ed25519.PublicKey(bytes: bytes)
            else {
                throw Reader.refused(path, entry.node.mark, "the public key is not 32 bytes in Base64")
            }
            signers.append(Signer(name: try entry.text("name"), key: key))
        }
        terms = []
        for entry in try reader.objects("policies", LockedTerms.keys) { terms.append(try LockedTerms(entry)) }
        guard Set(terms.map(\.policy)).count == terms.count else {
            throw Reader.refused(path, root.mark, "the lock names a policy twice")
        }
        signatures = []
        for entry in try reader.objects("signatures", ["key", "signature"]) {
            guard let bytes = Base64.decode(try entry.text("signature")), bytes.count == 64 else {
                throw Reader.refused(path, entry.node.mark, "the signature is not 64 bytes in Base64")
            }
            signatures.append(Signature(signer: try entry.text("key"), bytes: bytes))
        }
    }

    /// An object of a lock's file.
    fileprivate struct Reader {
        let path: String
        let node: Node

        static func refused(_ path: String, _ mark: Mark, _ what: String) -> LockError {
            LockError("\(path):\(mark.line):\(mark.column): \(what)")
        }

        func hasJust(_ keys: [String]) throws(LockError) {
            let names = node.mapping?.map(\.key.text) ?? []
            for key in keys where !names.contains(key) { throw Self.refused(path, node.mark, "\(key) is missing") }
            for name in names where !keys.contains(name) {
                throw Self.refused(path, node.mark, "the key \(quoted(name)) is unknown")
            }
        }

        func scalar(_ key: String) -> Resolved? { node[key]?.scalar?.resolved }

        func wrong(_ key: String) -> LockError {
            Self.refused(path, node[key]?.mark ?? node.mark, "\(key) is not what it should be")
        }

        func text(_ key: String) throws(LockError) -> String {
            guard case .string(let text)? = scalar(key), !text.isEmpty else { throw wrong(key) }
            return text
        }

        func integer(_ key: String) throws(LockError) -> Int {
            // So that there is a next number.
            guard case .integer(let number)? = scalar(key), let count = Int32(exactly: number), count > 0 else {
                throw wrong(key)
            }
            return Int(count)
        }

        func flag(_ key: String) throws(LockError) -> Bool {
            guard case .bool(let flag)? = scalar(key) else { throw wrong(key) }
            return flag
        }

        func period(_ key: String) throws(LockError) -> Period {
            guard let period = try? Period(try text(key)) else { throw wrong(key) }
            return period
        }

        func optionalPeriod(_ key: String) throws(LockError) -> Period? {
            if node[key]?.isNull == true { return nil }
            return try period(key)
        }

        func objects(_ key: String, _ keys: [String]) throws(LockError) -> [Reader] {
            guard let list = node[key]?.sequence else { throw wrong(key) }
            var readers: [Reader] = []
            for node in list {
                let reader = Reader(path: path, node: node)
                try reader.hasJust(keys)
                readers.append(reader)
            }
            return readers
        }
    }
}

extension LockedTerms {
    fileprivate static let keys = [
        "name", "atLeast", "atMost", "overdueAfter", "basis", "mode", "severity", "default", "timeZone", "rest",
        "exceptions",
    ]

    fileprivate init(_ reader: PolicyLock.Reader) throws(LockError) {
        guard let basis = RetentionPolicy.Basis(rawValue: try reader.text("basis")) else { throw reader.wrong("basis") }
        guard let mode = RetentionPolicy.Mode(rawValue: try reader.text("mode")) else { throw reader.wrong("mode") }
        guard let severity = Severity(named: try reader.text("severity")) else { throw reader.wrong("severity") }
        var exceptions: [String: String] = [:]
        for entry in try reader.objects("exceptions", ["name", "digest"]) {
            exceptions[try entry.text("name")] = try entry.text("digest")
        }
        self.init(
            policy: try reader.text("name"), atLeast: try reader.optionalPeriod("atLeast"),
            atMost: try reader.optionalPeriod("atMost"), overdueAfter: try reader.period("overdueAfter"), basis: basis,
            mode: mode, severity: severity, isDefault: try reader.flag("default"), zone: try reader.text("timeZone"),
            rest: try reader.text("rest"), exceptions: exceptions)
    }
}
