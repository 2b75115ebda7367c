import Foundation
import TestSupport
import Testing

/// A sound set of documents with mistakes planted in it: the command names each at its line, and nothing else.
@Suite struct PlantedMistakesTests {
    private static let sound = """
        apiVersion: tenure/v1
        kind: RetentionPolicy
        metadata: {name: support}
        spec:
          match: {kinds: [thread], metadata: {product: support}}
          clock: {from: lastActivity}
          keep: {atMost: 90d}
        ---
        apiVersion: tenure/v1
        kind: RetentionPolicy
        metadata: {name: sales}
        spec:
          match: {kinds: [thread], metadata: {product: sales}}
          clock: {from: lastActivity}
          keep: {atMost: 180d}
        ---
        apiVersion: tenure/v1
        kind: RetentionPolicy
        metadata: {name: rest}
        spec:
          match: {kinds: [thread, file]}
          clock: {from: lastActivity}
          keep: {atMost: 1y}
          default: true
        ---
        apiVersion: tenure/v1
        kind: HoldRegister
        metadata: {name: holds}
        spec: {asOf: 2026-11-20, maxAge: 7d, holds: []}

        """

    /// Documents with one mistake each, and what lint says: the line in its file, and the rule.
    private static let planted: [(document: String, found: String)] = [
        (
            """
            kind: RetentionPolicy
            metadata: {name: keeper}
            spec:
              match:
                kinds: [thread]
                metadata: {product: [trial, support]}
              clock: {from: lastActivity}
              keep: {atLeast: 100d}
            """, "9 contradiction"
        ),
        (
            """
            kind: RetentionPolicy
            metadata: {name: looser}
            spec:
              match: {kinds: [thread], metadata: {product: sales, tier: low}}
              clock: {from: lastActivity}
              keep: {atMost: 200d}
            """, "1 shadowed"
        ),
        (
            """
            kind: RetentionPolicy
            metadata: {name: typo}
            spec:
              match: {kinds: [run]}
              clock: {from: created}
              keep: {atMots: 30d}
            """, "7 unknown-key"
        ),
        (
            """
            kind: RetentionPolicy
            metadata: {name: dead}
            spec:
              match:
                kinds: [run]
                where: "object.source.startsWith('eu/')"
              clock: {from: created}
              keep: {atMost: 30d}
            """, "7 never-holds"
        ),
        (
            """
            kind: PolicyException
            metadata: {name: old}
            spec:
              policies: [support]
              match: {metadata: {project: pilot}}
              reason: Pilot
              expiresAt: 2026-11-19
            """, "8 expired-exception"
        ),
        (
            """
            kind: RetentionPolicy
            metadata: {name: fallback}
            spec:
              match: {kinds: [thread], metadata: {product: [sales, support]}}
              clock: {from: lastActivity}
              keep: {atMost: 2y}
              default: true
            """, "1 default-never-reached"
        ),
        (
            """
            kind: RetentionPolicy
            metadata: {name: steps}
            spec:
              match: {kinds: [runStep]}
              clock: {from: created}
              keep: {atMost: 30d}
              whenDue: delete
            """, "5 no-delete-verb"
        ),
        (
            """
            kind: RetentionPolicy
            metadata: {name: undue}
            spec:
              match:
                kinds: [run]
                where: age(object.created) < days(10)
              clock: {from: created}
              keep: {atMost: 30d}
            """, "7 never-due"
        ),
        (
            """
            kind: RetentionPolicy
            metadata: {name: unlimited}
            spec:
              match: {kinds: [upload]}
              clock: {from: created}
              keep: {atLeast: 30d}
              whenDue: delete
            """, "8 idle-disposition"
        ),
        (
            """
            kind: PolicyException
            metadata: {name: beside}
            spec:
              policies: [sales]
              match: {metadata: {product: support}}
              reason: Pilot
              expiresAt: 2027-03-31
            """, "5 exception-on-nothing"
        ),
    ]

    private func lint(_ planted: [String]) throws -> (status: Int32, found: [String]) {
        let scratch = try Scratch()
        try scratch.write("policies/sound.yaml", Self.sound)
        for (index, text) in planted.enumerated() {
            try scratch.write("policies/\(index).yaml", "apiVersion: tenure/v1\n\(text)\n")
        }
        let run = try Tool.run(
            Tool.binary.path, ["lint", "--as-of", ExitCodeTests.asOf, "--format", "json"], in: scratch.url)
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], "\(run.errors)")
        let diagnostics = try #require(report["diagnostics"] as? [[String: Any]])
        return (
            run.status,
            diagnostics.map { diagnostic in
                let file = diagnostic["file"] as? String ?? ""
                return "\(file) \(diagnostic["line"] as? Int ?? 0) \(diagnostic["code"] as? String ?? "")"
            }
        )
    }

    @Test func `a sound set is clean`() throws {
        let run = try lint([])
        #expect(run.status == 0 && run.found == [])
    }

    @Test(arguments: planted)
    func `a mistake alone is named at its line, and nothing else`(document: String, found: String) throws {
        let run = try lint([document])
        #expect(run.found == ["policies/0.yaml \(found)"])
        #expect(run.status == (found.hasSuffix("unknown-key") ? 2 : 0))
    }

    /// Five mistakes that do not bear on each other; the documents that do would change what is true of one another.
    @Test func `a contradiction, a shadow, a typo, a dead selector and an expired exception are all named at once`()
        throws
    {
        let run = try lint(Self.planted.prefix(5).map(\.document))
        #expect(run.status == 2)
        #expect(run.found == Self.planted.prefix(5).enumerated().map { "policies/\($0).yaml \($1.found)" })
    }

    @Test func `a hold on nothing is named at its document`() throws {
        let scratch = try Scratch()
        try scratch.write(
            "policies/p.yaml",
            Self.sound.replacing("holds: []}", with: "holds: [matter]}") + """
                ---
                apiVersion: tenure/v1
                kind: LegalHold
                metadata: {name: matter}
                spec:
                  matter: Acme v. Example
                  match: {sources: ["a b"]}
                """)
        let run = try Tool.tenure("lint", "--as-of", ExitCodeTests.asOf, in: scratch.url)
        let said = run.output.split(separator: "\n").filter { $0.hasPrefix("policies/") }
        #expect(
            said.count == 1 && said[0].hasPrefix("policies/p.yaml:31:1: warning: ")
                && said[0].hasSuffix("[hold-on-nothing]"))
    }

    @Test func `beside an export a selector that no record has is named, and an exception that excepts nothing`() throws
    {
        let scratch = try Scratch()
        let created = 1_795_132_800 - 100 * 86_400
        let threads = ["support", "sales"].map { product in
            "{\"object\":\"thread\",\"id\":\"\(product)\",\"created_at\":\(created),\"metadata\":{\"product\":\"\(product)\"}}\n"
        }
        try scratch.write("export/threads.ndjson", threads.joined())
        for name in ["messages", "runs", "run_steps"] { try scratch.write("export/\(name).ndjson", "") }
        try scratch.write("export/files.ndjson", "{\"object\":\"file\",\"id\":\"f\",\"created_at\":\(created)}\n")
        try scratch.write("policies/sound.yaml", Self.sound)
        let words = ["lint", "--export", "export", "--as-of", ExitCodeTests.asOf]
        func said() throws -> [String] {
            let run = try Tool.run(Tool.binary.path, words, in: scratch.url)
            return run.output.split(separator: "\n").filter { $0.hasPrefix("policies/") }.map(String.init)
        }
        #expect(try said() == [])
        try scratch.write(
            "policies/sound.yaml", Self.sound.replacing("product: sales", with: "product: [sales, slaes]"))
        try scratch.write(
            "policies/e.yaml",
            """
            apiVersion: tenure/v1
            kind: PolicyException
            metadata: {name: pilot}
            spec:
              policies: [sales]
              reason: Pilot
              expiresAt: 2027-03-31
            """)
        let found = try said()
        #expect(found.count == 2, "\(found)")
        #expect(
            found.first?.hasPrefix("policies/e.yaml:1:1: warning: ") == true
                && found.first?.hasSuffix("[exception-unused]") == true)
        #expect(
            found.last?.hasPrefix("policies/sound.yaml:13:") == true
                && found.last?.hasSuffix("[selector-unmatched]") == true)
    }
}
