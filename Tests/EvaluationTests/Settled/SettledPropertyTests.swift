import Chronology
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Evaluation

/// What is left unread changes no decision: thousands of scans of worlds in which things happen, against scans that read
/// everything.
@Suite struct SettledPropertyTests {
    private static let start: Int64 = 1_795_132_800

    /// Documents at random: what they say of threads lets most of them be left out, now and then not.
    private static func policies(_ random: inout SplitMix64) -> PolicySet {
        let threads: [Match] = [
            match([.thread]), match([.thread]), match([.thread], ["product": ["support"]]), match([.thread, .message]),
        ]
        var policies = [
            policy(
                "threads", random.pick(threads), clock: random.pick([lastActivity, lastActivity, .created]),
                atLeast: random.pick([nil, nil, "7d", "40d"]), atMost: random.pick(["60d", "90d", "3mo", "120d"]),
                overdueAfter: random.pick([nil, "7d"]), whenDue: random.pick([.delete, .report]),
                zone: random.pick(["UTC", "Europe/Berlin"]))
        ]
        if random.chance(40) {
            let kinds: [Kind] = random.pick([[.message, .run], [.run], [.runStep], [.message]])
            policies.append(policy("parts", match(kinds), atMost: random.pick(["15d", "30d", "100d", "200d"])))
        }
        if random.chance(50) {
            policies.append(
                policy(
                    "files", match([.file]), clock: random.pick([lastActivity, .created]),
                    atMost: random.pick(["100d", "200d", "400d"]), whileUsed: random.pick([.keep, .delete])))
        }
        if random.chance(30) {
            policies.append(policy("stores", match([.vectorStore]), clock: lastActivity, atMost: "150d"))
        }
        if random.chance(30) {
            let atMost = random.pick(["90d", "250d"])
            policies.append(policy("assistants", match([.assistant]), clock: lastActivity, atMost: atMost))
        }
        if random.chance(25) {
            policies.append(
                policy("sales", match([.thread], ["product": ["sales"]]), clock: lastActivity, atLeast: "30d"))
        }
        if random.chance(15) {
            policies.append(policy("default", match([.thread, .message]), atMost: "300d", isDefault: true))
        }
        var holds: [LegalHold] = []
        if random.chance(25) {
            let matches: [Match] = [
                match([.thread], ["product": ["sales"]]), match([.file]), match([.message]), match([.thread]),
            ]
            let from = random.pick(["2026-01-01", "2026-12-01"])
            let until: String? = random.pick([nil, "2026-12-20"])
            holds.append(
                hold(
                    "matter", random.pick(matches), from: from, until: until,
                    inEffectUntil: until == nil ? nil : random.pick(["2026-12-20", "2026-12-27"])))
        }
        var exceptions: [PolicyException] = []
        if random.chance(20) {
            exceptions.append(
                exception("pilot", ["threads"], match([.thread], ["product": ["support"]]), expiresAt: "2026-12-25"))
        }
        return PolicySet(retention: policies, holds: holds, exceptions: exceptions)
    }

    private enum Outcome: String, CaseIterable {
        /// Threads were left out; in some of them something had happened since, or in none.
        case leftOutChanged, leftOutUnchanged
        /// Everything was read, as what was read first leant on the rest, or as there was no other way.
        case leaning, everything
    }

    @Test func `a scan that leaves out what is settled decides as one that reads everything`() throws {
        var outcomes: [Outcome: Int] = [:]
        var (read, left) = (0, 0)
        for seed in 0..<UInt64(Campaign.isSoak ? 20_000 : 200) {
            var random = SplitMix64(seed: seed ^ 0x5E77)
            var world = SettledWorld(seed: seed, asOf: Self.start)
            let policies = Self.policies(&random)
            var memory = RememberedScan(policies)
            var asOf = Self.start
            _ = memory.scan(world.estate, asOf: Moment(seconds: asOf))
            /// In which something has happened since they were read.
            var changed: Set<String> = []
            for _ in 0..<4 {
                let before = asOf
                // Days and hours: limits are reached to the second.
                asOf +=
                    random.chance(50)
                    ? Int64.random(in: 1...12, using: &random) * SettledWorld.day
                    : Int64.random(in: 1...12 * SettledWorld.day, using: &random)
                if random.chance(60) { changed.formUnion(world.live(from: before, until: asOf)) }
                let scanned = memory.scan(world.estate, asOf: Moment(seconds: asOf))
                let whole = RememberedScan.whole(world.estate, policies, asOf: Moment(seconds: asOf))
                changed.formIntersection(scanned.leftOut)
                let isUnchanged = changed.isEmpty
                try #require(
                    scanned.result.words(withCounts: isUnchanged) == whole.words(withCounts: isUnchanged),
                    "seed \(seed), left out \(scanned.leftOut.sorted()), changed \(changed.sorted())")
                left += scanned.leftOut.count
                read += whole.inventory.kinds.count { $0 == .thread } - scanned.leftOut.count
                let outcome: Outcome =
                    scanned.leans
                    ? .leaning
                    : scanned.leftOut.isEmpty ? .everything : isUnchanged ? .leftOutUnchanged : .leftOutChanged
                outcomes[outcome, default: 0] += 1
            }
        }
        print(
            "settled: \(outcomes.map { "\($0.key.rawValue) \($0.value)" }.sorted()); \(left) threads left out, \(read) read"
        )
        for outcome in Outcome.allCases { #expect(outcomes[outcome, default: 0] >= 3, "\(outcome)") }
        #expect(left * 2 > read)
    }
}
