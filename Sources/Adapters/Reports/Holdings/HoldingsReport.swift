internal import Chronology
public import Evaluation
internal import Policies
internal import ProviderFacts
internal import Records

/// What is there: by source, kind, owner, tenant and age, and what hangs on surfaces that are gone.
///
/// Owners and tenants are metadata values, which no report shows: tokens stand for them, the same in every run.
public struct HoldingsReport: Sendable {
    /// The version of the JSON form.
    public static let schemaVersion = "1"

    let holdings: Holdings
    let incomplete: [Incompleteness]
    let policyDigest: String
    let toolVersion: String

    /// A report on holdings that were read for documents of this digest; `incomplete` is why more may be there.
    public init(_ holdings: Holdings, incomplete: [Incompleteness], policyDigest: String, toolVersion: String) {
        self.holdings = holdings
        self.incomplete = incomplete
        self.policyDigest = policyDigest
        self.toolVersion = toolVersion
    }

    /// 3 where more may be there than was seen, else 0.
    public var exitCode: Int32 { incomplete.isEmpty ? 0 : 3 }

    /// The report as JSON.
    public func json() throws(ReportError) -> [UInt8] {
        var tokens = HolderTokens(holdings.inventory)
        let names = try holdings.cells.map { cell throws(ReportError) in
            (owner: try tokens.owner(cell.key.owner), tenant: try tokens.tenant(cell.key.tenant))
        }
        var writer = JSONWriter()
        writer.beginObject(.lines)
        ReportHeader(
            schemaVersion: Self.schemaVersion, toolVersion: toolVersion, asOf: holdings.inventory.rules.asOf,
            policyDigest: policyDigest
        ).write(to: &writer)
        writer.member("records", holdings.inventory.count)
        writer.objects("holdings", zip(holdings.cells, names)) { writer, cell in
            writer.member("source", holdings.inventory.sourceNames[cell.0.key.source])
            writer.member("kind", cell.0.key.kind.name)
            writer.member("owner", cell.1.owner)
            writer.member("tenant", cell.1.tenant)
            writer.amount("amount", cell.0.figures.amount)
            writer.member("tokens", Int(cell.0.figures.tokens))
            writer.object("ages", .inline) { ages in
                for band in AgeBand.allCases { ages.member(band.name, cell.0.figures.bands[band.rawValue]) }
            }
        }
        writer.object("migration") { Self.write(&$0, holdings.migration) }
        writer.reasons(incomplete.map { ($0.source, $0.message) })
        writer.member("exitCode", Int(exitCode))
        writer.endObject()
        writer.finish()
        return writer.bytes
    }

    private static func write(_ writer: inout JSONWriter, _ migration: MigrationOutlook) {
        writer.objects("ending", zip(migration.facts.successions, migration.ending)) { writer, entry in
            writer.member("kind", entry.0.kind.name)
            writer.member("ends", entry.0.ends.description)
            writer.amount("amount", entry.1)
            writer.member("successor", entry.0.successor)
            writer.member("becomes", entry.0.becomes?.name)
            writer.member("gaps", entry.0.gaps)
        }
        writer.objects("tools", zip(migration.facts.tools, migration.tools)) { writer, entry in
            writer.member("tool", entry.0.tool)
            writer.member("records", entry.1)
            writer.member("successor", entry.0.successor)
            writer.member("gap", entry.0.gap)
        }
        writer.objects("remaining", migration.remaining) { writer, entry in
            writer.member("kind", entry.kind.name)
            writer.amount("amount", entry.amount)
        }
        writer.member("promptsEnd", migration.facts.promptsEnd.description)
        writer.member("clock", migration.facts.clock)
    }
}

/// Tokens for owners and tenants, of which each is made once.
struct HolderTokens {
    private let inventory: Inventory
    private var tenants: Tenants
    private var owners: [StringTable.Code: String] = [:]

    init(_ inventory: Inventory) {
        self.inventory = inventory
        tenants = Tenants(inventory)
    }

    mutating func tenant(_ code: StringTable.Code) throws(ReportError) -> String? { try tenants.token(code) }

    /// The token; nil where there is no owner, and a word where two readings disagree on it.
    mutating func owner(_ code: StringTable.Code) throws(ReportError) -> String? {
        if code == StringTable.undecided { return "undecided" }
        if let token = owners[code] { return token }
        guard let name = inventory.strings.string(code) else { return nil }
        let token = try Redaction.token(owner: name)
        owners[code] = token
        return token
    }
}
