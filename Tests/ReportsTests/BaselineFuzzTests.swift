import Reports
import TestSupport
import Testing

/// A baseline is edited by hand and merged by machines.
@Suite struct BaselineFuzzTests {
    private static let seeds = [
        """
        {
          "schemaVersion": "1",
          "asOf": "2026-11-20T00:00:00Z",
          "expiresAt": null,
          "entries": [
            {"policy": "files", "rule": "atMost", "source": "export", "kind": "file", "id": "file-1", "count": 1},
            {"policy": null, "rule": "coverage", "source": "export", "kind": "thread", "id": "t\\u00e9", "count": 2}
          ]
        }

        """,
        """
        {"schemaVersion": "1", "asOf": "2026-11-20T00:00:00.5+01:00", "expiresAt": "2027-01-01T00:00:00Z", "entries": []}
        """,
    ]
    private static let fragments = [
        "{", "}", "[", "]", ",", ":", "\"", "null", "0", "-1", "2147483648", "1e3", "99999999999999999999", "true",
        "\"expiresAt\": null,", "\"entries\": [],", "\"kind\": \"run\",", "\"count\": 3", "\\ud800", "\\u0000", "é",
        "&a ",
        "*a", "<<", "<<<<<<< HEAD\n", "=======\n", "\n---\n", "# ", "\u{FEFF}", "\t", "~",
        "{\"policy\": \"files\", \"rule\": \"atMost\", \"source\": \"export\", \"kind\": \"file\", \"id\": \"f\", \"count\": 9},",
    ]

    @Test func `a baseline is read as it would be written, or refused at a place in its file`() throws {
        var read = 0
        let run = try Fuzzing("Baseline fuzz", rounds: 3_000, share: 0.1) { (seed) throws in
            var random = SplitMix64(seed: seed)
            let bytes = random.mutation(of: Self.seeds, with: Self.fragments, places: 1...3)
            let baseline: Baseline
            do throws(ReportError) {
                baseline = try Baseline(bytes, path: "b.json")
            } catch {
                let place = error.description.split(separator: ":").dropFirst().first.flatMap { Int($0) }
                let lines = bytes.count { $0 == 10 || $0 == 13 } + 1
                #expect(place.map { (1...lines).contains($0) } == true, "seed \(seed): \(error)")
                return
            }
            read += 1
            #expect(try Baseline(Array(baseline.text.utf8), path: "again") == baseline, "seed \(seed)")
            #expect(baseline.entries.values.allSatisfy { $0 > 0 }, "seed \(seed)")
        }
        #expect(read > run.inputs / 50)
        #expect(run.isWithinLimits, "seed \(run.slowestSeed): \(run.slowest)")
    }
}
