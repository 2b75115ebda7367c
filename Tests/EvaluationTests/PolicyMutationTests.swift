import Chronology
import Foundation
import Policies
import RuleSupport
import Testing

@testable import Evaluation

/// The shipped tests are worth as much as the changes that they notice: each number and word of the shipped policies is
/// changed in turn, and some test must fail.
@Suite struct PolicyMutationTests {
    struct Mutation: CustomStringConvertible {
        let file: Int
        let text: String
        let before: String
        let after: String

        var description: String { "\(before) becomes \(after)" }
    }

    /// What decides nothing about a record: what one run may delete is checked by plans, the register's age by execution.
    private static let undecisive: Set = ["records", "percent", "maxAge", "asOf"]

    /// What makes no difference: a record without a creation time is never certainly due, however long the period is.
    private static let equivalent: Set = [
        "undated-records.yaml atMost: 365d becomes 366d", "undated-records.yaml atMost: 365d becomes 364d",
        "undated-records.yaml whenDue: review becomes delete",
    ]

    private static let words: [String: [String: String]] = [
        "whileUsed": ["keep": "delete", "delete": "keep"], "whenDue": ["delete": "review", "review": "delete"],
        "mode": ["observe": "enforce", "enforce": "observe"],
        "severity": ["critical": "high", "high": "medium", "medium": "low", "low": "info", "info": "low"],
    ]

    private static func load() throws -> [(path: String, bytes: [UInt8])] {
        let directory = TestCoverageTests.directory
        let names = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []
        return try names.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
            (name, Array(try Data(contentsOf: URL(filePath: "\(directory)/\(name)"))))
        }
    }

    private static func mutations(of files: [(path: String, bytes: [UInt8])]) -> [Mutation] {
        var mutations: [Mutation] = []
        for (file, entry) in files.enumerated() where !entry.path.hasPrefix("tests/") {
            let lines = String(decoding: entry.bytes, as: UTF8.self).split(
                separator: "\n", omittingEmptySubsequences: false)
            for (number, line) in lines.enumerated() {
                let code = line.prefix { $0 != "#" }
                for match in code.matches(of: /(\w+): ("?)([\w-]+)("?)(?=[\s,}]|$)/) {
                    let (key, value) = (String(match.1), String(match.3))
                    for other in others(key, value) {
                        var all = lines.map(String.init)
                        all[number] = line[..<match.3.startIndex] + other + line[match.3.endIndex...]
                        mutations.append(
                            Mutation(
                                file: file, text: all.joined(separator: "\n"),
                                before: "\(entry.path) \(key): \(value)", after: other))
                    }
                }
            }
        }
        return mutations
    }

    private static func others(_ key: String, _ value: String) -> [String] {
        if undecisive.contains(key) { return [] }
        if let other = words[key]?[value] { return [other] }
        if value == "true" || value == "false" { return [value == "true" ? "false" : "true"] }
        if let match = value.wholeMatch(of: /(\d+)(y|mo|w|d|h|min|s)?/), let count = Int(match.1) {
            return [count + 1, count - 1].map { "\($0)\(match.2 ?? "")" }
        }
        if let match = value.wholeMatch(of: /(\d{4}-\d{2}-)(\d{2})/), let day = Int(match.2) {
            return ["\(match.1)\(day - 1)", "\(match.1.prefix(4))-04-01"]
        }
        return []
    }

    @Test func `no number, truth value or word of a shipped policy can change without a failing test`() throws {
        let files = try Self.load()
        let mutations = Self.mutations(of: files)
        try #require(mutations.count > 60)
        #expect(Set(mutations.map { files[$0.file].path }).count >= 16)
        let outcomes = concurrently(mutations.count) { index -> String? in
            var changed = files
            changed[mutations[index].file].bytes = Array(mutations[index].text.utf8)
            let loaded = PolicyLoader.load(files: changed, asOf: Instant(seconds: 0))
            // A change that cannot be loaded is noticed by lint.
            guard !loaded.hasErrors else { return nil }
            let isNoticed = loaded.tests.contains { test in
                let set = loaded.timelessPolicies(of: test) ?? loaded.policies(asOf: test.asOf)?.restricted(to: test)
                return set.map { !TestTrial(test, $0).outcome().isPassed } ?? true
            }
            return isNoticed ? nil : mutations[index].description
        }
        #expect(Set(outcomes.compactMap(\.self)) == Self.equivalent)
    }
}
