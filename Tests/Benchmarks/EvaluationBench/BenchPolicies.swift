import Chronology
import Policies

/// The documents of the benchmark.
enum BenchPolicies {
    /// Twenty policies over tables: kinds, a source, tenants, other metadata, age. About one record in a hundred is due.
    /// Three also oblige to keep, so that there is something to carry along references.
    static var tabular: String {
        var documents: [String] = []
        func add(_ match: String, days: Int, atLeast: Int? = nil, from clock: String = "created") {
            let keep = (atLeast.map { "atLeast: \($0)d, " } ?? "") + "atMost: \(days)d"
            documents.append(document("p\(documents.count)", match, keep: keep, from: clock))
        }
        add("{kinds: [message], metadata: {product: [support]}}", days: 307, atLeast: 7)
        add("{kinds: [message], metadata: {product: [sales]}}", days: 307)
        add("{kinds: [run]}", days: 307, atLeast: 30)
        add("{sources: [export], kinds: [thread, message]}", days: 308, atLeast: 7)
        for number in 1...8 {
            add("{kinds: [message], metadata: {tenant: [\(BenchEstate.tenant(number))]}}", days: 270)
        }
        for number in 9...12 {
            let tenant = BenchEstate.tenant(number)
            add(
                "{kinds: [message, thread], metadata: {product: [support], tenant: [\(tenant)]}}", days: 250,
                from: "lastActivity")
        }
        add("{metadata: {product: [none]}}", days: 1)
        add("{kinds: [message], where: \"object.metadata.tenant.startsWith('t17')\"}", days: 290)
        add("{kinds: [message], where: \"object.tenant == 't180' && object.role == 'user'\"}", days: 200)
        add("{kinds: [file], where: \"object.metadata.product in ['internal', 'sales']\"}", days: 306)
        return documents.joined()
    }

    /// Conditions that no table answers, and the kind of which each is asked. `evaluation_peers.py` has the same by name.
    static let general: [(name: String, kind: String, condition: String)] = [
        ("text and age", "message", "object.metadata.tenant.startsWith('t17') && age(object.created) > days(290)"),
        ("texts that all differ", "message", "object.id.contains('777') && object.id.endsWith('7')"),
        (
            "metadata of many values", "message",
            "has(object.metadata.user) && object.metadata.user.contains('42') && !object.metadata.user.endsWith('0')"
        ),
        ("has and a number", "file", "!has(object.expires) && object.bytes > 9800000"),
        ("status and time", "run", "object.status in ['queued', 'in_progress'] && now - object.created > days(300)"),
        ("container", "message", "object.container.tenant == 't180' && has(object.container.created)"),
        ("used by another tenant", "file", "object.usedBy.exists(u, u.tenant != object.tenant)"),
        ("all parts", "thread", "object.contains.all(p, p.created - object.created < duration('100h'))"),
        ("number of some parts", "thread", "size(object.contains.filter(p, p.kind == 'run')) == 0"),
        ("pattern", "message", "object.metadata.tenant.matches('^t1[0-4]+$') && object.created < now - period('P10M')"),
        ("last activity", "thread", "object.lastActivity - object.created > duration('239h')"),
    ]

    /// One policy for one kind, with a condition or without, that finds nothing due.
    static func single(_ kind: String, _ condition: String?) -> String {
        let part = condition.map { ", where: \"\($0)\"" } ?? ""
        return document("single", "{kinds: [\(kind)]\(part)}", keep: "atMost: 30000d", from: "created")
    }

    private static func document(_ name: String, _ match: String, keep: String, from clock: String) -> String {
        """
        ---
        apiVersion: tenure/v1
        kind: RetentionPolicy
        metadata: {name: \(name)}
        spec:
          match: \(match)
          clock: {from: \(clock)}
          keep: {\(keep)}
          whenDue: report

        """
    }

    static func load(_ text: String) -> PolicySet {
        let loaded = PolicyLoader.load(
            files: [("bench.yaml", Array(text.utf8))], asOf: BenchEstate.asOf.instant ?? .maximum)
        guard let policies = loaded.policies else { fatalError(DiagnosticReport.text(loaded.diagnostics)) }
        return policies
    }
}
