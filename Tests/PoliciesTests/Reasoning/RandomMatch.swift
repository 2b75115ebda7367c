import CEL
import Chronology
import Records
import TestSupport

@testable import Policies

extension SplitMix64 {
    /// About half of these, and at least one.
    mutating func some<T>(_ values: [T]) -> [T] {
        let chosen = values.filter { _ in chance(45) }
        return chosen.isEmpty ? [pick(values)] : chosen
    }
}

/// What a small world may differ in. A case looks at a few, so that all its records can be gone through.
enum Dimension: CaseIterable {
    case kind, source, key, otherKey, id, created, activity, bytes, subject, role
}

/// A match over some dimensions, with its condition as text, for `age` needs the instant when it is compiled.
struct RandomMatch {
    var base = Match()
    var condition: String?

    static let kinds: [Kind] = [.thread, .file, .run]
    static let values = ["x", "y", "z"]
    static let now = Moment(asOf)

    init(_ dimensions: [Dimension], _ dice: inout SplitMix64) {
        for dimension in dimensions where dice.chance(55) { restrict(dimension, &dice) }
        if dice.chance(75) { condition = Self.condition(dimensions, depth: dice.pick([0, 1, 2, 3]), &dice) }
    }

    private mutating func restrict(_ dimension: Dimension, _ dice: inout SplitMix64) {
        switch dimension {
        case .kind: base.kinds = KindSet(dice.some(Self.kinds))
        case .source: base.sources = (0..<dice.pick([1, 1, 2])).map { _ in Glob(Self.glob(&dice)) }
        case .key: base.metadata.append(.init(key: "k", values: dice.some(Self.values)))
        case .otherKey: base.metadata.append(.init(key: "m", values: dice.some(Self.values)))
        case .id: base.ids = dice.some(["i", "j"])
        case .subject: base.subjects = dice.some(["s", "t"])
        case .created:
            let from = dice.chance(40) ? Moment.beginning : Self.day(-dice.pick([40, 20]))
            base.createdBetween = .init(from: from, until: dice.chance(40) ? .unbounded : Self.day(-10))
        case .activity, .bytes, .role: break
        }
    }

    func match(asOf: Moment) -> Match {
        var match = base
        match.condition = condition.map { text in
            guard let instant = asOf.instant,
                let program = try? ExpressionEnvironment.environment(asOf: instant, zone: .utc)
                    .compile(text, expecting: .bool)
            else { fatalError("\(text) does not compile") }
            return Expression(
                text: text, location: SourceLocation(file: "p", line: 1, column: 1), program: program)
        }
        return match
    }

    func reading(asOf: Instant) -> Reading {
        match(asOf: Self.now).reading(parameters: nil, asOf: asOf, zone: .utc)
    }

    static func day(_ days: Int) -> Moment {
        Moment(microseconds: now.microseconds + Int64(days) * 86_400_000_000)
    }

    private static func glob(_ dice: inout SplitMix64) -> String {
        String((0..<dice.pick([1, 2, 2, 3])).map { _ in dice.pick(Array("ab*?")) })
    }

    private static func condition(_ dimensions: [Dimension], depth: Int, _ dice: inout SplitMix64) -> String {
        guard depth > 0 else { return atom(dice.pick(dimensions), &dice) }
        func part(_ dice: inout SplitMix64) -> String {
            condition(dimensions, depth: depth - dice.pick([1, 1, 2].filter { $0 <= depth }), &dice)
        }
        switch dice.pick(Array(0..<10)) {
        case 0..<4: return "(\(part(&dice)) && \(part(&dice)))"
        case 4..<7: return "(\(part(&dice)) || \(part(&dice)))"
        case 7..<9: return "!(\(part(&dice)))"
        default: return "(\(part(&dice)) ? \(part(&dice)) : \(part(&dice)))"
        }
    }

    private static func atom(_ dimension: Dimension, _ dice: inout SplitMix64) -> String {
        let comparison = dice.pick(["==", "!=", "<", "<=", ">", ">="])
        let value = dice.pick(values)
        switch dimension {
        case .kind: return "object.kind \(dice.pick(["==", "!="])) '\(dice.pick(kinds).name)'"
        case .source:
            let text = String((0..<dice.pick([1, 2])).map { _ in dice.pick(Array("ab")) })
            return dice.pick([
                "object.source \(comparison) '\(text)'", "object.source.startsWith('\(text)')",
                "object.source.endsWith('\(text)')", "object.source.contains('\(text)')",
            ])
        case .key, .otherKey:
            let key = dimension == .key ? "k" : "m"
            return dice.pick([
                "object.metadata.\(key) \(comparison) '\(value)'", "has(object.metadata.\(key))",
                "object.metadata.?\(key).hasValue()",
                "'\(value)' \(comparison) object.metadata['\(key)']", "'\(key)' in object.metadata",
                "object.metadata.\(key) in ['\(value)', 'y']",
            ])
        case .id: return "object.id in ['i', '\(dice.pick(["j", "q"]))']"
        case .subject:
            return dice.pick(["object.subject \(comparison) 's'", "has(object.subject)", "object.?subject.hasValue()"])
        case .role: return dice.pick(["object.role == 'user'", "has(object.role)", "object.role > 's'"])
        case .bytes:
            return dice.pick([
                "object.bytes \(comparison) \(dice.pick([0, 5]))", "has(object.bytes)", "object.?bytes.hasValue()",
            ])
        case .created, .activity:
            let field = dimension == .created ? "created" : "lastActivity"
            return dice.pick([
                "age(object.\(field)) \(comparison) days(\(dice.pick([10, 30])))", "has(object.\(field))",
                "object.\(field) \(comparison) timestamp('\(day(-dice.pick([10, 20])))')",
                "now - object.\(field) \(comparison) duration('480h')",
                "object.\(field) + period('P10D') \(comparison) now",
                "object.created \(comparison) object.lastActivity",
            ])
        }
    }

    /// Every record of the small world in these dimensions.
    static func records(_ dimensions: [Dimension]) -> [PlainRecord] {
        var texts: [[TextField: String]] = [[.kind: "thread", .source: "a", .id: "q"]]
        var quantities: [[Quantity: Int128]] = [[:]]
        func spread(_ field: TextField, _ values: [String?]) {
            texts = texts.flatMap { record in
                values.map { value in
                    var record = record
                    record[field] = value
                    return record
                }
            }
        }
        func spread(_ quantity: Quantity, _ values: [Int128?]) {
            quantities = quantities.flatMap { record in
                values.map { value in
                    var record = record
                    record[quantity] = value
                    return record
                }
            }
        }
        let days = [-45, -40, -30, -20, -15, -10, -5, 0].map { Int128(day($0).microseconds) }
        for dimension in dimensions {
            switch dimension {
            case .kind: spread(.kind, kinds.map(\.name) + ["message"])
            case .source: spread(.source, names)
            case .key: spread(.metadata("k"), [nil, "", "x", "xa", "y", "z", "za"])
            case .otherKey: spread(.metadata("m"), [nil, "", "x", "xa", "y", "z", "za"])
            case .id: spread(.id, ["i", "j", "q"])
            case .subject: spread(.subject, [nil, "r", "s", "t"])
            case .role: spread(.role, [nil] + Role.allCases.compactMap(\.name))
            case .bytes: spread(.bytes, [nil, 0, 3, 5, 6])
            case .created: spread(.created, [nil] + days)
            case .activity: spread(.lastActivity, [nil] + days)
            }
        }
        return texts.flatMap { texts in
            quantities.filter(isPossible).map { PlainRecord(texts: texts, quantities: $0) }
        }
    }

    /// Last activity is never before created, and of a record without it never certain in the past.
    private static func isPossible(_ quantities: [Quantity: Int128]) -> Bool {
        guard let activity = quantities[.lastActivity] else { return true }
        return quantities[.created].map { $0 <= activity } ?? (activity >= Int128(now.microseconds))
    }

    private static let names: [String] = {
        let letters = ["a", "b", "z"]
        let two = letters.flatMap { first in letters.map { first + $0 } }
        return letters + two + two.flatMap { first in ["a", "b"].map { first + $0 } }
    }()
}
