import JSONLines
import Testing

@Suite struct FieldsTests {
    private let table = JSONFieldTable(["id", "created_at", "object", "a_name_of_more_than_sixteen_bytes", "idx", ""])

    private func read<Result: Sendable>(_ json: String, _ body: @escaping @Sendable (JSONFields) -> Result) -> Result? {
        let file = TemporaryFile(Array(json.utf8))
        let table = table
        var result: Result?
        JSONFiles([file.path], threads: 1).read { window -> Result? in
            var found: Result?
            window.forEach { _, record in
                guard case .value(let value) = record else { return }
                var fields = JSONFields(table)
                fields.read(value)
                found = body(fields)
            }
            return found
        } consume: { _, found in
            result = found ?? result
        }
        return result
    }

    /// Policies may name more metadata keys than 16 bits count, and one that is not found is one that no record has.
    @Test func `of a hundred thousand names each is found`() {
        let names = (0..<100_000).map { "key_\($0)" }
        let table = JSONFieldTable(names)
        let file = TemporaryFile(
            "{\"key_0\":0,\"key_65535\":65535,\"key_65536\":65536,\"key_99999\":99999,\"key_\":1}".utf8)
        var found: [Int64?] = []
        JSONFiles([file.path], threads: 1).read { window -> [Int64?] in
            var found: [Int64?] = []
            window.forEach { _, record in
                guard case .value(let value) = record else { return }
                var fields = JSONFields(table)
                fields.read(value)
                found = [0, 1, 65_535, 65_536, 99_999].map { fields[$0]?.integer }
            }
            return found
        } consume: { _, values in
            found += values
        }
        #expect(found == [0, nil, 65_535, 65_536, 99_999])
    }

    @Test func `members are found by their names, also by escaped ones`() {
        let json =
            "{\"i\\u0064\":1,\"created_at\":2,\"created_au\":9,\"a_name_of_more_than_sixteen_bytes\":3,\"a_name_of_more_than_sixteen_bytez\":9,\"\":4}"
        #expect(
            read(json) { [$0[0], $0[1], $0[2], $0[3], $0[4], $0[5]].map { $0?.integer } } == [1, 2, nil, 3, nil, 4])
    }

    @Test(arguments: [
        ("{\"id\":1,\"id\":1}", true), ("{\"x\":1,\"x\":2}", true), ("{\"id\":1,\"i\\u0064\":1}", true),
        ("{\"id\":1,\"Id\":1,\"x\":1,\"y\":1}", false), ("{\"m\":{\"x\":1},\"x\":1}", false),
    ])
    func `a key that occurs twice is seen, wanted or not`(json: String, isRepeated: Bool) {
        #expect(read(json) { $0.hasRepeated } == isRepeated)
    }

    @Test func `a key that occurs twice is seen among very many`() {
        let keys = (0..<500).map { "\"key\($0)\":1" }.joined(separator: ",")
        #expect(read("{\(keys)}") { $0.hasRepeated } == false)
        for key in [0, 31, 32, 33, 499] { #expect(read("{\(keys),\"key\(key)\":2}") { $0.hasRepeated } == true) }
    }
}
