import Evaluation
import Policies
import ProviderFacts
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

/// Plans over random estates, held against what the words of the design say, one record at a time.
@Suite struct PlanPropertyTests {
    static func estate(_ generator: inout SplitMix64) -> Estate {
        var estate = Estate()
        func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }
        func day() -> String { chance(70) ? "2026-01-0\(Int.random(in: 1...9, using: &generator))" : "2026-11-19" }
        let files = Int.random(in: 1...4, using: &generator)
        func some() -> [(Kind, String)] {
            (0..<files).filter { _ in chance(25) }.map { (Kind.file, "f\($0)") }
        }
        for number in 0..<files { estate.add(.file, "f\(number)", created: day()) }
        for store in 0..<Int.random(in: 0...2, using: &generator) {
            estate.add(.vectorStore, "v\(store)", created: day())
            for number in 0..<files where chance(40) {
                estate.add(
                    .vectorStoreFile, "v\(store)/f\(number)", created: day(), in: "v\(store)",
                    uses: [(.file, "f\(number)")])
            }
        }
        for thread in 0..<Int.random(in: 0...4, using: &generator) {
            estate.add(.thread, "t\(thread)", created: day(), uses: chance(30) ? [(.vectorStore, "v0")] : [])
            for part in 0..<Int.random(in: 0...3, using: &generator) {
                estate.add(.message, "m\(thread).\(part)", created: day(), in: "t\(thread)", uses: some())
            }
            guard chance(50) else { continue }
            estate.add(
                .run, "r\(thread)", created: day(), in: "t\(thread)", status: chance(50) ? "in_progress" : "completed")
            estate.add(.runStep, "s\(thread)", created: day(), in: "r\(thread)", uses: some())
        }
        for conversation in 0..<Int.random(in: 0...2, using: &generator) {
            estate.add(.conversation, "c\(conversation)", created: day())
            estate.add(.item, "i\(conversation)", created: day(), in: "c\(conversation)", uses: some())
            estate.add(.response, "p\(conversation)", created: day(), in: chance(60) ? "c\(conversation)" : nil)
        }
        for item in estate.items.indices where chance(80) { estate.items[item].metadata = ["tenant": "a"] }
        return estate
    }

    struct Documents {
        var rules: [RetentionPolicy]
        var holds: [LegalHold]
        var exceptions: [PolicyException]
    }

    static func documents(_ generator: inout SplitMix64) -> Documents {
        func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }
        var rules: [RetentionPolicy] = []
        let kinds: [Kind] = [.thread, .message, .file, .vectorStore, .vectorStoreFile, .conversation, .response, .run]
        for kind in kinds where chance(55) {
            rules.append(
                policy(
                    "\(kind)", match([kind], chance(30) ? ["tenant": ["a"]] : [:]),
                    clock: chance(40) ? lastActivity : .created, atMost: "30d", whileUsed: chance(30) ? .delete : .keep,
                    mode: chance(90) ? .enforce : .observe, whenDue: chance(85) ? .delete : .review))
        }
        if chance(30) {
            rules.append(policy("keep", match([kinds.randomElement(using: &generator) ?? .file]), atLeast: "5y"))
        }
        let holds = chance(30) ? [hold("matter", match(ids: ["m0.0", "f1", "i0"]))] : []
        let exceptions =
            chance(30) && !rules.isEmpty ? [exception("pilot", [rules[0].name], match(ids: ["t1", "f0"]))] : []
        return Documents(rules: rules, holds: holds, exceptions: exceptions)
    }

    private func result(_ generator: inout SplitMix64) -> ScanResult {
        let documents = Self.documents(&generator)
        return scan(
            Self.estate(&generator), documents.rules, holds: documents.holds, exceptions: documents.exceptions)
    }

    @Test func `a plan calls for exactly what goes, each record once, in an order that holds`() throws {
        var generator = SplitMix64(seed: 500)
        var (calls, along, stuck, orders) = (0, 0, 0, 0)
        for round in 0..<3000 {
            let result = result(&generator)
            let plan = try plan(result)
            var fates: [Int: Int] = [:]
            var places: [Int: Int] = [:]
            for (place, action) in plan.actions.enumerated() {
                if action.verb != .cancel { places[action.row] = place }
                if case .clears(let cleared) = action.cause {
                    #expect(!result.isProtected(action.row), "round \(round): \(plan.name(action.row)) is protected")
                    #expect(result.goes(cleared) && (action.verb == .cancel || !result.goes(action.row)), "\(round)")
                } else {
                    fates[action.row, default: 0] += 1
                    calls += 1
                }
                for row in action.along { fates[row, default: 0] += 1 }
                along += action.along.count
            }
            for staying in plan.staying where result.goes(staying.row) {
                let entries = result.users(of: staying.row).filter(result.isProtected)
                #expect(staying.reasons == (entries.isEmpty ? [.noCall] : [.verdict]), "\(round)")
                fates[staying.row, default: 0] += 1
                stuck += 1
            }
            for row in 0..<result.inventory.count {
                guard fates[row, default: 0] == (result.goes(row) ? 1 : 0) else {
                    Issue.record("round \(round): \(plan.name(row)) has \(fates[row, default: 0]) fates\n\(plan.lines)")
                    return
                }
                guard let place = places[row] else { continue }
                for container in result.containers(of: row) {
                    guard let later = places[container], result.goes(row) else { continue }
                    #expect(place < later, "round \(round): \(plan.name(row)) in \(plan.name(container))")
                    orders += 1
                }
                for user in result.users(of: row) {
                    guard let earlier = places[user] else { continue }
                    #expect(earlier < place, "round \(round): \(plan.name(user)) uses \(plan.name(row))")
                    orders += 1
                }
            }
        }
        print("plans: \(calls) calls, \(along) along, \(stuck) stuck, \(orders) orders")
        #expect(calls > 5000 && along > 500 && stuck > 100 && orders > 1000)
    }

    @Test func `limits count what goes because of a policy, with what it contains, and of whom most goes (case 64)`()
        throws
    {
        var generator = SplitMix64(seed: 640)
        var (counted, several, nameless) = (0, 0, 0)
        for round in 0..<1500 {
            var estate = Self.estate(&generator)
            for item in estate.items.indices where Int.random(in: 0..<100, using: &generator) < 40 {
                estate.items[item].metadata["subject"] = ["s1", "s2"].randomElement(using: &generator)
            }
            var documents = Self.documents(&generator)
            for rule in documents.rules.indices {
                documents.rules[rule].limits = .init(records: nil, percent: nil, perSubject: 2)
            }
            let result = scan(
                estate, documents.rules, holds: documents.holds, exceptions: documents.exceptions)
            for limit in try plan(result).limits {
                let records = (0..<result.inventory.count).filter { goes($0, because: limit.policy, result) }
                let asked = records.filter { isAsked($0, by: limit.policy, result) }
                let people = Dictionary(grouping: records) { subject(result.inventory.id($0), estate) }
                let most = people.values.map(\.count).max() ?? 0
                #expect(limit.asked == asked.count && limit.records == records.count, "round \(round)")
                #expect(limit.perSubject == most && limit.isExceeded == (most > 2), "round \(round)")
                counted += records.count
                several += people.count > 1 ? 1 : 0
                nameless += people[nil]?.count == most && most > 0 ? 1 : 0
            }
        }
        print("limits: \(counted) records, \(several) of several people, \(nameless) mostly of nobody")
        #expect(counted > 5000 && several > 200 && nameless > 200)
    }

    private func isAsked(_ row: Int, by policy: Int, _ result: ScanResult) -> Bool {
        result.goes(row)
            && result.findings.contains {
                $0.row == row && $0.policy == policy && $0.mayGo && [.due, .overdue].contains($0.state)
            }
    }

    /// Whether it, or something that goes and contains it, is asked for.
    private func goes(_ row: Int, because policy: Int, _ result: ScanResult) -> Bool {
        guard result.goes(row) else { return false }
        return isAsked(row, by: policy, result)
            || result.containers(of: row).contains { goes($0, because: policy, result) }
    }

    /// Whose a record is: what it says itself, or what contains it.
    private func subject(_ id: String, _ estate: Estate) -> String? {
        guard let item = estate.items.first(where: { $0.id == id }) else { return nil }
        return item.metadata["subject"] ?? item.container.flatMap { subject($0, estate) }
    }
}
