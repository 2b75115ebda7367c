internal import Chronology
internal import Records

extension TestRecord {
    /// The record as a test's document writes it, on one line: `{kind: thread, id: t1, created: 2026-01-01T00:00:00Z}`.
    public var yaml: String {
        var members = ["kind: \(kind.name)", "id: \(Self.scalar(id))"]
        if source != PolicyTest.defaultSource { members.append("source: \(Self.scalar(source))") }
        func add(_ key: String, _ value: String?) {
            if let value { members.append("\(key): \(value)") }
        }
        add("container", container.map(Self.scalar))
        add("created", created?.yaml)
        add("lastActivity", lastActivity?.yaml)
        add("lastModified", lastModified?.yaml)
        add("expires", expires?.yaml)
        add("status", status.map(Self.scalar))
        add("role", role?.name)
        add("bytes", bytes.map(String.init))
        add("tokens", tokens.map(String.init))
        add("gone", isGone ? "true" : nil)
        add("owner", owner.map(Self.scalar))
        add("subject", subject.map(Self.scalar))
        add("tenant", tenant.map(Self.scalar))
        let pairs = metadata.map { entry in
            let values = entry.values.map(Self.scalar)
            return "\(Self.scalar(entry.key)): "
                + (values.count == 1 ? values[0] : "[\(values.joined(separator: ", "))]")
        }
        add("metadata", pairs.isEmpty ? nil : "{\(pairs.joined(separator: ", "))}")
        for (key, names) in [("uses", uses), ("contains", contains), ("cites", cites)] {
            let list = names.map { Self.scalar("\($0.kind.name)/\($0.id)") }.joined(separator: ", ")
            add(key, names.isEmpty ? nil : "[\(list)]")
        }
        return "{\(members.joined(separator: ", "))}"
    }

    /// A string plain where no reader could take it for anything else, and quoted elsewhere.
    private static func scalar(_ text: String) -> String {
        let isLetter = { (byte: UInt8) in (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        guard let first = text.utf8.first, isLetter(first), !words.contains(text.lowercased()),
            text.utf8.allSatisfy({ isLetter($0) || isDigit($0) || "_-./".utf8.contains($0) })
        else { return JSON.quoted(text) }
        return text
    }
}

extension TestRecord.Time {
    fileprivate var yaml: String {
        switch self {
        case .at(let moment): moment.description
        case .since(let moment): "{since: \(moment)}"
        case .missing: Shape.missingTime
        case .implausible: "implausible"
        }
    }
}
