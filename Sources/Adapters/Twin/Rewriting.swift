internal import Chronology

/// Writes members of every object of an answer as some servers write them.
struct Rewriting {
    private let faults: Set<Faults.Kind>

    /// Nil where there is nothing to rewrite.
    init?(_ faults: Set<Faults.Kind>) {
        self.faults = faults.intersection([.floatTimes, .isoTimes, .nullBytes, .nullExpiry])
        if self.faults.isEmpty { return nil }
    }

    func callAsFunction(_ json: [UInt8]) -> [UInt8] { JSON.read(json).map { rewrite($0).bytes } ?? json }

    private func rewrite(_ value: JSON) -> JSON {
        switch value {
        case .array(let elements): return .array(elements.map(rewrite))
        case .object(let members):
            let hasRule = value["expires_after"].map { $0 != .null } ?? false
            return .object(
                members.map { member in
                    JSON.Member(name: member.name, value: rewrite(member.name, member.value, hasRule: hasRule))
                })
        default: return value
        }
    }

    /// - Parameter hasRule: whether the object says after what it expires.
    private func rewrite(_ name: String, _ value: JSON, hasRule: Bool) -> JSON {
        if faults.contains(.nullExpiry), name == "expires_at", hasRule { return .null }
        if faults.contains(.nullBytes), name == "bytes" { return .null }
        guard let seconds = value.number, name == "created" || name.hasSuffix("_at") else { return rewrite(value) }
        // From 1970 to the end of the year 9999.
        if faults.contains(.isoTimes), (0..<253_402_300_800).contains(seconds) {
            return .string(Instant(seconds: seconds).description)
        }
        return faults.contains(.floatTimes) ? .double(Double(seconds)) : value
    }
}
