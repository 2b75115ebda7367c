import Chronology
import Evaluation
import Foundation
import Policies
import Records
import Reports
import TestSupport
import Testing

@Suite struct BaselineTests {
    private let asOf = Instant(seconds: 1_795_132_800)

    private func key(_ id: String, rule: String = "atMost", policy: String? = "files") -> BaselineKey {
        BaselineKey(policy: policy, rule: rule, source: "export", kind: .file, id: id)
    }

    private func read(_ text: String) throws -> Baseline {
        let scratch = try Scratch()
        try Data(text.utf8).write(to: scratch.url.appending(path: "b.json"))
        return try withExtendedLifetime(scratch) { try Baseline(path: scratch.path("b.json")) }
    }

    private func accepted(_ result: ScanResult) throws -> Baseline {
        var result = result
        let outcome = try Baseline(asOf: asOf).apply(to: &result)
        return try outcome.updated(after: result, acceptingNew: true, expiresAt: nil, redacts: false)
    }

    @Test func `what the baseline holds stays visible and fails no run`() throws {
        var result = try SampleResult().make()
        let before = result.summary.violations
        let baseline = Baseline(asOf: asOf, entries: [key("file-overdue"): 1])
        let outcome = try baseline.apply(to: &result)
        #expect(result.summary.violations == before - 1 && result.summary.baselined == 1)
        #expect(outcome.stale.isEmpty && !outcome.isExpired)
        let finding = try #require(result.findings.first { $0.isBaselined })
        #expect(finding.state == .overdue && finding.isViolation)
        let report = ScanReport(result, toolVersion: "1.2.3", baseline: outcome)
        #expect(try report.junit().contains(#"<skipped message="baselined: overdue: at most P90D"#))
        #expect(report.text().contains("1, seen and not counted as violations"))
        let json = try JSONValue(parsing: report.json().utf8)
        #expect(json["summary"]["baselined"] == .integer(1))
        #expect(json["findings"].elements.contains { $0["baselined"] == .boolean(true) })
    }

    @Test func `counts that no run could have are refused, for their sum must be one`() throws {
        func text(_ count: String) -> String {
            let entry = #"{"policy":"p","rule":"atMost","source":"export","kind":"file","id":"ID","count":COUNT}"#
                .replacing("COUNT", with: count)
            return #"{"schemaVersion":"1","asOf":"2026-11-20T00:00:00Z","expiresAt":null,"entries":["#
                + [entry.replacing("ID", with: "a"), entry.replacing("ID", with: "b")].joined(separator: ",") + "]}"
        }
        #expect(try read(text("2147483647")).entries.values.reduce(0, +) == 4_294_967_294)
        for count in ["2147483648", "9223372036854775807", "0", "-1", "1.0", "\"1\""] {
            let error = #expect(throws: ReportError.self) { try read(text(count)) }
            #expect("\(String(describing: error))".contains("b.json:1:"), "\(count)")
        }
    }

    @Test func `error, undetermined and an incomplete scan are never baselined away`() throws {
        var result = try SampleResult().make()
        let baseline = try accepted(result)
        let states = Set(result.findings.filter(\.canBeBaselined).map(\.state))
        #expect(states == [.overdue, .denied, .earlyExpiry, .uncovered])
        let forged = [
            key("file-error", policy: "forever"), key("file-undetermined"), key("file-due"), key("file-held"),
        ]
        let more = Baseline(
            asOf: asOf, entries: baseline.entries.merging(forged.map { ($0, 1) }) { first, _ in first })
        let outcome = try more.apply(to: &result)
        #expect(Set(outcome.stale.map(\.key)) == Set(forged))
        let left = result.findings.filter { $0.isViolation && !$0.isBaselined }
        #expect(Set(left.map(\.state)) == [.error, .undetermined])
        #expect(result.exitCode == 1 && !result.incomplete.isEmpty)
    }

    @Test func `an incomplete scan stays incomplete when all its violations are baselined`() throws {
        var sample = SampleResult()
        sample.onUndetermined = .report
        var result = try sample.make()
        let baseline = try accepted(result)
        _ = try baseline.apply(to: &result)
        let left = result.findings.filter { $0.isViolation && !$0.isBaselined }
        #expect(left.allSatisfy { $0.state == .error })
        #expect(!result.incomplete.isEmpty && result.exitCode != 0)
    }

    @Test func `a baseline that has ended covers nothing, at its very instant`() throws {
        let entries = [key("file-overdue"): 1]
        for (seconds, isCovered) in [(1, true), (0, false), (-1, false)] {
            var result = try SampleResult().make()
            let end = Instant(seconds: asOf.seconds + Int64(seconds))
            let outcome = try Baseline(asOf: asOf, expiresAt: end, entries: entries).apply(to: &result)
            #expect((result.summary.baselined == 1) == isCovered && outcome.isExpired == !isCovered)
            #expect(outcome.stale.isEmpty)
        }
    }

    @Test func `an update takes stale entries out and adds nothing, unless what is new is accepted`() throws {
        let gone = key("file-gone")
        var result = try SampleResult(isTorn: false).make()
        let complete = result.incomplete.isEmpty
        let baseline = Baseline(asOf: asOf, entries: [key("file-overdue"): 3, gone: 1])
        let outcome = try baseline.apply(to: &result)
        #expect(outcome.stale.map(\.count) == [1, 2] || outcome.stale.map(\.count) == [2, 1])
        let kept = try outcome.updated(after: result, acceptingNew: false, expiresAt: nil, redacts: false)
        // The sample cannot decide one record, so that nothing is stale for certain.
        #expect(!complete && kept.entries == baseline.entries)
        let all = try outcome.updated(after: result, acceptingNew: true, expiresAt: nil, redacts: false)
        #expect(all.entries.count > baseline.entries.count)
    }

    @Test func `the file is sorted, the same for the same entries, and reads back as it was`() throws {
        let result = try SampleResult().make()
        let baseline = try accepted(result)
        #expect(baseline.entries.count > 2)
        #expect(try read(baseline.text) == baseline)
        let shuffled = Baseline(asOf: asOf, entries: Dictionary(baseline.entries.shuffled()) { first, _ in first })
        #expect(shuffled.text == baseline.text)
        #expect(!baseline.text.contains(SampleResult.secret))
        let schema = Schema(try JSONValue(parsing: Baseline.schema.utf8))
        #expect(schema.problems(in: try JSONValue(parsing: baseline.text.utf8)) == [])
    }

    @Test func `ids of any characters are read as they were written, and as other programs' JSON spells them`() throws {
        let ids = [
            "del\u{7F}", "nel\u{85}", "c1\u{90}", "ls\u{2028}ps\u{2029}", "bom\u{FEFF}", "non\u{FFFE}\u{FFFF}", "😀",
            "nul\u{0}", "tab\t", "\"\\", "\\ud83d", "/", "e\u{301}", "~", "null", "1", "",
        ]
        let baseline = Baseline(asOf: asOf, entries: Dictionary(uniqueKeysWithValues: ids.map { (key($0), 1) }))
        #expect(try read(baseline.text) == baseline)
        let object = try JSONSerialization.jsonObject(with: Data(baseline.text.utf8)) as? [String: Any]
        let entries = try #require(object?["entries"] as? [[String: Any]])
        #expect(Set(entries.compactMap { $0["id"] as? String }) == Set(ids))
        let escaped = baseline.text.replacing("😀", with: "\\ud83d\\uDE00")
        #expect(escaped != baseline.text)
        #expect(try read(escaped) == baseline)
        #expect(throws: ReportError.self) { try read(baseline.text.replacing("😀", with: "\\ud83d")) }
    }

    @Test func `a baseline that could not be read again is not written, and the old one stays`() throws {
        let scratch = try Scratch()
        let path = scratch.path("b.json")
        let few = Baseline(asOf: asOf, entries: [key("a"): 1])
        try few.write(to: path)
        var entries: [BaselineKey: Int] = [:]
        for number in 0...250_000 { entries[key("\(number)")] = 1 }
        let many = Baseline(asOf: asOf, entries: entries)
        let error = #expect(throws: ReportError.self) { try many.write(to: path) }
        #expect(error?.description.contains("250000 entries") == true)
        #expect(try Baseline(path: path) == few)
    }

    @Test func `a redacted baseline covers the same findings`() throws {
        var result = try SampleResult().make()
        let outcome = try Baseline(asOf: asOf).apply(to: &result)
        let tokens = try outcome.updated(after: result, acceptingNew: true, expiresAt: nil, redacts: true)
        #expect(tokens.entries.keys.allSatisfy { $0.id.hasPrefix("r-") })
        let second = try tokens.apply(to: &result)
        #expect(second.stale.isEmpty && second.new.isEmpty && result.summary.baselined == tokens.entries.count)
    }

    @Test(arguments: [
        ("", "0 documents"), ("{", "1:"), ("[]", "schemaVersion is missing"),
        (#"{"schemaVersion":"2","asOf":"2026-11-20T00:00:00Z","expiresAt":null,"entries":[]}"#, "schema version 2"),
        (#"{"schemaVersion":"1","asOf":"yesterday","expiresAt":null,"entries":[]}"#, "asOf"),
        (#"{"schemaVersion":"1","asOf":"2026-11-20T00:00:00Z","entries":[]}"#, "expiresAt is missing"),
        (#"{"schemaVersion":"1","asOf":"2026-11-20T00:00:00Z","expiresAt":null,"entries":[],"x":1}"#, "x is unknown"),
        (#"{"schemaVersion":"1","asOf":"2026-11-20T00:00:00Z","expiresAt":null,"entries":[{}]}"#, "is missing"),
    ])
    func `a file that is not whole is refused, with its place`(text: String, problem: String) throws {
        let error = #expect(throws: ReportError.self) { try read(text) }
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: ["\"count\":0", "\"count\":-1", "\"count\":\"1\"", "\"kind\":\"tread\""])
    func `an entry that makes no sense is refused`(member: String) throws {
        let name = member.prefix { $0 != ":" }
        let good = Baseline(asOf: asOf, entries: [key("a"): 1]).text
        let bad = good.replacing(try Regex("\(name):(1|\"file\")"), with: member)
        #expect(bad != good)
        #expect(throws: ReportError.self) { try read(bad) }
    }

    /// A model that thinks finding by finding: a list of keys, each of which may be crossed out once.
    @Test func `of each key as many findings are covered as the baseline counts, in the model and here`() throws {
        var random = SplitMix64(seed: 11)
        let result = try SampleResult().make()
        let candidates = try Array(accepted(result).entries.keys).sorted() + [key("file-gone")]
        var seen = (covered: 0, stale: 0, new: 0)
        for _ in 0..<200 {
            var entries: [BaselineKey: Int] = [:]
            for key in candidates where Bool.random(using: &random) {
                entries[key] = Int.random(in: 1...2, using: &random)
            }
            var copy = result
            let outcome = try Baseline(asOf: asOf, entries: entries).apply(to: &copy)
            var list = entries.flatMap { key, count in Array(repeating: key, count: count) }
            var new = 0
            for key in candidates where key.id != "file-gone" {
                if let index = list.firstIndex(of: key) { list.remove(at: index) } else { new += 1 }
            }
            #expect(outcome.stale.reduce(0) { $0 + $1.count } == list.count)
            #expect(outcome.new.values.reduce(0, +) == new)
            #expect(copy.summary.baselined == candidates.count - 1 - new)
            seen = (seen.covered + copy.summary.baselined, seen.stale + list.count, seen.new + new)
        }
        print("baselines: \(seen.covered) covered, \(seen.stale) stale, \(seen.new) new")
        #expect(seen.covered > 100 && seen.stale > 100 && seen.new > 100)
    }
}
