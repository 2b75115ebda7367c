internal import CanonicalJSON
internal import Chronology
internal import Evaluation
internal import Policies
internal import Records

/// The members of a plan, in the order of their names.
struct PlanForm: Sendable {
    private let draft: DraftPlan
    private let binding: PlanBinding
    private let asking: AskingFindings
    private static let kindNames = Kind.allCases.map(\.name)

    init(_ draft: DraftPlan, _ binding: PlanBinding) {
        self.draft = draft
        self.binding = binding
        asking = AskingFindings(draft.result)
    }

    private var result: ScanResult { draft.result }
    private var inventory: Inventory { result.inventory }

    static let head = #"{"actions":["#

    func action(_ index: Int, _ writer: inout CanonicalWriter, _ bytes: inout [UInt8]) throws(PlanError) {
        let action = draft.actions[index]
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        writer.reset()
        writer.object { writer in
            if action.cause == .due {
                let reasons = asking.reasons(of: action.row, andRequest: draft.request != nil)
                writer.objects("because", reasons) { reason($1, &$0) }
            }
            writer.object("facts") { facts(action.row, &$0) }
            name(action.row, &writer)
            writer.member("number", index + 1)
            switch action.cause {
            case .due: break
            case .partOf(let row): writer.object("partOf") { name(row, &$0) }
            case .clears: break
            }
            writer.member("source", source(action.row))
            if case .clears(let row) = action.cause { writer.object("toClear") { name(row, &$0) } }
            writer.member("verb", action.verb.rawValue)
            writer.objects("with", action.along) { name($1, &$0) }
        }
        try take(writer, &bytes, action.row)
    }

    func middle(_ writer: inout CanonicalWriter, _ bytes: inout [UInt8]) throws(PlanError) {
        writer.reset()
        writer.object { writer in
            writer.member("approvals", .array(draft.demands.map(demand)))
            writer.member("asOf", binding.asOf.description)
            writer.object("digests") { writer in
                writer.member("holds", binding.holds)
                writer.member("policies", binding.policies)
                writer.member("scan", binding.scan)
            }
            writer.member("expires", binding.expires.description)
            writer.member("limits", .array(draft.limits.map(limit)))
            writer.member("places", .array(binding.places.map(place)))
            writer.member("request", draft.request.map(request) ?? .null)
            writer.member("requester", binding.requester)
            writer.member("reviews", .array(binding.reviews.map(review)))
            writer.member("schemaVersion", PlanWriter.schemaVersion)
        }
        if let error = writer.error { throw .unwritable(record: "the plan", reason: error.description) }
        // What follows are further members of the same object.
        bytes += "],".utf8
        bytes += writer.bytes.dropFirst().dropLast()
        bytes += #","staying":["#.utf8
    }

    func staying(_ index: Int, _ writer: inout CanonicalWriter, _ bytes: inout [UInt8]) throws(PlanError) {
        let staying = draft.staying[index]
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        writer.reset()
        writer.object { writer in
            writer.member("grounds", .array((draft.grounds[staying.row] ?? []).map(ground)))
            name(staying.row, &writer)
            writer.member("reasons", .array(staying.reasons.map { .string($0.rawValue) }))
            writer.member("source", source(staying.row))
        }
        try take(writer, &bytes, staying.row)
    }

    func end(_ writer: inout CanonicalWriter, _ bytes: inout [UInt8]) {
        writer.reset()
        writer.object { writer in
            writer.object("tool") { writer in
                writer.member("name", "tenure")
                writer.member("version", binding.toolVersion)
            }
        }
        bytes += "],".utf8
        bytes += writer.bytes.dropFirst()
    }

    private func take(_ writer: CanonicalWriter, _ bytes: inout [UInt8], _ row: Int) throws(PlanError) {
        if let error = writer.error {
            throw .unwritable(
                record: "\(source(row))/\(inventory.kinds[row].name)/\(inventory.id(row))", reason: error.description)
        }
        bytes += writer.bytes
    }

    private func source(_ row: Int) -> String { inventory.sourceNames[Int(inventory.sources[row])] }

    private func name(_ row: Int, _ writer: inout CanonicalWriter) {
        inventory.withId(row) { writer.member("id", utf8: $0) }
        writer.member("kind", Self.kindNames[Int(inventory.kinds[row].rawValue)])
    }

    /// What asks for a record: the rule of a finding or, without one, the privacy request.
    private func reason(_ finding: Finding?, _ writer: inout CanonicalWriter) {
        writer.member("policy", finding.map { result.policyName($0) } ?? draft.request.map { "request:\($0.name)" })
        writer.member("rule", finding.map { result.ruleName($0) } ?? "erasure")
        writer.member("state", literal: finding?.state == .overdue ? "overdue" : "due")
    }

    private func request(_ request: Plan.Request) -> CanonicalValue {
        .object([
            "name": .string(request.name), "regulation": .string(request.regulation.rawValue),
            "token": .string(request.token),
        ])
    }

    private func ground(_ ground: KeepingGround) -> CanonicalValue {
        .object([
            "document": .string(ground.document), "ground": .string(ground.ground.rawValue),
            "until": ground.until.map(CanonicalValue.string) ?? .null,
        ])
    }

    /// What must still be true of a record when its turn comes.
    private func facts(_ row: Int, _ writer: inout CanonicalWriter) {
        let container = inventory.containers[row]
        if container < Inventory.unknownContainer {
            inventory.withId(Int(container)) { writer.member("container", utf8: $0) }
        } else {
            writer.null("container")
        }
        moment("created", inventory.created(row).latest, &writer)
        moment("keepUntil", result.keepUntil(row), &writer)
        moment("lastActivity", result.lastActivity(row).latest, &writer)
        let status = inventory.statuses[row]
        if status == StringTable.absent || status == StringTable.undecided {
            writer.null("status")
        } else {
            inventory.strings.withBytes(status) { writer.member("status", utf8: $0) }
        }
    }

    private func moment(_ name: StaticString, _ moment: Moment?, _ writer: inout CanonicalWriter) {
        guard let moment else { return writer.null(name) }
        writer.member(name) { $0.append(moment) }
    }

    private func limit(_ limit: PlannedLimit) -> CanonicalValue {
        func number(_ number: Int?) -> CanonicalValue { number.map(CanonicalValue.integer) ?? .null }
        return .object([
            "asked": .integer(limit.asked), "exceeded": .boolean(limit.isExceeded), "matched": .integer(limit.matched),
            "mostPerSubject": number(limit.mostPerSubject), "mostPercent": number(limit.mostPercent),
            "mostRecords": number(limit.mostRecords), "perSubject": .integer(limit.perSubject),
            "policy": .string(result.policies.retention[limit.policy].name), "records": .integer(limit.records),
        ])
    }

    private func demand(_ demand: Plan.Demand) -> CanonicalValue {
        .object([
            "count": .integer(demand.approvals.count),
            "from": .array(demand.approvals.from.map(CanonicalValue.string)), "policy": .string(demand.policy),
        ])
    }

    private func review(_ review: PlannedReview) -> CanonicalValue {
        .object(["list": review.list.value, "signatures": .array(review.signatures.map(\.value))])
    }

    private func place(_ place: PlanBinding.Place) -> CanonicalValue {
        .object([
            "account": place.account.map(CanonicalValue.string) ?? .null,
            "address": place.address.map(CanonicalValue.string) ?? .null, "name": .string(place.name),
            "type": .string(place.type),
        ])
    }
}
