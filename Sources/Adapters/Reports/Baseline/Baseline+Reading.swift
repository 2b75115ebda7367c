internal import Chronology
internal import Files
internal import Records
internal import YAML

extension Baseline {
    /// What a file may hold: of each entry six names and values, and itself. Their counts, of 31 bits each, have a sum.
    private static var limits: Limits {
        var limits = Limits()
        limits.bytes = mostBytes
        limits.nodes = 100 + 13 * mostEntries
        return limits
    }

    /// Reads a file.
    public init(path: String) throws(ReportError) {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try Files.read(path, limit: Self.limits.bytes)
        } catch {
            throw .file(error)
        }
        try self.init(bytes, path: path)
    }

    /// Reads a file's bytes strictly: a key that is unknown or missing, an entry that stands twice, or another version is
    /// an error, for half a baseline would hide or reveal what nobody decided.
    ///
    /// - Parameter path: for the message.
    public init(_ bytes: [UInt8], path: String) throws(ReportError) {
        // JSON is YAML, and the YAML reader knows every place.
        let file = YAMLFile(Self.joiningSurrogates(bytes), limits: Self.limits)
        if let problem = file.problems.first {
            throw Self.refused(path, problem.mark, problem.message)
        }
        guard file.documents.count == 1, let root = file.documents.first else {
            throw Self.refused(path, .start, "it holds \(file.documents.count) documents, and one is wanted")
        }
        let reader = StrictObject(path: path, node: root)
        let version = try reader.text("schemaVersion")
        guard version == Self.schemaVersion else {
            throw Self.refused(
                path, root["schemaVersion"]?.mark ?? root.mark,
                "it is of schema version \(version), and this program reads \(Self.schemaVersion)")
        }
        try reader.allows(["schemaVersion", "asOf", "expiresAt", "entries"])
        self.init(asOf: try reader.instant("asOf"), expiresAt: try reader.optionalInstant("expiresAt"))
        for node in try reader.list("entries") {
            let entry = StrictObject(path: path, node: node)
            try entry.allows(["policy", "rule", "source", "kind", "id", "count"])
            let name = try entry.text("kind")
            guard let kind = Kind(named: name) else { throw Self.refused(path, node.mark, "there is no kind \(name)") }
            let key = BaselineKey(
                policy: try entry.optionalText("policy"), rule: try entry.text("rule"),
                source: try entry.text("source"), kind: kind, id: try entry.text("id"))
            let count = try entry.count("count")
            guard entries.updateValue(count, forKey: key) == nil else {
                throw Self.refused(path, node.mark, "the entry stands twice")
            }
        }
    }

    /// The same with one escape for each pair of surrogates, which is how other programs' JSON spells what lies beyond
    /// U+FFFF, and which YAML does not know.
    private static func joiningSurrogates(_ bytes: [UInt8]) -> [UInt8] {
        var joined: [UInt8] = []
        joined.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
                joined.append(bytes[index])
                index += 1
                continue
            }
            if let high = escape(bytes, at: index), (0xD800...0xDBFF).contains(high),
                let low = escape(bytes, at: index + 6), (0xDC00...0xDFFF).contains(low)
            {
                let digits = String(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00), radix: 16)
                joined += Array("\\U\(String(repeating: "0", count: 8 - digits.count))\(digits)".utf8)
                index += 12
            } else {
                // What follows a backslash is no beginning of another escape.
                joined += bytes[index...index + 1]
                index += 2
            }
        }
        return joined
    }

    /// The number that `\u` and four hexadecimal digits stand for; nil where something else begins.
    private static func escape(_ bytes: [UInt8], at index: Int) -> UInt32? {
        guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
            return nil
        }
        var number: UInt32 = 0
        for byte in bytes[index + 2..<index + 6] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            number = number << 4 | UInt32(digit)
        }
        return number
    }

    fileprivate static func refused(_ path: String, _ mark: Mark, _ what: String) -> ReportError {
        .request(
            "\(path):\(mark.line):\(mark.column): the baseline cannot be used: \(what)",
            hint: "restore the file, or make it anew with --update-baseline --accept-new and review what it accepts")
    }
}

/// A mapping of which every member must be there and of its type.
private struct StrictObject {
    let path: String
    let node: Node

    func allows(_ keys: [String]) throws(ReportError) {
        for entry in node.mapping ?? [] where !keys.contains(entry.key.text) {
            throw Baseline.refused(path, entry.key.mark, "the key \(entry.key.text) is unknown")
        }
    }

    private func member(_ key: String) throws(ReportError) -> Node {
        guard let member = node[key] else { throw Baseline.refused(path, node.mark, "\(key) is missing") }
        return member
    }

    func text(_ key: String) throws(ReportError) -> String {
        let member = try member(key)
        guard case .string(let text)? = member.scalar?.resolved else {
            throw Baseline.refused(path, member.mark, "\(key) is no string")
        }
        return text
    }

    func optionalText(_ key: String) throws(ReportError) -> String? {
        try member(key).isNull ? nil : text(key)
    }

    func count(_ key: String) throws(ReportError) -> Int {
        let member = try member(key)
        guard case .integer(let number)? = member.scalar?.resolved, let count = Int32(exactly: number), count > 0 else {
            throw Baseline.refused(path, member.mark, "\(key) is no whole number from 1 to \(Int32.max)")
        }
        return Int(count)
    }

    func instant(_ key: String) throws(ReportError) -> Instant {
        let text = try text(key)
        do throws(ChronologyError) {
            return try Instant(rfc3339: text)
        } catch {
            throw Baseline.refused(path, node[key]?.mark ?? node.mark, "\(key): \(error.description)")
        }
    }

    func optionalInstant(_ key: String) throws(ReportError) -> Instant? {
        try member(key).isNull ? nil : instant(key)
    }

    func list(_ key: String) throws(ReportError) -> [Node] {
        let member = try member(key)
        guard let list = member.sequence else { throw Baseline.refused(path, member.mark, "\(key) is no list") }
        return list
    }
}
