import Chronology
import Foundation
import TestSupport
import Testing

@testable import SampleEstate

extension Scratch {
    func lines(_ name: String) throws -> [Data] {
        try bytes(name).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast().map {
            Data($0)
        }
    }

    /// The objects of a file, which must all be well formed.
    func objects(_ name: String) throws -> [[String: Any]] {
        try lines(name).map { line in
            try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
        }
    }
}

func plan(
    seed: UInt64 = 1, threads: Int = 200, overdue: Double = 1, hardCases: Bool = false,
    asOf: String = "2026-11-20T00:00:00Z"
) throws -> EstatePlan {
    try EstatePlan(
        seed: seed, threads: threads, overduePercent: overdue, hardCases: hardCases, asOf: Instant(rfc3339: asOf))
}

/// `truth.json`, read back.
struct Truth {
    struct Entry: Equatable {
        var states: [String: String]
        var isShared: Bool
        var isDirty: Bool

        /// The policies that deny the record.
        var denials: [String] { states.filter { $0.value == "denied" }.map(\.key) }
    }

    let top: [String: Any]
    let records: [[String: Any]]

    init(_ scratch: Scratch) throws {
        top = try #require(try JSONSerialization.jsonObject(with: scratch.bytes("truth.json")) as? [String: Any])
        records = try #require(top["records"] as? [[String: Any]])
    }

    /// What is said of each record, by `kind/id`; dirty ones apart.
    var clean: [String: Entry] {
        var entries: [String: Entry] = [:]
        for record in records where record["dirt"] == nil {
            let key = "\(record["kind"] as? String ?? "")/\(record["id"] as? String ?? "")"
            entries[key] = Entry(
                states: record["states"] as? [String: String] ?? [:], isShared: record["shared"] as? Bool ?? false,
                isDirty: false)
        }
        return entries
    }
}
