internal import Chronology
internal import Records

/// What one line of a registry says of one record.
struct RegistryRow {
    private(set) var id: String?
    private(set) var kind: Kind?
    private(set) var attributes: [RecordAttribute: String] = [:]
    /// Microseconds since 1970.
    private(set) var lastActivity: Int64?

    /// Longer than any id, and than any metadata value.
    private static let longestText = 512

    /// Takes in what a column says.
    mutating func set(_ column: RegistryColumn, _ cell: RegistryCell) throws(RegistryComplaint) {
        switch column {
        case .id: id = try Self.id(cell)
        case .kind: kind = try Self.kind(cell)
        case .owner, .subject, .tenant:
            if let attribute = column.attribute { attributes[attribute] = try Self.text(cell, column) }
        case .lastActivity: lastActivity = try Self.time(cell)
        }
    }

    private static func id(_ cell: RegistryCell) throws(RegistryComplaint) -> String {
        guard case .text(let text) = cell else {
            throw RegistryComplaint("holds no id", hint: "write the provider's id, which is a text")
        }
        let isId = text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F && !$0.properties.isWhitespace }
        guard isId, (1...longestText).contains(text.utf8.count) else {
            throw RegistryComplaint("holds no id", hint: "ids have no blanks and at most \(longestText) bytes")
        }
        return text
    }

    private static func kind(_ cell: RegistryCell) throws(RegistryComplaint) -> Kind {
        let known = Kind.allCases.filter(\.mayStandAlone)
        guard case .text(let text) = cell, let kind = Kind(named: text), kind.mayStandAlone else {
            throw RegistryComplaint(
                "is of a kind that is none, or that is part of another",
                hint: "write one of \(known.map(\.name).joined(separator: ", "))")
        }
        return kind
    }

    private static func text(_ cell: RegistryCell, _ column: RegistryColumn) throws(RegistryComplaint) -> String {
        switch cell {
        case .text(let text) where text.utf8.count <= longestText: return text
        case .integer(let number): return String(number)
        case .text, .real, .other:
            throw RegistryComplaint(
                "says of the \(column.rawValue) what is no text of at most \(longestText) bytes", hint: "write a text")
        }
    }

    private static func time(_ cell: RegistryCell) throws(RegistryComplaint) -> Int64 {
        if let microseconds = microseconds(cell),
            [.point, .future].contains(TimeRules(asOf: .beginning).fact(microseconds: microseconds))
        {
            return microseconds
        }
        throw RegistryComplaint(
            "says when the last activity was, and that is no time",
            hint: "write 2026-01-31T00:00:00Z, or seconds since 1970")
    }

    private static func microseconds(_ cell: RegistryCell) -> Int64? {
        switch cell {
        case .integer(let seconds):
            let (microseconds, isTooFar) = seconds.multipliedReportingOverflow(by: 1_000_000)
            return isTooFar ? nil : microseconds
        case .real(let seconds): return Int64(exactly: (seconds * 1_000_000).rounded())
        case .text(let text):
            if let seconds = Int64(text) { return microseconds(.integer(seconds)) }
            if let seconds = Double(text) { return microseconds(.real(seconds)) }
            return (try? Instant(rfc3339: text)).map { Moment($0).microseconds }
        case .other: return nil
        }
    }
}
