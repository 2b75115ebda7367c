import Connectors
import Records
import TestSupport
import Testing

@Suite struct FuzzTests {
    private let seeds = [
        #"{"id":"t","object":"thread","created_at":1700000000,"metadata":{"product":"support","tenant":{"a":[1]}},"tool_resources":{"code_interpreter":{"file_ids":["f"]}}}"#,
        #"{"id":"v","object":"vector_store","created_at":1,"last_active_at":1700000000,"expires_after":{"anchor":"last_active_at","days":7}}"#,
        #"{"id":"r","object":"response","created_at":1.5,"conversation":{"id":"c"},"output":[{"file_id":"f"}],"usage":{"total_tokens":1}}"#,
        #"{"object":"list","data":[{"id":"m","object":"thread.message","thread_id":"t","content":[{"image_file":{"file_id":"f"}}]}],"has_more":true}"#,
        #"{"id":"c","create_time":null,"mapping":{"a":{"message":{"id":"a","author":{"role":"user"},"content":{"parts":[{"asset_pointer":"sediment://f"}]}}}}}"#,
    ]
    private let pieces = [
        "null", "0", "-1", "1e308", "18446744073709551615", "\"\"", "{}", "[]", "true", "\"t\"", "9223372036854775807",
        "4294967295",
    ]

    @Test func `no value in any place traps, and nothing goes missing without a word`() throws {
        var random = SplitMix64(seed: 5)
        let export = try TemporaryExport([:])
        var lines: [String] = []
        for _ in 0..<(Campaign.isSoak ? 200_000 : 4000) {
            var tokens = (seeds.randomElement(using: &random) ?? "").split(
                separator: ",", omittingEmptySubsequences: false
            ).map(String.init)
            let index = Int.random(in: 0..<tokens.count, using: &random)
            if let colon = tokens[index].firstIndex(of: ":"), Bool.random(using: &random) {
                let closing = tokens[index].reversed().prefix { $0 == "}" || $0 == "]" }
                tokens[index] = tokens[index][...colon] + (pieces.randomElement(using: &random) ?? "") + String(closing)
            } else if Bool.random(using: &random) {
                tokens.remove(at: index)
            } else {
                tokens.insert(tokens[index], at: index)
            }
            lines.append(tokens.joined(separator: ","))
        }
        try export.write("all.ndjson", Array(lines.joined(separator: "\n").utf8))
        let inventory = try export.read()
        #expect(inventory.problems.counts[.malformedLine] ?? 0 > 0)
        #expect(inventory.problems.counts[.duplicateKey] ?? 0 > 0)
        #expect(inventory.count > 0)
    }

    private static let conversations = """
        [{"title":"x","create_time":1704629915.775304,"update_time":1704717442.442031,"conversation_id":"c1","id":"c1",
        "mapping":{"root":{"id":"root","message":null,"parent":null,"children":["a"]},
        "a":{"id":"a","message":{"id":"a","author":{"role":"user"},"create_time":null,"metadata":{"attachments":[{"id":"f"}]},
        "content":{"parts":["hello",{"asset_pointer":"file-service://file-2"}]}},"parent":"root","children":[]}}},
        {"create_time":1704629915,"update_time":null,"id":"c2","mapping":{}}]

        """

    /// Bytes instead of values: what is torn, merged, cut off or not text at all.
    @Test(arguments: ["all.ndjson", "conversations.json", "messages.json"])
    func `no bytes trap, and one thread reads what two read`(name: String) throws {
        let seeds =
            name == "conversations.json" ? [Self.conversations] : [self.seeds.joined(separator: "\n"), "[", "]\n"]
        let fragments =
            pieces + [
                "{", "}", "[", "]", ",", ":", "\n", "\"", "\\u0000", "\\ud800", "\u{FEFF}", "é", "\u{0}", "1e400",
            ]
        let run = try Fuzzing("Export fuzz, \(name)", rounds: 300, share: 0.1) { (seed) throws in
            var random = SplitMix64(seed: seed)
            let bytes = random.mutation(of: seeds, with: fragments)
            let export = try TemporaryExport([:])
            try export.write(name, bytes)
            let (one, two) = (try? export.read(threads: 1), try? export.read(threads: 2))
            let text = String(decoding: bytes, as: UTF8.self).debugDescription
            #expect(one?.lines == two?.lines && one?.places == two?.places, "seed \(seed): \(text)")
            // Nothing can be read where no object says what it is, and the file's name does not either.
            #expect(one != nil || name == "all.ndjson", "seed \(seed): \(text)")
        }
        #expect(run.isWithinLimits, "seed \(run.slowestSeed): \(run.slowest)")
    }
}
