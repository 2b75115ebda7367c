import CEL
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Evaluation

/// The tables of matching, beside a plain reading of every document for every record.
@Suite struct MatchTableTests {
    private static let keys = ["closed_at", "owner", "product", "project", "regulated", "subject", "tenant"]

    /// Conditions that columns answer, and what each means.
    private static func conditions(_ key: String, _ other: String) -> [(text: String, part: Plain)] {
        let (left, right) = ("object.metadata.\(key)", "object.metadata.\(other)")
        return [
            ("\(left) == 'v1'", .equal(key, 1)),
            ("\(left).startsWith('v2')", .begins(key, 2)),
            (
                "has(\(left)) && \(left) == 'v1' || has(\(right)) && \(right) == 'v2'",
                .or(.and(.has(key), .equal(key, 1)), .and(.has(other), .equal(other, 2)))
            ),
            ("!(\(left) == 'v0' && \(right) == 'v3')", .not(.and(.equal(key, 0), .equal(other, 3)))),
            ("\(left) == 'v2' || object.role == 'user' && !has(object.created)", .equal(key, 2)),
        ]
    }

    /// What a condition means. It is undecided where a key is absent, and where two readings of it differ.
    indirect enum Plain {
        case equal(String, Int), begins(String, Int), has(String), not(Plain), and(Plain, Plain), or(Plain, Plain)

        func outcome(_ record: [String: String], _ undecided: Set<String>) -> Outcome {
            switch self {
            case .equal(let key, let value):
                guard let text = record[key], !undecided.contains(key) else { return .undecided }
                return text == "v\(value)" ? .yes : .no
            case .begins(let key, let value):
                guard let text = record[key], !undecided.contains(key) else { return .undecided }
                return text.hasPrefix("v\(value)") ? .yes : .no
            case .has(let key): return undecided.contains(key) ? .undecided : record[key] == nil ? .no : .yes
            case .not(let part):
                let outcome = part.outcome(record, undecided)
                return outcome == .yes ? .no : outcome == .no ? .yes : .undecided
            case .and(let left, let right):
                return .both(left.outcome(record, undecided), right.outcome(record, undecided))
            case .or(let left, let right): return Plain.not(.and(.not(left), .not(right))).outcome(record, undecided)
            }
        }
    }

    @Test(arguments: [(4, 12), (40, 3), (150, 40)])
    func `tables find for every record what its documents say one by one`(documents: Int, values: Int) {
        var random = SplitMix64(seed: UInt64(documents))
        var estate = Estate()
        for index in 0..<2_500 {
            var metadata: [String: String] = [:]
            for key in Self.keys where Int.random(in: 0..<5, using: &random) > 0 {
                metadata[key] = "v\(Int.random(in: 0..<values, using: &random))"
            }
            let undecided = Int.random(in: 0..<10, using: &random) == 0 ? Self.keys.filter { metadata[$0] != nil } : []
            estate.add(
                index % 3 == 0 ? .thread : .assistant, "r\(index)", created: "2026-01-01", metadata,
                undecided: Array(undecided.prefix(2)), source: index % 5 == 0 ? "other" : "export")
        }
        var plains: [Plain?] = []
        let policies = (0..<documents).map { index -> RetentionPolicy in
            var named: [String: [String]] = [:]
            for key in Self.keys.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random)) {
                named[key] = (0..<values).shuffled(using: &random).prefix(2).map { "v\($0)" }
            }
            let keys = Self.keys.shuffled(using: &random)
            let condition =
                Bool.random(using: &random)
                ? Self.conditions(keys[0], keys[1]).randomElement(using: &random) : nil
            plains.append(condition?.part)
            return policy("p\(index)", match([.thread, .assistant], named, where: condition?.text), atMost: "30d")
        }
        let inventory = estate.inventory()
        let facts = RecordFacts(inventory, asOf: asOf)
        let book = RuleBook(PolicySet(retention: policies), facts)
        #expect(book.rules.allSatisfy { $0.match.condition == nil || $0.conditionParts != nil })
        let matches = Matches(book)
        var outcomes: [Outcome: Int] = [:]
        for item in estate.items {
            let row = inventory.rows(withId: item.id)[0]
            let found = Dictionary(
                uniqueKeysWithValues: matches.cells[Int(matches.rows[row])].answers.map { ($0.rule, $0.outcome) })
            for (index, policy) in policies.enumerated() {
                let expected = Self.outcome(policy.match, plains[index], item)
                #expect(found[index] ?? .no == expected, "\(item.id) \(policy.match)")
                outcomes[expected, default: 0] += 1
            }
        }
        print("table of \(documents) documents: \(matches.cells.count) cells, \(outcomes)")
        #expect(outcomes[.yes] ?? 0 > 100 && outcomes[.undecided] ?? 0 > 100 && outcomes[.no] ?? 0 > 100)
    }

    /// One row beyond what counts as few values, and one that makes more than half of a sample distinct.
    @Test(arguments: [(513, false), (1_400, true), (2_500, true)])
    func `a column of a value for nearly every record is read text by text, and finds the same`(
        distinct: Int, isWhole: Bool
    ) throws {
        var estate = Estate()
        for index in 0..<2_500 {
            let values = index % 7 == 0 ? [:] : ["project": "v\(index % distinct)"]
            estate.add(
                .thread, "r\(index)", created: "2026-01-01", values, undecided: index % 70 == 1 ? ["project"] : [])
        }
        let inventory = estate.inventory()
        let condition = match([.thread], [:], where: "object.metadata.project.startsWith('v2')")
        let facts = RecordFacts(inventory, asOf: asOf)
        let book = RuleBook(PolicySet(retention: [policy("p", condition, atMost: "30d")]), facts)
        #expect(book.rules.allSatisfy { ($0.conditionParts == nil) == isWhole })
        let matches = Matches(book)
        var outcomes: [Outcome: Int] = [:]
        for item in estate.items {
            let row = inventory.rows(withId: item.id)[0]
            let found = matches.cells[Int(matches.rows[row])].answers.first { $0.rule == 0 }?.outcome ?? .no
            let expected = Self.outcome(condition, .begins("project", 2), item)
            #expect(found == expected, "\(item.id)")
            outcomes[expected, default: 0] += 1
        }
        #expect(outcomes[.yes] ?? 0 > 100 && outcomes[.undecided] ?? 0 > 100 && outcomes[.no] ?? 0 > 100)
    }

    private static func outcome(_ match: Match, _ plain: Plain?, _ item: Estate.Item) -> Outcome {
        let undecided = Set(item.undecided)
        let named = match.metadata.reduce(Outcome.yes) { outcome, condition in
            let isThere = item.metadata[condition.key].map { condition.values.contains($0) } ?? false
            return .both(outcome, undecided.contains(condition.key) ? .undecided : isThere ? .yes : .no)
        }
        return .both(named, plain?.outcome(item.metadata, undecided) ?? .yes)
    }
}
