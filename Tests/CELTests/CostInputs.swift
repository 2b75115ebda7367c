import CEL
import TestSupport

/// Expressions of the right types over sized variables, and values that keep what their sizes promise.
struct CostInputs {
    private var dice: SplitMix64
    let sizes: CELSizes
    private let text: CELBounds
    private let count: CELBounds
    private let reading: CELBounds
    private let things: Things

    /// Objects of which one field is dear, and which counts what was paid for reading it.
    final class Things: CELObjectSource {
        let objectType = CELObjectType(
            name: "thing",
            fields: [
                .init("name", .string), .init("tags", .list(.string)), .init("labels", .map(.string, .string)),
                .init("others", .list(.object("thing"))), .init("dear", .list(.string)),
            ])
        fileprivate nonisolated(unsafe) var rows: [[CELLookup]] = []
        fileprivate nonisolated(unsafe) var prices: [Int] = []
        private nonisolated(unsafe) var paid = 0

        func field(at index: Int, of row: Int) -> CELLookup { rows[row][index] }

        func cost(ofReading index: Int, of row: Int) -> Int {
            guard index == 4 else { return 0 }
            paid += prices[row]
            return prices[row]
        }

        /// What was paid since it was last asked.
        func settle() -> Int {
            defer { paid = 0 }
            return paid
        }
    }

    init(seed: UInt64) {
        dice = SplitMix64(seed: seed)
        let bounds = { (most: Int, dice: inout SplitMix64) in
            let least = dice.chance(50) ? 0 : Int.random(in: 0...most, using: &dice)
            return CELBounds(least, Int.random(in: least...most, using: &dice))
        }
        text = bounds(dice.chance(20) ? 300 : 30, &dice)
        count = bounds(6, &dice)
        reading = bounds(500, &dice)
        let texts = CELExtent.list(count, of: .text(text))
        let labels = CELExtent.map(count, keys: .text(CELBounds(exactly: 1)), values: .text(text))
        sizes = CELSizes(
            variables: ["s": .text(text), "l": texts, "m": labels],
            fields: [
                "thing": [
                    "name": .init(.text(text)), "tags": .init(texts), "labels": .init(labels),
                    "others": .init(.list(count, of: .object("thing"))), "dear": .init(texts, reading: reading),
                ]
            ])
        things = Things()
    }

    static let environment: CELEnvironment = {
        // What is folded when it is compiled costs the same as what is not, as far as this allows.
        var environment = CELEnvironment(
            limits: CELLimits(cost: 100_000, total: 200_000), libraries: CELLibrary.all)
        environment.declare(object: Things().objectType)
        let variables: [(String, CELType)] = [
            ("s", .string), ("l", .list(.string)), ("m", .map(.string, .string)), ("o", .object("thing")),
            ("x", .int), ("t", .timestamp), ("d", .duration),
        ]
        for (name, type) in variables { environment.declare(variable: name, type) }
        return environment
    }()

    // MARK: Values

    /// The variables, and who knows what reading them cost.
    mutating func values() -> (variables: [String: CELValue], things: Things) {
        let rows = 4
        let things = things
        things.rows = (0..<rows).map { _ in
            let others = list { dice in
                .object(CELObject(things, row: Int.random(in: 0..<rows, using: &dice)))
            }
            let row: [CELLookup] = [
                .value(string()), .value(.list(list { _ in nil })), .value(.map(labels())), .value(.list(others)),
                .value(.list(list { _ in nil })),
            ]
            return row.map { field in
                dice.chance(85) ? field : dice.chance(50) ? .absent : .unknown("it was not read")
            }
        }
        things.prices = (0..<rows).map { _ in number(in: reading) }
        var variables: [String: CELValue] = [
            "s": string(), "l": .list(list { _ in nil }), "m": .map(labels()),
            "o": .object(CELObject(things, row: 0)), "x": .int(.random(in: -2...9, using: &dice)),
        ]
        if dice.chance(20), let missing = variables.keys.sorted().randomElement(using: &dice) {
            variables[missing] = nil
        }
        return (variables, things)
    }

    private mutating func number(in bounds: CELBounds) -> Int { .random(in: bounds.least...bounds.most, using: &dice) }

    private mutating func string() -> CELValue {
        let length = number(in: text)
        return .string(String(decoding: (0..<length).map { _ in dice.pick(Array("aab%, ".utf8)) }, as: UTF8.self))
    }

    private mutating func list(_ element: (inout SplitMix64) -> CELValue?) -> CELList {
        CELList((0..<number(in: count)).map { _ in element(&dice) ?? string() })
    }

    private mutating func labels() -> CELMap {
        CELMap((0..<number(in: count)).map { (.string(String("abcdef".dropFirst($0).prefix(1))), string()) }) ?? .empty
    }

    // MARK: Expressions

    /// One, and a third of the time one of the fuzzer's, which are of any type.
    mutating func expression(seed: UInt64) -> String {
        switch seed % 3 {
        case 0: FuzzInputs.allCases[Int(seed / 3) % 4].text(seed: seed)
        default: condition(Int.random(in: 1...5, using: &dice))
        }
    }

    private mutating func condition(_ depth: Int) -> String {
        guard depth > 0 else { return dice.pick(["true", "false", "x > 2", "has(o.name)", "has(m.a)"]) }
        let down = depth - 1
        return switch Int.random(in: 0..<14, using: &dice) {
        case 0, 1: "(\(condition(down)) \(dice.pick(["&&", "||"])) \(condition(down)))"
        case 2: "\(text(down)) \(dice.pick(["==", "!=", "<", ">="])) \(text(down))"
        case 3: "\(text(down)).\(dice.pick(["contains", "startsWith", "endsWith"]))(\(text(down)))"
        case 4:
            "\(text(down)).matches(\(dice.chance(80) ? dice.pick(["'a+b'", "'(a|b)*c'", "'^\\\\pL{9}$'"]) : text(down)))"
        case 5: "\(list(down)).\(dice.pick(["all", "exists", "exists_one"]))(s, \(condition(down)))"
        case 6: "o.others.\(dice.pick(["all", "exists", "exists_one"]))(o, \(condition(down)))"
        case 7: "\(text(down)) in \(list(down))"
        case 8: "\(list(down)) == \(list(down))"
        case 9: "\(labels(down)).all(k, v, \(condition(down)))"
        case 10: "(\(condition(down)) ? \(condition(down)) : \(condition(down)))"
        case 11: "\(text(down)).indexOf(\(text(down))) < \(dice.pick(["size", "int"]))(\(text(down)))"
        case 12: "cel.bind(l, \(list(down)), \(condition(down)))"
        default: "!\(condition(down))"
        }
    }

    private mutating func text(_ depth: Int) -> String {
        guard depth > 0 else {
            return dice.pick(["s", "o.name", "m.a", "l[0]", "'abc'", "''", "o.labels.?b.orValue(s)", "o.?name.value()"])
        }
        let down = depth - 1
        return switch Int.random(in: 0..<13, using: &dice) {
        case 0, 1: "(\(text(down)) + \(text(down)))"
        case 2: "\(text(down)).\(dice.pick(["trim", "lowerAscii", "reverse"]))()"
        case 3: "\(text(down)).replace(\(text(down)), \(text(down)))"
        case 4: "\(list(down)).join(\(text(down)))"
        case 5: "'%s and %s'.format([\(text(down)), \(list(down))])"
        case 6: "\(text(down)).substring(\(dice.pick(["0", "1, 2", "x"])))"
        case 7: "string(\(dice.chance(50) ? text(down) : condition(down)))"
        case 8: "(\(condition(down)) ? \(text(down)) : \(text(down)))"
        case 9: "base64.encode(bytes(\(text(down))))"
        case 10: "strings.quote(\(text(down)))"
        case 11: "cel.bind(s, \(text(down)), \(text(down)))"
        default: "\(list(down))[?0].orValue(\(text(down)))"
        }
    }

    private mutating func list(_ depth: Int) -> String {
        guard depth > 0 else { return dice.pick(["l", "o.tags", "o.dear", "o.dear", "['a', s]", "['a', 'b', 'c']"]) }
        let down = depth - 1
        return switch Int.random(in: 0..<8, using: &dice) {
        case 0: "\(list(down)).map(s, \(text(down)))"
        case 1: "\(list(down)).filter(s, \(condition(down)))"
        case 2: "\(text(down)).split(\(text(down)))"
        case 3: "(\(list(down)) + \(list(down)))"
        case 4: "[\(text(down)), ?\(labels(down))[?\(text(down))]]"
        case 5: "o.others.map(o, \(text(down)))"
        case 6: "\(list(down)).transformList(i, s, \(condition(down)), \(text(down)))"
        default: "\(labels(down)).map(k, k)"
        }
    }

    private mutating func labels(_ depth: Int) -> String {
        guard depth > 0 else { return dice.pick(["m", "o.labels", "{'a': s, 'b': 'x'}"]) }
        let down = depth - 1
        return switch Int.random(in: 0..<4, using: &dice) {
        case 0: "\(labels(down)).transformMap(k, s, \(text(down)))"
        case 1: "\(labels(down)).transformMapEntry(k, v, {k: v, \(text(down)): v})"
        case 2: "{'a': \(text(down)), ?\(text(down)): optional.ofNonZeroValue(\(text(down)))}"
        default: labels(0)
        }
    }
}
