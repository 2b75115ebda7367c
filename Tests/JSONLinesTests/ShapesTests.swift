import JSONLines
import TestSupport
import Testing

@Suite struct ShapesTests {
    private static let names = ["file_id", "ca"]

    /// What fields say of one object after another.
    private struct Found: Equatable, Sendable {
        var hasRepeated: Bool
        var contents: JSONContents
        var values: [String?]
        var repeated: [Bool]
    }

    /// Reads lines with the same fields, as a scan does.
    private func read(_ lines: [String], fields wanted: [String] = []) -> [Found] {
        let file = TemporaryFile(Array((lines.joined(separator: "\n") + "\n").utf8))
        var result: [Found] = []
        JSONFiles([file.path], threads: 1).read {
            JSONFields(JSONFieldTable(wanted), below: JSONFieldTable(Self.names))
        } work: { fields, window -> [Found] in
            var found: [Found] = []
            window.forEach { _, record in
                guard case .value(let value) = record else { return }
                fields.read(value)
                let contents = fields.below
                found.append(
                    Found(
                        hasRepeated: fields.hasRepeated, contents: contents,
                        values: wanted.indices.map { field in fields[field].map(Self.json) },
                        repeated: wanted.indices.map { fields.isRepeated($0) }))
            }
            return found
        } consume: { _, found in
            result += found
        }
        return result
    }

    private static func json(_ value: JSONValue) -> String {
        var json: [UInt8] = []
        value.appendJSON(to: &json)
        return String(decoding: json, as: UTF8.self)
    }

    private func repeats(_ line: String) -> Bool? { read([line]).first?.contents.repeatsKey }

    @Test(arguments: [
        (#"{"a":1,"a":2}"#, false), (#"{"m":{"x":1,"x":2}}"#, true), (#"{"m":{"x":1,"y":{"x":2}},"x":3}"#, false),
        (#"{"m":[[],[1,-2,3.5,18446744073709551615,null,true,{"x":1,"\u0078":2}]]}"#, true),
        (#"{"m":{"a":1,"\u0061":2}}"#, true), (#"{"m":{"é":1,"\u00e9":2}}"#, true), (#"{"m":{"a":1,"A":2}}"#, false),
        (#"{"m":{"":1,"":2}}"#, true), (#"{"m":{"aaaaaaaaa1":1,"aaaaaaaaa2":2}}"#, false), (#""x""#, false),
        (#"{"m":{"aaaaaaaaa1":1,"b":{},"c":[{}],"aaaaaaaaa1":2}}"#, true), (#"{}"#, false), (#"{"m":{}}"#, false),
        (#"{"m":{},"n":[{"a":{"a":{"a":1}}}]}"#, false), (#"{"m":[{"a":1,"b":2},{"a":1,"b":2}]}"#, false),
        (#"{"m":[{"a":1,"b":2},{"a":1,"a":2}]}"#, true), (#"[{"a":1,"b":2},{"a":1,"a":2}]"#, false),
    ])
    func `a key that occurs twice below is seen, wherever it is (case 79)`(json: String, isRepeated: Bool) {
        #expect(repeats(json) == isRepeated)
        let others = [#"{"m":{"x":1,"y":2}}"#, #"{"m":[{"a":1,"b":2},{"a":1,"b":2}]}"#, #"{"m":{"a":1,"b":2}}"#]
        #expect(
            read(others + [json] + others + [json]).map(\.contents.repeatsKey).filter(\.self).count
                == (isRepeated ? 2 : 0))
    }

    @Test func `a key is told from every other of its length, wherever they differ (case 79)`() {
        for length in [1, 2, 3, 4, 5, 7, 8, 11, 12, 13, 14, 19, 20, 21, 27, 28, 29, 40] {
            let known = String(repeating: "k", count: length)
            let others = (0..<length).map { place in String((0..<length).map { $0 == place ? "x" : "k" }) }
            let lines = others.flatMap { other in
                [known, other].map { #"{"\#($0)":1,"m":{"\#($0)":{"\#(other)":1},"\#(known)":2}}"# }
            }
            let found = read(lines, fields: [known])
            #expect(found.map(\.contents.repeatsKey) == others.flatMap { _ in [true, false] })
            #expect(found.map(\.values) == others.flatMap { _ in [["1"], [nil]] })
        }
    }

    @Test func `what fields say does not depend on what was read before`() {
        var random = SplitMix64(seed: 7)
        let templates = (0..<60).map { _ in Tree.object(4, &random) }
        let trees = (0..<8_000).map { _ in (templates.randomElement(using: &random) ?? .array([])).varied(&random) }
        let wanted = ["a", "id", "ca", "cca", "file_id", "", String(repeating: "c", count: 30)]
        let found = read(trees.map { $0.json(escapes: Bool.random(using: &random)) }, fields: wanted)
        #expect(found.count == trees.count)
        var counts: [String: Int] = [:]
        for (tree, found) in zip(trees, found) {
            let keys = tree.keys
            let below = keys.dropFirst()
            var contents = (repeatsKey: below.contains { Set($0).count < $0.count }, hasName: false)
            contents.hasName = below.contains { $0.contains { Self.names.contains($0) } }
            let hasRepeated = Set(keys[0]).count < keys[0].count
            #expect(found.contents.repeatsKey == contents.repeatsKey)
            #expect(found.contents.hasName == contents.hasName)
            #expect(found.hasRepeated == hasRepeated)
            #expect(found.values == wanted.map { tree.values($0).first?.json() })
            #expect(found.repeated == wanted.map { tree.values($0).count > 1 })
            if contents.repeatsKey { counts["a key twice below", default: 0] += 1 }
            if contents.hasName { counts["a name below", default: 0] += 1 }
            if hasRepeated { counts["a key twice", default: 0] += 1 }
            if found.values.contains(where: { $0 != nil }) { counts["a field", default: 0] += 1 }
        }
        print("8,000 objects of 60 templates:", counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
        for what in ["a key twice below", "a name below", "a key twice", "a field"] {
            #expect((800...7_200).contains(counts[what] ?? 0), "\(what): \(counts[what] ?? 0)")
        }
    }

    @Test func `a key that occurs twice is seen among very many and very deep (case 79)`() {
        let keys = (0..<10_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
        #expect(repeats("{\"m\":{\(keys)}}") == false)
        #expect(repeats("{\"m\":{\(keys),\"k9999\":0}}") == true)
        #expect(repeats("{\"m\":[\(keys.split(separator: ",").map { "{\($0)}" }.joined(separator: ","))]}") == false)
        for depth in [10, 100, 120, 130, 500, 900] {
            func nested(_ inner: String) -> String {
                String(repeating: "{\"a\":[", count: depth / 2) + inner + String(repeating: "]}", count: depth / 2)
            }
            #expect(
                read([nested("{\"a\":1,\"b\":2}"), nested("{\"a\":1,\"a\":2}")]).map(\.contents.repeatsKey) == [
                    false, true,
                ])
        }
    }

    @Test func `keys that were chosen to have one hash are told apart, in no time that grows with their square`() {
        let keys = CollidingKeys.keys(1_000)
        let members = keys.map { "\"\($0)\":1" }.joined(separator: ",")
        #expect(read(["{\(members)}"]).map(\.hasRepeated) == [false])
        #expect(read(["{\(members),\"\(keys[999])\":1}"]).map(\.hasRepeated) == [true])
        #expect(repeats("{\"m\":{\(members)}}") == false)
        #expect(repeats("{\"m\":{\(members),\"\(keys[0])\":1}}") == true)
    }

    @Test func `more shapes than are remembered are read all the same`() {
        let lines = (0..<1_500).map { number in
            let members = (0..<number % 90).map { "\"k\($0 * number % 97)\":\($0)" }.joined(separator: ",")
            return "{\"id\":\(number),\"m\":{\(members)}}"
        }
        let repeated = (0..<1_500).map { number in
            let keys = (0..<number % 90).map { $0 * number % 97 }
            return Set(keys).count < keys.count
        }
        let found = read(lines, fields: ["id"])
        #expect(found.map(\.values) == (0..<1_500).map { ["\($0)"] })
        #expect(found.map(\.contents.repeatsKey) == repeated)
        #expect(repeated.filter(\.self).count == 14)
    }
}

/// Keys of sixteen letters that have the same quick hash.
private enum CollidingKeys {
    static func keys(_ count: Int) -> [String] {
        var keys: [String] = []
        var random = SplitMix64(seed: 3)
        let target: UInt64 = hash(first: word("abcdefgh")) ^ word("ijklmnop")
        while keys.count < count {
            let letters = (0..<8).map { _ in UInt8.random(in: 97...122, using: &random) }
            let first = letters.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let second = hash(first: first) ^ target
            let bytes = (0..<8).map { UInt8(truncatingIfNeeded: second >> UInt64($0 * 8)) }
            guard bytes.allSatisfy({ (35...91).contains($0) || (93...126).contains($0) }) else { continue }
            keys.append(String(decoding: letters + bytes, as: UTF8.self))
        }
        return keys
    }

    /// The hash as it stands after eight letters of sixteen.
    private static func hash(first: UInt64) -> UInt64 {
        let hash = 16 &* 0x9E37_79B9_7F4A_7C15 ^ first
        return (hash &* 0xFF51_AFD7_ED55_8CCD) ^ (hash >> 32)
    }

    private static func word(_ text: String) -> UInt64 {
        text.utf8.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
