import CEL
import Chronology
import Testing

/// Three records in columns, one of which is used by the others; what is known of the third's metadata is nothing.
private final class Estate: CELObjectSource, CELMapSource, CELListSource {
    let objectType = CELObjectType(
        name: "record",
        fields: [
            .init("kind", .string), .init("created", .timestamp), .init("metadata", .map(.string, .string)),
            .init("usedBy", .list(.object("record"))),
        ])
    private let kinds = ["file", "thread", "thread"]
    private let metadata = [["product": "support"], ["tenant": "t1", "product": "sales"], [:]]

    func field(at index: Int, of row: Int) -> CELLookup {
        switch index {
        case 0: .value(.string(kinds[row]))
        case 1: row == 0 ? .absent : .value(.timestamp(Instant(seconds: 86_400 * Int64(row))))
        case 2: .value(.map(CELMap(self, row: row)))
        default: row == 2 ? .unknown("threads were not read to their end") : .value(.list(CELList(self, row: row)))
        }
    }

    func count(of row: Int) -> Int { metadata[row].count }

    func keys(of row: Int) -> [String] { metadata[row].keys.sorted() }

    func value(forKey key: String, of row: Int) -> CELLookup {
        if row == 2 { return .unknown("two copies differ in '\(key)'") }
        return metadata[row][key].map { .value(.string($0)) } ?? .absent
    }

    func element(at index: Int, of row: Int) -> CELLookup { .value(.object(CELObject(self, row: 1 + index))) }
}

private struct Months: CELOpaque, Equatable {
    let count: Int64
    var typeName: String { "months" }
    func isEqual(to other: any CELOpaque) -> Bool { other as? Months == self }
}

@Suite struct HostTests {
    private static let estate = Estate()

    private static let environment: CELEnvironment = {
        var environment = CELEnvironment()
        environment.declare(object: estate.objectType)
        environment.declare(variable: "object", .object("record"))
        environment.declare(variable: "anything", .dyn)
        environment.declare(
            function: CELFunction(
                "months", [.int], returns: .opaque("months"),
                .unary { value in
                    guard case .int(let count) = value, count >= 0 else {
                        return .failure(CELError(.invalidArgument, "months are counted from 0"))
                    }
                    return .success(.opaque(Months(count: count)))
                }))
        environment.declare(
            function: CELFunction(
                "_+_", [.timestamp, .opaque("months")], returns: .timestamp,
                .binary { time, months in
                    guard case .timestamp(let time) = time, case .opaque(let months as Months) = months else {
                        return .failure(CELError("the arguments are not what was declared"))
                    }
                    return .success(.timestamp(Instant(seconds: time.seconds + months.count * 2_592_000)))
                }))
        environment.declare(
            function: CELFunction(
                "words.join", [.string, .string, .string], returns: .string,
                .variadic { values in
                    .success(.string(values.map { if case .string(let text) = $0 { text } else { "" } }.joined()))
                }))
        environment.declare(
            function: CELFunction(
                "shout", [.string], returns: .string, isMember: true, .unary { value in .success(value) }))
        return environment
    }()

    private func outcome(of text: String, row: Int) -> String {
        let object = CELValue.object(CELObject(Self.estate, row: row))
        return CELTests.outcome(of: text, in: Self.environment, ["object": object, "anything": object])
    }

    @Test(arguments: [
        ("object.kind", "'file'", "'thread'", "'thread'"),
        ("has(object.created)", "false", "true", "true"),
        ("object.created > timestamp(0)", "!no-such-field", "true", "true"),
        ("!has(object.metadata.tenant)", "true", "false", "!unknown"),
        ("object.metadata.product == 'support'", "true", "false", "!unknown"),
        ("object.metadata['tenant']", "!no-such-key", "'t1'", "!unknown"),
        ("'tenant' in object.metadata", "false", "true", "!unknown"),
        ("object.metadata.exists(k, k == 'tenant')", "false", "true", "false"),
        ("size(object.metadata)", "1", "2", "0"),
        ("object.usedBy.all(u, u.kind == 'thread')", "true", "true", "!unknown"),
        ("object.usedBy.size()", "1", "2", "!unknown"),
        ("object.kind == 'thread' || object.usedBy.size() > 5", "false", "true", "true"),
        ("anything.kind", "'file'", "'thread'", "'thread'"),
        ("anything.nothing", "!no-such-field", "!no-such-field", "!no-such-field"),
        ("object == anything", "true", "true", "true"),
        ("object in object.usedBy", "false", "true", "!unknown"),
        ("object.created + months(1) > timestamp(2592000)", "!no-such-field", "true", "true"),
        ("object.kind.shout()", "'file'", "'thread'", "'thread'"),
        ("words.join(object.kind, '-', 'x')", "'file-x'", "'thread-x'", "'thread-x'"),
    ])
    func `objects are read field by field`(text: String, first: String, second: String, third: String) {
        #expect([0, 1, 2].map { outcome(of: text, row: $0) } == [first, second, third])
    }

    @Test func `an unknown outweighs an error, and a decision outweighs both`() {
        let failing = "object.created > timestamp('x')"
        let unknown = "object.metadata.a == 'b'"
        #expect(outcome(of: "\(failing) || \(unknown)", row: 2) == "!unknown")
        #expect(outcome(of: "\(failing) || \(unknown) || true", row: 2) == "true")
    }

    @Test func `overloads of operators keep to their types`() {
        #expect(outcome(of: "timestamp(0) + months(1)", row: 0) == "1970-01-31T00:00:00Z")
        #expect(outcome(of: "timestamp(0) + duration('1s')", row: 0) == "1970-01-01T00:00:01Z")
        #expect(outcome(of: "timestamp(0) + months(0 - 1)", row: 0) == "!invalid-argument")
        #expect(outcome(of: "dyn(1) + dyn(months(1))", row: 0) == "!no-matching-overload")
        #expect(outcome(of: "months(1) == months(1) && months(1) != months(2)", row: 0) == "true")
        #expect(complaints(about: "1 + months(1)", in: Self.environment) == ["1:1: '+' does not join int and months"])
    }

    @Test(arguments: [
        ("object.metadata.a == '1' && has(object.metadata.b) && 'c' in object.metadata", ["a", "b", "c"], false),
        ("object.metadata['a' + 'b'] == ''", ["ab"], false),
        ("object.metadata[object.kind] == ''", [], true),
        ("object.metadata.exists(k, k == 'a')", [], true),
        ("size(object.metadata) > 0 || object.metadata.a == ''", ["a"], true),
        ("object.usedBy.exists(u, u.metadata.tenant == object.metadata.tenant)", ["tenant"], false),
        ("anything.metadata.a == ''", ["a"], false),
        ("has(object.metadata)", [], false),
        ("{'metadata': {'z': 1}}.metadata.z == 1", [], false),
        ("object.kind == 'file'", [], false),
    ])
    func `the keys that are read are known`(text: String, keys: [String], isDynamic: Bool) throws {
        let use = try Self.environment.compile(text).keysRead(ofField: "metadata", of: "record")
        #expect(use.keys == keys)
        #expect(use.isDynamic == isDynamic)
    }

    @Test func `the fields that are read are known`() throws {
        let program = try Self.environment.compile("object.usedBy.all(u, has(u.created)) || object.kind == 'a'")
        #expect(program.fieldsRead(of: "record") == ["usedBy", "created", "kind"])
    }

    @Test func `an observer sees what each part came to`() throws {
        let program = try Self.environment.compile("object.kind == 'file' && has(object.created)")
        var seen: [String] = []
        let activation = CELBindings([.value(.object(CELObject(Self.estate, row: 0)))])
        _ = program.evaluate(activation) { id, result in
            seen.append("\(program.syntax.text(of: id)) = \(shown(result))")
        }
        #expect(
            seen == [
                "object = record#0", "object.kind = 'file'", "'file' = 'file'", "object.kind == 'file' = true",
                "object = record#0", "has(object.created) = false",
                "object.kind == 'file' && has(object.created) = false",
            ])
    }
}
