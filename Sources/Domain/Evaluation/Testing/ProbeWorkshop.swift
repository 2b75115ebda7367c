internal import CEL
internal import Chronology
internal import Policies
internal import Records

/// Makes probes: small groups of records that fit a policy, of every age that its periods tell apart.
struct ProbeWorkshop {
    /// How many documents of a sort stand beside a policy in its probes, so that their number stays bounded.
    private static let mostCompanions = 8
    private static let hour = Moment(seconds: 3_600).microseconds
    private static let second = Moment(seconds: 1).microseconds

    private let set: PolicySet
    private let asOf: Moment
    /// What keeps records: live holds, and policies with an `atLeast`.
    private let keepers: [Match]
    private var number = 0

    init(_ set: PolicySet, asOf: Moment) {
        self.set = set
        self.asOf = asOf
        let holds = set.holds.filter { $0.from <= asOf && $0.until.map { asOf < $0 } ?? true }
        keepers =
            holds.prefix(Self.mostCompanions).map(\.match)
            + set.retention.filter { $0.atLeast != nil }.prefix(Self.mostCompanions).map(\.match)
    }

    /// All probes of a policy, each a group of records that refer to none of another group.
    mutating func probes(of policy: RetentionPolicy) -> [[TestRecord]] {
        let exceptions = set.exceptions.filter { $0.policies.contains(policy.name) && asOf < $0.expiresAt }
        let companions = [Match()] + exceptions.prefix(Self.mostCompanions).map(\.match) + keepers
        var probes: [[TestRecord]] = []
        for kind in (policy.match.kinds ?? .all).kinds {
            for age in ages(of: policy) {
                for companion in companions {
                    guard let record = record(kind, policy, age, beside: companion) else { continue }
                    probes.append(withContainer(record))
                }
                guard let record = record(kind, policy, age, beside: Match()) else { continue }
                probes += used(record, policy)
                probes += kept(record)
                probes += expiring(record, policy)
            }
        }
        return probes
    }

    /// A time at which a policy's clock could stand; nil where it is not known.
    private enum Age: Hashable {
        case at(Moment)
        case since(Moment)
        case unknown
    }

    private func ages(of policy: RetentionPolicy) -> [Age] {
        let young = asOf.earlier(by: Self.hour)
        var moments = [young]
        if let atLeast = policy.atLeast, let past = policy.zone.subtracting(atLeast, from: asOf) {
            moments.append(past.earlier(by: Self.second))
        }
        if let atMost = policy.atMost, let limit = policy.zone.subtracting(atMost, from: asOf) {
            moments.append(limit)
            let overdue = policy.overdueAfter.map { policy.zone.subtracting($0, from: limit) } ?? limit
            if let overdue { moments.append(overdue.earlier(by: Self.hour * 24)) }
        }
        let oldest = moments.min() ?? young
        return moments.map(Age.at) + [.since(oldest), .unknown]
    }

    /// A record that fits the policy and a companion; nil where none can fit both.
    private mutating func record(
        _ kind: Kind, _ policy: RetentionPolicy, _ age: Age, beside companion: Match
    ) -> TestRecord? {
        guard var record = record(kind, [policy.match, companion]) else { return nil }
        set(age, on: &record, policy)
        for match in [policy.match, companion] {
            guard let span = match.createdBetween else { continue }
            record.created = .at(span.from == .beginning ? span.until.earlier(by: Self.second) : span.from)
        }
        return record
    }

    private func set(_ age: Age, on record: inout TestRecord, _ policy: RetentionPolicy) {
        let time: TestRecord.Time =
            switch age {
            case .at(let moment), .since(let moment): .at(moment)
            case .unknown: .missing
            }
        record.created = time
        switch policy.clock {
        case .created: break
        case .lastActivity:
            record.lastActivity = time
            if case .since(let moment) = age { record.lastActivity = .since(moment) }
        case .lastModified: record.lastModified = time
        case .expires: record.expires = time
        case .custom(let expression):
            guard case .at(let moment) = time else { return }
            let keys = expression.program.keysRead(ofField: RecordField.metadata.name, of: RecordField.typeName).keys
            for key in keys.sorted() where !record.metadata.contains(where: { $0.key == key }) {
                record.metadata.append(.init(key: key, values: [moment.description]))
            }
        }
    }

    /// A record of a kind that fits all matches, as far as their keys say it; nil where none can.
    private mutating func record(_ kind: Kind, _ matches: [Match]) -> TestRecord? {
        guard matches.allSatisfy({ $0.kinds?.has(kind) ?? true }) else { return nil }
        number += 1
        var record = TestRecord(
            kind: kind, id: "\(kind.name)-\(number)", location: SourceLocation(file: "probe", line: 0, column: 0))
        let globs = matches.map(\.sources).filter { !$0.isEmpty }
        if let glob = globs.first?.first {
            record.source = String(glob.pattern.map { $0 == "*" || $0 == "?" ? "x" : $0 })
        }
        guard globs.allSatisfy({ $0.contains { $0.matches(record.source) } }) else { return nil }
        let fields = set.sources.first { $0.name == record.source }?.fields ?? Source.Fields()
        for match in matches {
            let subjects =
                match.subjects.isEmpty ? [] : [Match.MetadataCondition(key: fields.subject, values: match.subjects)]
            for condition in match.metadata + subjects {
                if let known = record.metadata.first(where: { $0.key == condition.key }) {
                    guard known.values.allSatisfy(condition.values.contains) else { return nil }
                } else {
                    record.metadata.append(.init(key: condition.key, values: Array(condition.values.prefix(1))))
                }
            }
            if let id = match.ids.first { record.id = id }
        }
        guard matches.allSatisfy({ $0.ids.isEmpty || $0.ids.contains(record.id) }) else { return nil }
        return record
    }

    /// The record with what contains it, where its kind does not stand alone.
    private mutating func withContainer(_ record: TestRecord) -> [TestRecord] {
        guard !record.kind.mayStandAlone, record.container == nil, let kind = record.kind.containers.kinds.first,
            var container = self.record(kind, [])
        else { return [record] }
        container.source = record.source
        container.created = record.created
        var part = record
        part.container = container.id
        return [part] + withContainer(container)
    }

    /// The record beside what uses it: something as old, and something new.
    private mutating func used(_ record: TestRecord, _ policy: RetentionPolicy) -> [[TestRecord]] {
        guard policy.whileUsed == .keep, record.kind.mayBeInUse else { return [] }
        var probes: [[TestRecord]] = []
        for kind in record.kind.users.kinds {
            for created in [record.created, .at(asOf.earlier(by: Self.hour))] {
                guard var user = self.record(kind, []) else { continue }
                user.source = record.source
                user.created = created
                user.uses = [.init(kind: record.kind, id: record.id)]
                probes.append([record] + withContainer(user))
            }
        }
        return probes
    }

    /// The record beside something new that is kept, and that contains or uses it.
    private mutating func kept(_ record: TestRecord) -> [[TestRecord]] {
        var probes: [[TestRecord]] = []
        for match in keepers {
            for kind in record.kind.containers.union(record.kind.users).kinds {
                guard var keeper = self.record(kind, [match]), keeper.source == record.source else { continue }
                keeper.created = .at(asOf.earlier(by: Self.hour))
                var part = record
                if kind.parts.has(record.kind) {
                    part.container = keeper.id
                } else {
                    keeper.uses = [.init(kind: record.kind, id: record.id)]
                }
                probes.append([part] + withContainer(keeper))
            }
        }
        return probes
    }

    /// What the provider will remove in an hour: the record itself, or a file that it uses.
    private mutating func expiring(_ record: TestRecord, _ policy: RetentionPolicy) -> [[TestRecord]] {
        guard policy.atLeast != nil else { return [] }
        let soon = TestRecord.Time.at(Moment(microseconds: asOf.microseconds + Self.hour))
        if record.kind.mayBeInUse {
            var expiring = record
            expiring.expires = soon
            return [[expiring]]
        }
        guard record.kind.targets.has(.file), var file = self.record(.file, []) else { return [] }
        file.source = record.source
        file.created = record.created
        file.expires = soon
        var user = record
        user.uses = [.init(kind: .file, id: file.id)]
        return [withContainer(user) + [file]]
    }
}

extension Moment {
    fileprivate func earlier(by microseconds: Int64) -> Moment {
        Moment(microseconds: self.microseconds - microseconds)
    }
}
