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
}
