internal import CanonicalJSON
internal import Chronology
internal import JSONLines
internal import Policies
internal import Records

/// Reads the members of a plan; what is missing or of another kind makes it none.
struct PlanReader {
    let digest: String

    /// Reads the body that stands at a range.
    ///
    /// A parser takes many times the size of what it parses, so the lists are read in pieces: memory is that of the plan,
    /// and a little.
    func read(_ range: Range<Int>, of bytes: [UInt8]) throws(PlanDefect) -> Plan {
        var head: [UInt8] = []
        var lists: [String: Range<Int>] = [:]
        for (name, value) in CanonicalParts.members(of: range, in: bytes.span) {
            let text = String(decoding: bytes[name], as: UTF8.self)
            if text == "actions" || text == "staying" {
                guard bytes[value.lowerBound] == UInt8(ascii: "[") else {
                    throw PlanDefect(reason: "its \(text) are no list")
                }
                lists[text] = value
            } else {
                head.append(UInt8(ascii: head.isEmpty ? "{" : ","))
                head += bytes[name.lowerBound - 1..<value.upperBound]
            }
        }
        let documents = JSONDocuments()
        var plan = try parsed(head + "}".utf8, documents) { (body) throws(PlanDefect) in try self.head(body) }
        guard let actions = lists["actions"] else { throw PlanDefect(reason: "it lacks actions") }
        guard let staying = lists["staying"] else { throw PlanDefect(reason: "it lacks staying") }
        plan.actions = try elements(actions, bytes, documents, action)
        plan.staying = try elements(staying, bytes, documents, self.staying)
        return plan
    }

    /// How many bytes of a list are parsed at a time.
    private static let pieceBytes = 1 << 16

    private func elements<Element>(
        _ range: Range<Int>, _ bytes: [UInt8], _ documents: JSONDocuments,
        _ read: (JSONValue) throws(PlanDefect) -> Element
    ) throws(PlanDefect) -> [Element] {
        var elements: [Element] = []
        var piece: [UInt8] = []
        func take() throws(PlanDefect) {
            guard !piece.isEmpty else { return }
            elements += try parsed(piece + "]".utf8, documents) { (list) throws(PlanDefect) in
                var found: [Element] = []
                for element in list.elements { found.append(try read(element)) }
                return found
            }
            piece.removeAll(keepingCapacity: true)
        }
        try CanonicalParts.forEachElement(of: range, in: bytes.span) { (element) throws(PlanDefect) in
            piece.append(UInt8(ascii: piece.isEmpty ? "[" : ","))
            piece += bytes[element]
            if piece.count >= Self.pieceBytes { try take() }
        }
        try take()
        return elements
    }

    private func parsed<Value>(
        _ bytes: [UInt8], _ documents: JSONDocuments, _ read: (JSONValue) throws(PlanDefect) -> Value
    ) throws(PlanDefect) -> Value {
        let result = documents.read(bytes) { record -> Result<Value, PlanDefect> in
            guard case .value(let value) = record else { return .failure(PlanDefect(reason: "it is no JSON")) }
            do throws(PlanDefect) { return .success(try read(value)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// The plan without its lists.
    private func head(_ body: JSONValue) throws(PlanDefect) -> Plan {
        let version = try text(body, "schemaVersion")
        guard version == PlanWriter.schemaVersion else {
            throw PlanDefect(
                reason: "it has form \(version), and this version of tenure knows \(PlanWriter.schemaVersion)")
        }
        return Plan(
            digest: digest, binding: try binding(body), request: try optional(body, "request", request), actions: [],
            staying: [], limits: try list(body, "limits", limit), demands: try list(body, "approvals", demand))
    }

    private func binding(_ body: JSONValue) throws(PlanDefect) -> PlanBinding {
        let digests = try member(body, "digests")
        return PlanBinding(
            toolVersion: try text(try member(body, "tool"), "version"), requester: try text(body, "requester"),
            asOf: try moment(body, "asOf"), expires: try moment(body, "expires"),
            policies: try text(digests, "policies"), holds: try text(digests, "holds"), scan: try text(digests, "scan"),
            places: try list(body, "places") { (place) throws(PlanDefect) in
                PlanBinding.Place(
                    name: try text(place, "name"), type: try text(place, "type"),
                    address: try optionalText(place, "address"), account: try optionalText(place, "account"))
            }, reviews: try list(body, "reviews", review))
    }

    private func action(_ value: JSONValue) throws(PlanDefect) -> Plan.Action {
        let facts = try member(value, "facts")
        guard let verb = PlannedAction.Verb(rawValue: try text(value, "verb")) else {
            throw PlanDefect(reason: "it calls what no provider has")
        }
        return Plan.Action(
            verb: verb, source: try text(value, "source"), name: try name(value),
            facts: Plan.Facts(
                container: try optionalText(facts, "container"), created: try text(facts, "created"),
                keepUntil: try optionalText(facts, "keepUntil"), lastActivity: try text(facts, "lastActivity"),
                status: try optionalText(facts, "status")),
            because: value["because"] == nil ? [] : try list(value, "because", reason),
            partOf: try value["partOf"].map(name), toClear: try value["toClear"].map(name),
            along: try list(value, "with", name))
    }

    private func staying(_ value: JSONValue) throws(PlanDefect) -> Plan.Staying {
        let reasons = try list(value, "reasons") { (reason) throws(PlanDefect) in
            guard let known = reason.text.flatMap({ StayingRecord.Reason(rawValue: $0.string) }) else {
                throw PlanDefect(reason: "a record stays for a reason that is none")
            }
            return known
        }
        return Plan.Staying(
            source: try text(value, "source"), name: try name(value), reasons: reasons,
            grounds: try list(value, "grounds", ground))
    }

    private func request(_ value: JSONValue) throws(PlanDefect) -> Plan.Request {
        guard let regulation = Regulation(rawValue: try text(value, "regulation")) else {
            throw PlanDefect(reason: "its request is made under no law that is known")
        }
        return Plan.Request(name: try text(value, "name"), token: try text(value, "token"), regulation: regulation)
    }

    private func ground(_ value: JSONValue) throws(PlanDefect) -> KeepingGround {
        guard let ground = Ground(rawValue: try text(value, "ground")) else {
            throw PlanDefect(reason: "a record stays on a ground that is none")
        }
        return KeepingGround(
            ground: ground, document: try text(value, "document"), until: try optionalText(value, "until"))
    }

    private func limit(_ value: JSONValue) throws(PlanDefect) -> Plan.Limit {
        Plan.Limit(
            policy: try text(value, "policy"), matched: try number(value, "matched"), asked: try number(value, "asked"),
            records: try number(value, "records"), perSubject: try number(value, "perSubject"),
            mostRecords: try optionalNumber(value, "mostRecords"),
            mostPercent: try optionalNumber(value, "mostPercent"),
            mostPerSubject: try optionalNumber(value, "mostPerSubject"), isExceeded: try flag(value, "exceeded"))
    }

    private func review(_ value: JSONValue) throws(PlanDefect) -> PlannedReview {
        let signatures = try list(value, "signatures") { (signature) throws(PlanDefect) in
            guard
                let signature = Approvals.Signature(
                    signature["name"]?.text?.string, signature["signature"]?.text?.string)
            else {
                throw PlanDefect(reason: "a signature of a review is none")
            }
            return signature
        }
        let reviewed = try ReviewReader().list(try member(value, "list"))
        do throws(PlanError) {
            return try PlannedReview(reviewed, signatures)
        } catch {
            throw PlanDefect(reason: "the digest of a review cannot be made: \(error)")
        }
    }

    private func person(_ value: JSONValue) throws(PlanDefect) -> String {
        guard let text = value.text else { throw PlanDefect(reason: "it names nobody who can approve it") }
        return text.string
    }

    private func demand(_ value: JSONValue) throws(PlanDefect) -> Plan.Demand {
        Plan.Demand(
            policy: try text(value, "policy"),
            approvals: RetentionPolicy.Approvals(
                count: try number(value, "count"), from: try list(value, "from", person)))
    }

    private func reason(_ value: JSONValue) throws(PlanDefect) -> Plan.Reason {
        Plan.Reason(
            policy: try text(value, "policy"), rule: try text(value, "rule"), state: try text(value, "state"))
    }

    private func name(_ value: JSONValue) throws(PlanDefect) -> Plan.Name {
        guard let kind = Kind(named: try text(value, "kind")) else {
            throw PlanDefect(reason: "it names a kind that is none")
        }
        return Plan.Name(kind: kind, id: try text(value, "id"))
    }

    private func member(_ value: JSONValue, _ key: StaticString) throws(PlanDefect) -> JSONValue {
        guard let member = value[key] else { throw PlanDefect(reason: "it lacks \(key)") }
        return member
    }

    private func list<Element>(
        _ value: JSONValue, _ key: StaticString, _ read: (JSONValue) throws(PlanDefect) -> Element
    ) throws(PlanDefect) -> [Element] {
        let list = try member(value, key)
        guard list.kind == .array else { throw PlanDefect(reason: "its \(key) are no list") }
        var elements: [Element] = []
        for element in list.elements { elements.append(try read(element)) }
        return elements
    }

    private func text(_ value: JSONValue, _ key: StaticString) throws(PlanDefect) -> String {
        guard let text = try member(value, key).text else { throw PlanDefect(reason: "its \(key) is no text") }
        return text.string
    }

    private func optional<Value>(
        _ value: JSONValue, _ key: StaticString, _ read: (JSONValue) throws(PlanDefect) -> Value
    ) throws(PlanDefect) -> Value? {
        let member = try member(value, key)
        return member.isNull ? nil : try read(member)
    }

    private func optionalText(_ value: JSONValue, _ key: StaticString) throws(PlanDefect) -> String? {
        try member(value, key).isNull ? nil : try text(value, key)
    }

    private func number(_ value: JSONValue, _ key: StaticString) throws(PlanDefect) -> Int {
        guard let number = try member(value, key).integer.flatMap({ Int(exactly: $0) }), number >= 0 else {
            throw PlanDefect(reason: "its \(key) is no count")
        }
        return number
    }

    private func optionalNumber(_ value: JSONValue, _ key: StaticString) throws(PlanDefect) -> Int? {
        try member(value, key).isNull ? nil : try number(value, key)
    }

    private func flag(_ value: JSONValue, _ key: StaticString) throws(PlanDefect) -> Bool {
        guard let flag = try member(value, key).bool else {
            throw PlanDefect(reason: "its \(key) is neither true nor false")
        }
        return flag
    }

    private func moment(_ value: JSONValue, _ key: StaticString) throws(PlanDefect) -> Moment {
        guard let instant = try? Instant(rfc3339: try text(value, key)) else {
            throw PlanDefect(reason: "its \(key) is no instant")
        }
        return Moment(instant)
    }
}
