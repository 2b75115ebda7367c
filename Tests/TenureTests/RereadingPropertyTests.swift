import Chronology
import Evaluation
import Files
import Foundation
import Records
import Reports
import TestSupport
import Testing
import Twin

@testable import tenure

/// A scan that leaves unread what has not come to a deadline says what a scan says that reads everything.
@Suite struct RereadingPropertyTests {
    private static let start: Int64 = 1_795_132_800

    private enum Outcome: String, CaseIterable {
        /// Something was left out; in some of it something had happened since, or nothing had.
        case leftOutChanged, leftOutUnchanged
        /// Responses were left out; conversations with items in them were.
        case leftOutResponses, leftOutConversations
        /// Something was read again as its deadline had come, beside some that was not.
        case someDue
        /// Something that had been there was gone, and something else was left out.
        case gone
        /// Everything was read, for documents or what was found need it.
        case leaning, obstacle
        case everythingElse
    }

    /// Documents at random: what they say lets most be left out, now and then not.
    private static func rules(
        _ random: inout SplitMix64, _ scratch: Scratch, _ service: ScannedService, _ address: String
    ) throws {
        func pick(_ choices: String...) -> String { choices.randomElement(using: &random) ?? "" }
        func policy(_ name: String, _ match: String, _ clock: String, _ keep: String, _ more: String = "") -> String {
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: \(name)}
            spec: {match: {\(match)}, clock: {from: \(clock)}, keep: {\(keep)}\(more)}
            """
        }
        func chance(_ percent: Int) -> Bool { .random(in: 0..<100, using: &random) < percent }
        var documents = [
            policy(
                "threads", pick("kinds: [thread]", "kinds: [thread]", "kinds: [thread], metadata: {product: support}"),
                pick("lastActivity", "lastActivity", "created"),
                pick(
                    "atMost: 60d", "atMost: 90d", "atMost: 3mo", "atLeast: 7d, atMost: 90d",
                    "atLeast: 40d, atMost: 90d", "atMost: 120d, timeZone: Europe/Berlin"),
                pick("", ", overdueAfter: 7d", ", whenDue: delete"))
        ]
        if chance(40) {
            let keep = pick("atMost: 15d", "atMost: 100d", "atMost: 200d")
            documents.append(policy("parts", "kinds: [message, run]", "created", keep))
        }
        if chance(70) {
            let match = pick("kinds: [conversation]", "kinds: [conversation], metadata: {product: support}")
            let keep = pick("atMost: 60d", "atMost: 90d", "atLeast: 40d, atMost: 120d", "atMost: 200d")
            documents.append(policy("conversations", match, pick("lastActivity", "created"), keep))
        }
        if chance(70) {
            let keep = pick("atMost: 30d", "atMost: 90d", "atLeast: 20d, atMost: 120d")
            documents.append(
                policy(
                    "responses", "kinds: [response]", pick("lastActivity", "created"), keep,
                    pick("", ", whenDue: delete")))
        }
        if chance(50) {
            documents.append(
                policy(
                    "files", "kinds: [file]", pick("lastActivity", "created"),
                    pick("atMost: 100d", "atMost: 200d", "atMost: 400d"), pick("", ", whileUsed: delete")))
        }
        if chance(30) { documents.append(policy("stores", "kinds: [vectorStore]", "lastActivity", "atMost: 150d")) }
        if chance(30) {
            documents.append(
                policy("assistants", "kinds: [assistant]", "lastActivity", pick("atMost: 90d", "atMost: 250d")))
        }
        if chance(20) {
            documents.append(
                policy(
                    "sales",
                    #"kinds: [thread], where: "'product' in object.metadata && object.metadata.product == 'sales'""#,
                    "lastActivity", "atLeast: 30d"))
        }
        if chance(15) {
            documents.append(
                policy("default", "kinds: [thread, message]", "created", "atMost: 300d", ", default: true"))
        }
        if chance(25) {
            documents.append(
                policy(
                    "asking",
                    "kinds: [\(pick("thread", "conversation, thread", "thread, conversation"))], "
                        + #"where: "age(object.created) > days(50)""#, "created", "atMost: 1y"))
        }
        var holds = "[]"
        if chance(20) {
            holds = "[matter]"
            let match = pick(
                "kinds: [thread], metadata: {product: sales}", "kinds: [file]",
                "kinds: [conversation], metadata: {product: sales}")
            documents.append(
                """
                apiVersion: tenure/v1
                kind: LegalHold
                metadata: {name: matter}
                spec: {matter: x, match: {\(match)}, from: 2026-12-01, until: \(pick("null", "2026-12-20")), approvedBy: x}
                """)
        }
        if chance(20) {
            documents.append(
                """
                apiVersion: tenure/v1
                kind: PolicyException
                metadata: {name: pilot}
                spec: {policies: [threads], match: {kinds: [thread], metadata: {product: support}}, reason: x, owner: x,
                  ticket: x, expiresAt: 2026-12-24}
                """)
        }
        documents.append(
            """
            apiVersion: tenure/v1
            kind: HoldRegister
            metadata: {name: holds}
            spec: {asOf: 2026-11-19, maxAge: 365d, holds: \(holds)}
            ---
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: live}
            spec:
              type: \(service == .foundry ? "azure-foundry" : "openai")
              address: '\(address)'
              credentials: {file: '\(scratch.path("key"))'}
              fullEvery: \(pick("30d", "365d"))
              acceptedGaps: [{kinds: [thread, message, run, runStep, conversation, item, response], reason: x, until: 2035-01-01}]
            """)
        if service != .foundry {
            documents[documents.count - 1] += """

                  registry:
                    - {file: '\(scratch.path("ids.txt"))', kind: thread, complete: \(pick("true", "true", "false"))}
                    - {file: '\(scratch.path("conversations.txt"))', kind: conversation, complete: \(pick("true", "false"))}
                    - {file: '\(scratch.path("responses.txt"))', kind: response, complete: \(pick("true", "false", "false"))}
                """
        }
        try scratch.write("rules/all.yaml", documents.joined(separator: "\n---\n") + "\n")
    }

    // Proof of Sendable: made on one thread, and handed over whole to the one that waits for it.
    private struct Scanned: @unchecked Sendable {
        let result: ScanResult
        var report: [String: Any]
    }

    /// A scan on a thread of its own: it waits where it runs, as none of the pool may.
    private static func scan(_ scratch: Scratch, ledger: String, _ asOf: Int64, full: Bool) async throws -> Scanned {
        let paths = (rules: scratch.path("rules"), ledger: scratch.path(ledger))
        let scanned = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    returning: Result { try scanning(paths.rules, ledger: paths.ledger, asOf, full: full) })
            }
        }
        return try scanned.get()
    }

    private static func scanning(_ rules: String, ledger: String, _ asOf: Int64, full: Bool) throws -> Scanned {
        let console = Console(output: { (_) throws(FileError) in }, error: { _ in })
        let (survey, result) = try Survey.scan(
            policies: rules, export: nil, ledger: ledger, asOf: Instant(seconds: asOf),
            ScanOptions(), because: full ? "the test asks for it" : nil, now: Instant(seconds: asOf), console)
        try survey.remember(result)
        var bytes: [UInt8] = []
        try ScanReport(result, toolVersion: "test").writeJSON { (more) throws(ReportError) in bytes += more }
        return Scanned(
            result: result,
            report: try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]))
    }

    /// The report without what says how it was read; where something happened in what was left out, also without the
    /// counts of what is fine.
    private static func comparable(_ report: [String: Any], counts: Bool) throws -> String {
        var report = report
        var sources = report["sources"] as? [[String: Any]] ?? []
        for index in sources.indices {
            sources[index]["rereading"] = nil
            guard !counts, var kinds = sources[index]["kinds"] as? [[String: Any]] else { continue }
            for kind in kinds.indices { kinds[kind]["records"] = nil }
            sources[index]["kinds"] = kinds
        }
        report["sources"] = sources
        if !counts {
            var summary = report["summary"] as? [String: Any] ?? [:]
            summary["records"] = nil
            func withoutFine(_ states: Any?) -> [String: Any] {
                var states = states as? [String: Any] ?? [:]
                for fine in ["kept", "allowed", "uncovered"] { states[fine] = nil }
                return states
            }
            summary["states"] = withoutFine(summary["states"])
            summary["policies"] = (summary["policies"] as? [[String: Any]] ?? []).map { policy in
                var policy = policy
                policy["matched"] = nil
                policy["states"] = withoutFine(policy["states"])
                return policy
            }
            report["summary"] = summary
            // A reason that counts what is known.
            report["incomplete"] = (report["incomplete"] as? [[String: Any]] ?? []).filter {
                !(($0["message"] as? String)?.hasPrefix("known in part") ?? false)
            }
        }
        return String(
            decoding: try JSONSerialization.data(withJSONObject: report, options: [.sortedKeys, .prettyPrinted]),
            as: UTF8.self)
    }

    @Test(arguments: [ScannedService.openai, .foundry])
    func `a scan that leaves out what is not due finds what one finds that reads everything`(
        service: ScannedService
    ) async throws {
        var outcomes: [Outcome: Int] = [:]
        var saved = 0
        let empty = try Scratch()
        let isListed = service == .foundry
        let twin = try Twin(estate: empty.path, profile: isListed ? .foundry : .openai)
        let address = "http://127.0.0.1:\(twin.port)"
        let key = isListed ? Twin.usualToken : Twin.usualKey
        for seed in 0..<UInt64(Campaign.isSoak ? 2_000 : 12) {
            let scratch = try Scratch()
            var random = SplitMix64(seed: seed ^ 0x5EED)
            var asOf = Self.start
            var estate = ChangingEstate(seed: seed, asOf: asOf)
            func settle() async throws {
                try estate.writeIds(to: scratch)
                try await TwinClient.post("\(address)/__reset", estate.reset(), token: key)
            }
            try await settle()
            try scratch.write("key", "\(key)\n")
            try Self.rules(&random, scratch, service, address + (isListed ? "/api/projects/twin" : "/v1"))
            _ = try await Self.scan(scratch, ledger: "ledger/ledger.db", asOf, full: false)
            /// In which something has happened since they were read.
            var changed: Set<String> = []
            for _ in 0..<2 {
                let before = asOf
                asOf += Int64.random(in: 1...12 * ChangingEstate.day, using: &random)
                var gone: Set<String> = []
                if Bool.random(using: &random) {
                    changed.formUnion(estate.live(from: before, until: asOf))
                    if isListed { gone = estate.lose() }
                    changed.subtract(gone)
                    try await settle()
                }
                try? FileManager.default.removeItem(atPath: scratch.path("copy"))
                try FileManager.default.copyItem(atPath: scratch.path("ledger"), toPath: scratch.path("copy"))
                let full = try await Self.scan(scratch, ledger: "copy/ledger.db", asOf, full: true)
                let scanned = try await Self.scan(scratch, ledger: "ledger/ledger.db", asOf, full: false)
                let rereading = try #require(scanned.result.inventory.coverage.first?.rereading)
                let read = Set(
                    (0..<scanned.result.inventory.count).filter { Self.tops.has(scanned.result.inventory.kinds[$0]) }
                        .map { scanned.result.inventory.id($0) })
                changed.subtract(read)
                let isSame =
                    try Self.comparable(scanned.report, counts: changed.isEmpty)
                    == Self.comparable(full.report, counts: changed.isEmpty)
                if !isSame {
                    print(try scratch.text("rules/all.yaml"))
                    print(try Self.comparable(scanned.report, counts: changed.isEmpty))
                    print(try Self.comparable(full.report, counts: changed.isEmpty))
                }
                try #require(isSame, "seed \(seed), \(rereading)")
                saved += rereading.saved
                outcomes[Self.outcome(rereading, changed), default: 0] += 1
                // To see that a kind is still there takes one of it, and what it hangs together with.
                let threads = scanned.result.inventory.kinds.count { $0 == .thread }
                let isMore = isListed ? threads > 2 : read.count > 6
                if rereading.settledCount > 0, isMore { outcomes[.someDue, default: 0] += 1 }
                if rereading.settledCount > 0, !gone.isEmpty { outcomes[.gone, default: 0] += 1 }
                if rereading.settled[.response] != nil { outcomes[.leftOutResponses, default: 0] += 1 }
                if rereading.settled[.conversation] != nil, rereading.tally.kinds[.item] != nil {
                    outcomes[.leftOutConversations, default: 0] += 1
                }
            }
        }
        withExtendedLifetime(twin) {}
        print("scans after others: \(outcomes.map { "\($0.key.rawValue) \($0.value)" }.sorted()), reads saved \(saved)")
        // What is decided about what is left out is tried on thousands of worlds without a service.
        var expected = Set(Outcome.allCases).subtracting([.everythingElse])
        if isListed { expected.subtract([.leftOutResponses, .leftOutConversations]) } else { expected.remove(.gone) }
        for outcome in expected {
            #expect(outcomes[outcome, default: 0] >= 1, "\(outcome)")
        }
        #expect(saved > 100)
    }

    private static let tops = KindSet([.thread, .conversation, .response])

    private static func outcome(_ rereading: Rereading, _ changed: Set<String>) -> Outcome {
        if rereading.settledCount > 0 {
            return changed.isEmpty ? .leftOutUnchanged : .leftOutChanged
        }
        switch rereading.reason {
        case ScanMemory.leaning?: return .leaning
        case let reason? where reason.hasSuffix("the time of day"): return .obstacle
        default: return .everythingElse
        }
    }
}
