import Chronology
import Records
import TestSupport

/// Documents at random over a small estate: as the product reads them, and as a test can think about them.
struct SmallDocuments {
    /// What a document speaks of; what is nil matches all.
    struct Scope {
        var kinds: [Kind]?
        var ids: [String]?
        var product: String?
        var subject: String?
    }

    struct Policy {
        let name: String
        let scope: Scope
        let clock: Clock
        /// In days.
        let atLeast: Int64?
        let atMost: Int64?
        let overdueAfter: Int64
        let isDeletedWhileUsed: Bool
        let isEnforced: Bool
        let whenDue: String
        let mostRecords: Int?

        enum Clock: String { case created, lastActivity }
    }

    struct Hold {
        let name: String
        let scope: Scope
        /// The days that it begins and ends, counted from today; a negative one is past.
        let from: Int64
        let until: Int64?
        let grace: Int64
    }

    struct Exception {
        let name: String
        let policies: [String]
        let scope: Scope
        let expires: Int64
    }

    private(set) var policies: [Policy] = []
    var holds: [Hold] = []
    private(set) var exceptions: [Exception] = []
    private var random: SplitMix64
    private let now: Int64

    private static let kinds: [Kind] = [
        .thread, .message, .run, .file, .vectorStore, .vectorStoreFile, .conversation, .item, .response, .container,
        .containerFile, .assistant, .batch, .chatCompletion,
    ]

    init(seed: UInt64, now: Int64, _ estate: [Holding]) {
        random = SplitMix64(seed: seed)
        self.now = now
        for kind in Self.kinds where chance(35) { policies.append(policy([kind])) }
        if chance(70) { policies.append(policy([.thread, .conversation, .response, .file])) }
        if chance(25) { policies.append(keeping(estate)) }
        if chance(40) { for number in 0..<2 { holds.append(hold(number, estate)) } }
        if chance(30), !policies.isEmpty { exceptions.append(exception(estate)) }
    }

    // MARK: Dice

    private mutating func chance(_ percent: Int) -> Bool { .random(in: 1...100, using: &random) <= percent }
    private mutating func pick<Value>(_ first: Value, _ more: Value...) -> Value {
        more.randomElement(using: &random).flatMap { chance(100 / (more.count + 1)) ? nil : $0 } ?? first
    }

    private mutating func policy(_ kinds: [Kind]) -> Policy {
        var scope = Scope(kinds: kinds)
        if kinds != [.file], chance(20) { scope.product = pick("support", "sales") }
        // An item has no other clock.
        let isActivity = kinds == [.item] || chance(40)
        return Policy(
            name: "p\(policies.count)", scope: scope, clock: isActivity ? .lastActivity : .created,
            atLeast: chance(10) ? 5 : nil,
            atMost: pick(30, 15, 60, 90), overdueAfter: pick(0, 0, 20), isDeletedWhileUsed: chance(60),
            isEnforced: chance(90), whenDue: pick("delete", "delete", "delete", "delete", "delete", "report", "review"),
            mostRecords: chance(2) ? 1 : nil)
    }

    private mutating func keeping(_ estate: [Holding]) -> Policy {
        let scope = scope(estate)
        return Policy(
            name: "p\(policies.count)", scope: scope, clock: .lastActivity,
            atLeast: pick(30, 90, 300), atMost: nil, overdueAfter: 0, isDeletedWhileUsed: false, isEnforced: true,
            whenDue: "report", mostRecords: nil)
    }

    /// A narrow one, as those of holds and exceptions are; now and then one that speaks of all kinds.
    private mutating func scope(_ estate: [Holding]) -> Scope {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return Scope(product: "support")
        case 1: return Scope(kinds: [.thread, .conversation, .message], subject: "s1")
        case 2: return Scope(kinds: [.vectorStore, .response], product: "sales")
        default:
            let chosen = (0..<2).compactMap { _ in estate.randomElement(using: &random) }
            return Scope(kinds: Array(Set(chosen.map(\.kind))).sorted(), ids: chosen.map(\.id))
        }
    }

    private mutating func hold(_ number: Int, _ estate: [Holding]) -> Hold {
        let scope = scope(estate)
        let (until, grace): (Int64?, Int64) = pick((nil, 0), (nil, 0), (-10, 3), (-3, 30))
        return Hold(
            name: "h\(number)", scope: scope, from: until == nil ? pick(-60, -60, 30) : -60, until: until, grace: grace)
    }

    private mutating func exception(_ estate: [Holding]) -> Exception {
        let named = chance(50) ? policies.map(\.name) : [policies[0].name]
        return Exception(name: "e0", policies: named, scope: scope(estate), expires: pick(30, 30, -5))
    }

    /// A hold on one record that begins today.
    static func sudden(_ record: Holding) -> Hold {
        Hold(
            name: "sudden", scope: Scope(kinds: [record.kind], ids: [record.id]), from: 0, until: nil, grace: 0)
    }
}

/// The documents as they are written.
extension SmallDocuments {
    /// Writes them, and the one that says where the estate is.
    func write(to scratch: Scratch, address: String) throws {
        let rules = policies.map(text) + exceptions.map(text) + [source(scratch, address)]
        try scratch.write("policies/rules.yaml", rules.joined(separator: "---\n"))
        let register = """
            apiVersion: tenure/v1
            kind: HoldRegister
            metadata: {name: holds}
            spec: {asOf: \(date(-1)), maxAge: 30d, holds: [\(holds.map(\.name).joined(separator: ", "))]}

            """
        try scratch.write("policies/holds.yaml", ([register] + holds.map(text)).joined(separator: "---\n"))
    }

    private func date(_ days: Int64) -> String {
        String(Instant(seconds: now + days * SmallHoldings.day).rfc3339.prefix(10))
    }

    private func source(_ scratch: Scratch, _ address: String) -> String {
        let registry = ["thread", "conversation", "response"].map {
            "{file: '\(scratch.path("ids/\($0).txt"))', kind: \($0), complete: true}"
        }
        return """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: live}
            spec:
              type: openai
              address: '\(address)'
              credentials: {file: '\(scratch.path("key"))'}
              registry: [\(registry.joined(separator: ", "))]

            """
    }

    private func text(_ scope: Scope) -> String {
        var parts: [String] = []
        if let kinds = scope.kinds { parts.append("kinds: [\(kinds.map(\.name).joined(separator: ", "))]") }
        if let ids = scope.ids { parts.append("ids: ['\(ids.joined(separator: "', '"))']") }
        if let product = scope.product { parts.append("metadata: {product: \(product)}") }
        if let subject = scope.subject { parts.append("subjects: [\(subject)]") }
        return "{\(parts.joined(separator: ", "))}"
    }

    private func text(_ policy: Policy) -> String {
        let least = policy.atLeast.map { ["atLeast: \($0)d"] } ?? []
        let most = policy.atMost.map { ["atMost: \($0)d"] } ?? []
        let overdue = policy.overdueAfter > 0 ? "\n  overdueAfter: \(policy.overdueAfter)d" : ""
        let limits = policy.mostRecords.map { "\n  limits: {records: \($0)}" } ?? ""
        return """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: \(policy.name)}
            spec:
              match: \(text(policy.scope))
              clock: {from: \(policy.clock.rawValue)}
              keep: {\((least + most).joined(separator: ", "))}
              whileUsed: \(policy.isDeletedWhileUsed ? "delete" : "keep")
              mode: \(policy.isEnforced ? "enforce" : "observe")
              whenDue: \(policy.whenDue)\(overdue)\(limits)

            """
    }

    private func text(_ hold: Hold) -> String {
        """
        apiVersion: tenure/v1
        kind: LegalHold
        metadata: {name: \(hold.name)}
        spec:
          matter: A matter
          match: \(text(hold.scope))
          from: \(date(hold.from))
          until: \(hold.until.map(date) ?? "null")
          releaseGrace: \(hold.grace)d
          approvedBy: counsel

        """
    }

    private func text(_ exception: Exception) -> String {
        """
        apiVersion: tenure/v1
        kind: PolicyException
        metadata: {name: \(exception.name)}
        spec:
          policies: [\(exception.policies.joined(separator: ", "))]
          match: \(text(exception.scope))
          reason: A reason
          ticket: T-1
          owner: somebody
          expiresAt: \(date(exception.expires))

        """
    }
}
