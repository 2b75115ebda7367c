import Chronology
import Records
import YAML

extension Builder {
    func policyTest(_ document: Document, _ file: inout DocumentFile) -> PolicyTest? {
        guard let spec = document.spec else { return nil }
        let zone = spec.zone("timeZone") ?? .utc
        var records: [TestRecord] = []
        for object in spec.objects("records") {
            guard let record = testRecord(object, zone, source: spec.text("source"), &file) else { continue }
            let count = object.integer("count")
            guard records.count + (count ?? 1) <= Self.mostRecords else {
                file.error(
                    "too-many", at: object.mark, "a PolicyTest has at most \(Self.mostRecords) records",
                    hint: "part it into several tests")
                break
            }
            records += Self.copies(of: record, count)
        }
        var expectations: [TestExpectation] = []
        for object in spec.objects("expect") { expectation(object, &file).map { expectations.append($0) } }
        guard let name = document.name?.text, let asOf = spec.day("asOf")?.beginning(in: zone).instant else {
            return nil
        }
        var test = PolicyTest(name: name, asOf: asOf, location: document.location)
        test.title = document.title
        test.policies = spec["policies"].map { _ in spec.texts("policies") }
        test.holds = spec["holds"].map { _ in spec.texts("holds") }
        test.exceptions = spec["exceptions"].map { _ in spec.texts("exceptions") }
        test.unread = kinds(spec.texts("unread"))
        test.requiresCoverage = spec.boolean("requireCoverage") ?? false
        test.records = records
        test.expectations = expectations
        return test
    }

    /// How many records a test may have, so that a few lines cannot fill the memory.
    private static let mostRecords = 100_000

    private static func copies(of record: TestRecord, _ count: Int?) -> [TestRecord] {
        guard let count else { return [record] }
        return (1...count).map { number in
            var copy = record
            copy.id = "\(record.id)-\(number)"
            return copy
        }
    }

    private func testRecord(
        _ object: CheckedObject, _ zone: Zone, source: String?, _ file: inout DocumentFile
    ) -> TestRecord? {
        guard let kind = object.text("kind").flatMap({ Kind(named: $0) }), let id = object.text("id") else {
            return nil
        }
        var record = TestRecord(kind: kind, id: id, location: file.location(object.mark))
        record.source = object.text("source") ?? source ?? PolicyTest.defaultSource
        record.container = object.text("container")
        record.created = object.time("created", in: zone)
        record.lastActivity = object.time("lastActivity", in: zone)
        record.lastModified = object.time("lastModified", in: zone)
        record.expires = object.time("expires", in: zone)
        record.status = object.text("status")
        record.role = object.text("role").flatMap { Role(named: $0) }
        record.bytes = object.integer("bytes")
        record.tokens = object.integer("tokens")
        record.isGone = object.boolean("gone") ?? false
        record.owner = object.text("owner")
        record.subject = object.text("subject")
        record.tenant = object.text("tenant")
        record.metadata = metadata(object)
        record.uses = names(object, "uses", allowed: kind.targets, kind, &file)
        record.contains = names(object, "contains", allowed: kind.parts, kind, &file)
        record.cites = names(object, "cites", allowed: .all, kind, &file)
        if record.container != nil, kind.containers.kinds.isEmpty {
            file.error(
                "impossible-reference", at: object.keyMarks["container"] ?? object.mark,
                "nothing contains a record of kind \(kind.name)", hint: "remove 'container'")
        }
        return record
    }

    private func names(
        _ object: CheckedObject, _ key: String, allowed: KindSet, _ kind: Kind, _ file: inout DocumentFile
    ) -> [TestRecord.Name] {
        object.scalars(key).compactMap { scalar in
            guard let name = TestRecord.Name(scalar.text) else { return nil }
            if !allowed.has(name.kind) {
                let possible = allowed.kinds.map(\.name).joined(separator: ", ")
                file.error(
                    "impossible-reference", at: scalar.mark,
                    "a record of kind \(kind.name) never \(key) one of kind \(name.kind.name)",
                    hint: possible.isEmpty
                        ? "remove '\(key)'" : "it \(key) \(possible); what is only named goes under 'cites'")
            }
            return name
        }
    }

    private func expectation(_ object: CheckedObject, _ file: inout DocumentFile) -> TestExpectation? {
        guard let id = object.text("id"), let state = object.word("state", as: TestExpectation.State.self) else {
            return nil
        }
        var expectation = TestExpectation(id: id, state: state, location: file.location(object.mark))
        expectation.policy = object.text("policy")
        expectation.hold = object.text("hold")
        expectation.kind = object.text("kind")
        expectation.source = object.text("source")
        expectation.rule = object.text("rule")
        expectation.mayGo = object.boolean("mayGo")
        expectation.violation = object.boolean("violation")
        expectation.severity = object.text("severity").flatMap { Severity(named: $0) }
        expectation.pastMax = object.boolean("pastMax")
        expectation.matters = object["matters"].map { _ in object.texts("matters").sorted() }
        expectation.exception = object.text("exception")
        expectation.because = object.text("because")
        return expectation
    }
}

extension CheckedObject {
    /// What a record says of a time; nil where the key is left out.
    fileprivate func time(_ key: String, in zone: Zone) -> TestRecord.Time? {
        switch self[key]?.value {
        case .null?: .missing
        case .text(let word)?: word.text == Shape.missingTime ? .missing : .implausible
        case .day(let day)?: .at(day.beginning(in: zone))
        case .object(let open)?: open.day("since").map { .since($0.beginning(in: zone)) }
        default: nil
        }
    }
}
