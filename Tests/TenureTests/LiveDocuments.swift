import Foundation
import TestSupport

/// The documents of a service whose records go by a single rule.
enum LiveDocuments {
    /// What follows `spec:` in a policy by which old threads go.
    static func oldThreads(_ more: String = "") -> String {
        "{match: {kinds: [thread]}, clock: {from: lastActivity}, keep: {atMost: 90d}, whenDue: delete\(more)}"
    }

    /// A policy.
    static func policy(_ name: String, _ spec: String) -> String {
        """
        apiVersion: tenure/v1
        kind: RetentionPolicy
        metadata: {name: \(name)}
        spec: \(spec)

        """
    }

    /// Writes the only policy, and the source that it speaks of, whose threads `ids.txt` names.
    static func write(rule: String, address: String, to scratch: Scratch) throws {
        try scratch.write(
            "policies/rules.yaml",
            policy("old", rule)
                + """
                ---
                apiVersion: tenure/v1
                kind: Source
                metadata: {name: live}
                spec:
                  type: openai
                  address: '\(address)'
                  credentials: {env: TWIN_KEY}
                  registry: [{file: '\(scratch.path("ids.txt"))', kind: thread, complete: true}]
                  acceptedGaps: [{kinds: [conversation, item, response], reason: not used, until: 2035-01-01}]

                """)
    }

    /// Writes a hold of each record that has one of these ids, and the register of them.
    static func write(holdsOf ids: [String], to scratch: Scratch) throws {
        let names = ids.map { "matter-\($0.replacing("_", with: "-"))" }
        let holds = zip(ids, names).map { id, name in
            """
            ---
            apiVersion: tenure/v1
            kind: LegalHold
            metadata: {name: \(name)}
            spec: {matter: A matter, match: {ids: [\(id)]}, from: 2026-01-01, until: null, approvedBy: counsel}

            """
        }
        try scratch.write(
            "policies/holds.yaml",
            """
            apiVersion: tenure/v1
            kind: HoldRegister
            metadata: {name: holds}
            spec: {asOf: \(PlannedEstate.today), maxAge: 30d, holds: [\(names.joined(separator: ", "))]}

            """ + holds.joined())
    }
}
