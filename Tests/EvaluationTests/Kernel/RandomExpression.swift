/// Expressions over a record's fields, typed so that nearly all compile, and wild enough that many fail on some record.
struct RandomExpression<Source: RandomNumberGenerator> {
    var random: Source
    /// The names of the records that may be named.
    private var records = ["object"]

    init(_ random: Source) { self.random = random }

    mutating func truth(_ depth: Int) -> String {
        if depth == 0 { return leaf() }
        switch Int.random(in: 0..<16, using: &random) {
        case 0, 1: return "(\(truth(depth - 1)) && \(truth(depth - 1)))"
        case 2, 3: return "(\(truth(depth - 1)) || \(truth(depth - 1)))"
        case 4: return "!\(truth(depth - 1))"
        case 5: return "(\(truth(depth - 1)) ? \(truth(depth - 1)) : \(truth(depth - 1)))"
        case 6, 7: return "(\(integer(depth)) \(comparison()) \(integer(depth)))"
        case 8, 9: return "(\(time(depth)) \(comparison()) \(time(depth)))"
        case 10: return "(\(length(depth)) \(comparison()) \(length(depth)))"
        case 11: return "(\(text()) \(pick(["==", "!="])) \(text()))"
        case 12, 13: return quantified(depth)
        default: return leaf()
        }
    }

    private mutating func leaf() -> String {
        switch Int.random(in: 0..<15, using: &random) {
        case 12, 13: ofLibraries()
        case 0: "has(\(record()).\(pick(Self.fields)))"
        case 1: "has(\(record()).metadata.\(key()))"
        case 2: "'\(key())' in \(record()).metadata"
        case 3: "(\(text()) == \(literal()))"
        case 4: "\(text()).\(pick(["startsWith", "endsWith", "contains"]))(\(literal()))"
        case 5: "(\(text()) in [\(literal()), \(literal())])"
        case 6: "\(record()).id.\(pick(["startsWith", "endsWith", "contains"]))('\(pick(["m", "1", "e1", ""]))')"
        case 7: "(\(record()).id \(pick(["==", "!="])) '\(pick(["m1", "t1", "f2"]))')"
        case 8: "(int(\(text())) \(comparison()) \(integer(0)))"
        case 9: "(params.flag == \(pick(["true", "false"])))"
        case 10: "\(text()).matches('\(pick(["^a", "b$", "[0-9]"]))')"
        default: pick(["true", "false", "(1 / 0 == 1)"])
        }
    }

    /// What no kernel knows by itself: optional values, macros of two variables, named values, functions of strings.
    private mutating func ofLibraries() -> String {
        let list = "\(record()).\(pick(["contains", "uses", "usedBy"]))"
        return pick([
            "(\(record()).?\(pick(["tenant", "owner", "status"])).orValue('a') == \(literal()))",
            "\(record()).?container.hasValue()", "\(record()).metadata[?'\(key())'].hasValue()",
            "(\(record()).metadata.?\(key()).orValue('7') != \(literal()))",
            "(\(record()).?container.optMap(c, c.tenant).orValue('t1') == \(literal()))",
            "cel.bind(x, \(text()), (x == \(literal()) || x.startsWith('a')))",
            "cel.bind(object, \(record()), has(object.tenant))", "cel.bind(x, \(record()), (x.tenant == \(text())))",
            "\(list).exists(i, x, (i > 0 && x.tenant == \(literal())))",
            "\(list).all(i, x, (i < 2 || has(x.created)))",
            "(\(list).transformList(i, x, x.kind).size() > 1)",
            "(\(record()).metadata.transformMap(k, v, v.size()).size() > 2)",
            "\(record()).metadata.exists(k, v, (v == \(literal())))",
            "(\(text()).upperAscii() == 'A')", "(\(text()).replace('a', 'b').indexOf('b') >= 0)",
            "[object].exists(o, (o.tenant == \(literal())))", "[\(text())].exists(object, (object == \(literal())))",
        ])
    }

    private mutating func quantified(_ depth: Int) -> String {
        let list = "\(record()).\(pick(["contains", "uses", "usedBy"]))"
        let name = "r\(records.count)"
        records.append(name)
        defer { records.removeLast() }
        let body = truth(depth - 1)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return "\(list).all(\(name), \(body))"
        case 1: return "\(list).exists(\(name), \(body))"
        case 2: return "\(list).exists_one(\(name), \(body))"
        default: return "(size(\(list).filter(\(name), \(body))) \(comparison()) 1)"
        }
    }

    private mutating func integer(_ depth: Int) -> String {
        if depth > 0, Bool.random(using: &random) {
            return "(\(integer(depth - 1)) \(pick(["+", "-", "*", "/", "%"])) \(integer(depth - 1)))"
        }
        return pick([
            "\(record()).bytes", "\(record()).tokens", "\(record()).\(pick(["contains", "uses", "usedBy"])).size()",
            "0", "1", "2", "1000", "-7", "9223372036854775807", "params.limit", "\(record()).created.getFullYear()",
            "int(\(record()).metadata.product)",
        ])
    }

    private mutating func time(_ depth: Int) -> String {
        if depth > 0, Int.random(in: 0..<3, using: &random) == 0 {
            return "(\(time(depth - 1)) \(pick(["+", "-"])) \(constantLength()))"
        }
        return pick([
            "\(record()).created", "\(record()).created", "\(record()).lastActivity", "\(record()).lastModified",
            "\(record()).expires", "now", "timestamp('2026-11-01T00:00:00Z')",
            "timestamp('2026-11-01T00:00:00.000000001Z')", "timestamp('9999-12-31T12:00:00Z')", "(now - period('P1M'))",
            "timestamp(\(record()).metadata.closed_at)", "(\(record()).created + period('P1M'))",
        ])
    }

    private mutating func length(_ depth: Int) -> String {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: "age(\(time(depth - 1 > 0 ? 1 : 0)))"
        case 1: "(\(time(0)) - \(time(0)))"
        case 2 where depth > 0: "(\(length(0)) \(pick(["+", "-"])) \(length(0)))"
        default: constantLength()
        }
    }

    private mutating func constantLength() -> String {
        pick(["days(7)", "days(30)", "duration('1h')", "duration('1ns')", "duration('-90000h')", "days(100000)"])
    }

    private mutating func text() -> String {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: "\(record()).metadata.\(key())"
        case 1: "\(record()).metadata['\(key())']"
        default: "\(record()).\(pick(["kind", "source", "status", "role", "owner", "subject", "tenant"]))"
        }
    }

    private mutating func record() -> String {
        let record = pick(records)
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return "\(record).container"
        case 1: return "\(record).\(pick(["usedBy", "contains"]))[\(pick(["0", "1"]))]"
        default: return record
        }
    }

    private mutating func key() -> String { pick(["product", "closed_at", "regulated", "unread"]) }
    private mutating func literal() -> String {
        pick(["'a'", "'b1'", "'message'", "'run'", "'t1'", "'user'", "'7'", "'\u{e9}'", "'b1a'"])
    }
    private mutating func comparison() -> String { pick(["<", "<=", ">", ">=", "==", "!="]) }

    private mutating func pick(_ choices: [String]) -> String {
        choices[Int.random(in: choices.indices, using: &random)]
    }

    private static var fields: [String] {
        [
            "created", "lastActivity", "lastModified", "expires", "status", "role", "owner", "subject", "tenant",
            "bytes", "tokens", "container", "usedBy", "id", "metadata",
        ]
    }
}
