import CEL
import Chronology
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Evaluation

@Suite struct KernelTests {
    @Test func `a kernel says of every record what the general evaluator says, error for error`() throws {
        var counts: [String: Int] = [:]
        var records = 0
        var uncompiled = 0
        var asked = 0
        var general = 0
        let expressions = 3000
        let now = try #require(asOf.instant)
        var environment = ExpressionEnvironment.environment(asOf: now, zone: .utc)
        for library in CELLibrary.all { environment.use(library) }
        let flag = (key: CELValue.string("flag"), value: CELValue.bool(true))
        let limit = (key: CELValue.string("limit"), value: CELValue.int(2))
        let parameters = try Parameters(.map(#require(CELMap([flag, limit]))))
        for estate in 0..<30 {
            var random = SplitMix64(seed: UInt64(estate))
            let facts = RecordFacts(Self.estate(&random).inventory(), asOf: asOf)
            let scope = RecordScope(facts, parameters: parameters)
            let rows = (0..<facts.inventory.count).map { UInt32($0) }
            var generator = RandomExpression(random)
            for _ in 0..<expressions / 30 {
                let text = generator.truth(3)
                guard let program = try? environment.compile(text, expecting: .bool) else {
                    uncompiled += 1
                    continue
                }
                let kernel = Kernel(program, scope)
                let expected = rows.map { Mark.condition(program.evaluate(scope.activation(Int($0))).result) }
                #expect(kernel.answers(rows) == expected, "estate \(estate): \(text)")
                let own = kernel.answersWithGaps(rows)
                for (place, mark) in own.enumerated() where mark != Mark.ask {
                    #expect(mark == expected[place], "estate \(estate), row \(place): \(text)")
                }
                records += rows.count
                asked += own.count { $0 == Mark.ask }
                if case .general = kernel.root { general += 1 }
                for mark in expected { counts[Self.name(mark), default: 0] += 1 }
            }
        }
        print(
            "kernels: \(expressions) expressions, \(uncompiled) of them not compiled, \(general) wholly general;",
            "\(records) answers, \(asked) of them left to the general evaluator;",
            counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
        #expect(uncompiled * 20 < expressions)
        #expect(general * 5 < expressions)
        #expect(asked * 50 < records)
        for mark in [
            "true", "false", "no-such-key", "no-such-field", "unknown", "division-by-zero", "overflow", "out-of-range",
            "invalid-argument",
        ] { #expect(counts[mark, default: 0] * 2000 > records, "\(mark) is too seldom") }
    }

    @Test func `a kernel is over its budget where the general evaluator is, and nowhere else`() throws {
        var overBudget = 0
        var within = 0
        for estate in 0..<12 {
            var random = SplitMix64(seed: UInt64(estate + 1000))
            let scope = RecordScope(RecordFacts(Self.estate(&random).inventory(), asOf: asOf), parameters: nil)
            let rows = (0..<scope.facts.inventory.count).map { UInt32($0) }
            var environment = ExpressionEnvironment.environment(asOf: try #require(asOf.instant), zone: .utc)
            environment.limits.cost = [8, 20, 40, 100][estate % 4]
            environment.limits.memory = [50, 1 << 20][estate % 2]
            var generator = RandomExpression(random)
            for _ in 0..<25 {
                let text = generator.truth(3)
                guard let program = try? environment.compile(text, expecting: .bool) else { continue }
                let expected = rows.map { Mark.condition(program.evaluate(scope.activation(Int($0))).result) }
                #expect(Kernel(program, scope).answers(rows) == expected, "estate \(estate): \(text)")
                overBudget += expected.count { $0 == Mark.error(.budget) }
                within += expected.count { $0 != Mark.error(.budget) }
            }
        }
        print("kernels: \(overBudget) answers over budget, \(within) within")
        #expect(overBudget > 200)
        #expect(within > 2000)
    }

    /// Longer than kernels look at.
    private static let longText = String(repeating: "ab1", count: 400)

    @Test(arguments: [
        "object.contains.all(m, has(m.created))", "object.contains.exists(m, m.tokens > 4)",
        "object.contains.exists_one(m, m.tokens == 4)", "object.contains.filter(m, m.tokens > 0).size() == 2667",
        "object.contains.all(m, m.tokens < object.contains.size())", "object.contains.exists(m, 1 / m.tokens > 1)",
    ])
    func `lists that lie across several stretches are counted whole`(_ text: String) throws {
        var estate = Estate()
        for thread in 0..<5 { estate.add(.thread, "t\(thread)", created: "2026-09-01") }
        for message in 0..<20_000 {
            estate.add(.message, "m\(message)", created: "2026-09-01", in: "t\(message % 5)")
            estate.items[estate.items.count - 1].tokens = Int64(message % 3)
        }
        estate.items[estate.items.count - 7].tokens = 4
        let scope = RecordScope(RecordFacts(estate.inventory(), asOf: asOf), parameters: nil)
        let environment = ExpressionEnvironment.environment(asOf: try #require(asOf.instant), zone: .utc)
        let kernel = Kernel(try environment.compile(text, expecting: .bool), scope)
        let rows = (0..<5).map { UInt32($0) }
        let expected = rows.map { Mark.condition(kernel.program.evaluate(scope.activation(Int($0))).result) }
        let own = kernel.answersWithGaps(rows)
        #expect(own.count { $0 != Mark.ask } >= 3)
        for (mark, right) in zip(own, expected) where mark != Mark.ask { #expect(mark == right) }
    }

    private static func name(_ mark: UInt8) -> String {
        if mark <= Mark.isTrue { return mark == Mark.isTrue ? "true" : "false" }
        let codes: [CELError.Code] = [
            .noMatchingOverload, .undeclared, .noSuchKey, .noSuchField, .unknown, .divisionByZero, .overflow,
            .outOfRange, .invalidArgument, .budget, .host,
        ]
        return codes.first { Mark.error($0) == mark }?.rawValue ?? "asked"
    }

    /// Threads with parts, files that parts use, and all that can be wrong with them.
    private static func estate(_ random: inout SplitMix64) -> Estate {
        var estate = Estate()
        if Int.random(in: 0..<3, using: &random) == 0 {
            estate.unread = [.init([Kind.run, .message, .file].randomElement(using: &random) ?? .run)]
        }
        for number in 0..<3 { add(.thread, "t\(number)", to: &estate, &random) }
        for number in 0..<8 { add(.message, "m\(number)", to: &estate, &random) }
        for number in 0..<3 { add(.run, "r\(number)", to: &estate, &random) }
        for number in 0..<4 { add(.file, "f\(number)", to: &estate, &random) }
        for number in 0..<2 where Bool.random(using: &random) { add(.message, "m\(number)", to: &estate, &random) }
        return estate
    }

    private static func add(_ kind: Kind, _ id: String, to estate: inout Estate, _ random: inout SplitMix64) {
        func chance(_ parts: Int) -> Bool { Int.random(in: 0..<parts, using: &random) == 0 }
        func day() -> String { ["2026-09-01", "2026-10-25", "2026-11-19"].randomElement(using: &random) ?? "" }
        let isPart = kind == .message || kind == .run
        var metadata: [String: String] = [:]
        let choices: KeyValuePairs = [
            "product": ["a", "7", "b1", Self.longText, "\u{e9}", "e\u{301}"],
            "closed_at": ["2026-10-01T00:00:00Z", "soon", "2026-11-02T00:00:00.5Z"],
            "tenant": ["t1", "a"], "owner": ["a", "b1"], "subject": ["t1"], "regulated": ["7"],
        ]
        for (key, values) in choices where !chance(4) { metadata[key] = values.randomElement(using: &random) }
        estate.add(
            kind, id, created: chance(8) ? nil : day(), reading: chance(10) ? .unreadable : nil,
            activity: chance(3) ? day() : nil, modified: chance(2) ? day() : nil, expires: chance(2) ? day() : nil,
            in: isPart && !chance(8) ? (chance(6) ? "nobody" : "t\(Int.random(in: 0..<3, using: &random))") : nil,
            role: Role.allCases.randomElement(using: &random) ?? .user, metadata,
            uses: kind == .message || kind == .thread
                ? (0..<4).filter { _ in chance(3) }.map { (Kind.file, "f\($0)") } : [],
            contains: kind == .thread && chance(3) ? [(.message, "m0")] : [],
            undecided: chance(6) ? ["product"] : [],
            status: chance(3) ? nil : ["a", "run"].randomElement(using: &random))
        estate.items[estate.items.count - 1].bytes = chance(3) ? nil : [0, 1, 1000, .max].randomElement(using: &random)
        estate.items[estate.items.count - 1].tokens = chance(3) ? nil : [0, 2, 7].randomElement(using: &random)
    }
}
