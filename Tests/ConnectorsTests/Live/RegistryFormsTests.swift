import Policies
import Records
import SQLite
import TestSupport
import Testing

@testable import Connectors

/// One registry in every form, against a model that is slow and obvious.
@Suite struct RegistryFormsTests {
    private struct Row {
        let id: String
        let kind: Kind
        var texts: [RecordAttribute: String] = [:]
        var last: Int64?
    }

    private static let kinds: [Kind] = [.thread, .conversation, .response]
    private static let texts = ["a", "b,c", "\"q\"", "d \"e\", f", "é\u{1F600}", " x ", "null", "0"]

    private func rows(_ dice: inout SplitMix64) -> [Row] {
        (0..<Int.random(in: 0...30, using: &dice)).map { _ in
            var row = Row(id: "x\(Int.random(in: 0...9, using: &dice))", kind: dice.pick(Self.kinds))
            for attribute in RecordAttribute.allCases where dice.chance(40) {
                row.texts[attribute] = dice.pick(Self.texts)
            }
            if dice.chance(40) { row.last = Int64.random(in: 1_000_000...2_000_000_000, using: &dice) }
            return row
        }
    }

    private func csv(_ rows: [Row], _ dice: inout SplitMix64) -> String {
        var text = "id,kind,owner,subject,tenant,lastActivity,note\r\n"
        for row in rows {
            var cells = [row.id, row.kind.name]
            cells += RecordAttribute.allCases.map { row.texts[$0] ?? "" }
            cells += [row.last.map(String.init) ?? "", "whatever"]
            let written = cells.map { cell in
                guard cell.contains("\"") || cell.contains(",") || dice.chance(30) else { return cell }
                return "\"\(cell.replacing("\"", with: "\"\""))\""
            }
            text += written.joined(separator: ",") + (dice.chance(50) ? "\n" : "\r\n")
        }
        return text
    }

    private func ndjson(_ rows: [Row], _ dice: inout SplitMix64) -> String {
        rows.map { row in
            var members = [#""id":"\#(row.id)""#, #""kind":"\#(row.kind.name)""#, #""created_at":1"#]
            for attribute in RecordAttribute.allCases {
                if let text = row.texts[attribute] {
                    members.append(#""\#(attribute.name)":"\#(text.replacing("\"", with: "\\\""))""#)
                } else if dice.chance(30) {
                    members.append(#""\#(attribute.name)":null"#)
                }
            }
            if let last = row.last { members.append(#""lastActivity":\#(last)"#) }
            return "{\(members.shuffled(using: &dice).joined(separator: ","))}\n"
        }.joined()
    }

    private func database(_ rows: [Row], _ path: String) throws {
        let database = try Database(path: path, access: .writing)
        try database.execute("CREATE TABLE r (id, kind, owner, subject, tenant, last)")
        var insert = try database.statement("INSERT INTO r VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        for row in rows {
            try insert.bind(row.id, to: 1)
            try insert.bind(row.kind.name, to: 2)
            for (place, attribute) in RecordAttribute.allCases.enumerated() {
                try insert.bind(row.texts[attribute], to: Int32(place + 3))
            }
            try insert.bind(row.last, to: 6)
            try insert.run()
        }
    }

    /// Every record in one line: what is stated of it, and what of that in several ways.
    private func model(_ rows: [Row], _ kind: Kind) -> [String] {
        let own = rows.filter { $0.kind == kind }
        return Set(own.map(\.id)).sorted().map { id in
            let stated = own.filter { $0.id == id }
            let parts = RecordAttribute.allCases.map { attribute in
                let values = Set(stated.compactMap { $0.texts[attribute] })
                return values.count > 1 ? "?" : values.first ?? "-"
            }
            return "\(id) \(parts) \(stated.compactMap(\.last).max().map { "\($0)" } ?? "-")"
        }
    }

    private func lines(_ registry: Registry, _ kind: Kind) -> [String] {
        registry.ids(of: kind).sorted().map { id in
            let facts = registry.facts(Array(id.utf8).span, kind)
            let parts = RecordAttribute.allCases.map { attribute in
                let code = facts?[attribute] ?? StringTable.absent
                return code == StringTable.undecided ? "?" : registry.strings.string(code) ?? "-"
            }
            return "\(id) \(parts) \(facts?.lastActivity.map { "\($0 / 1_000_000)" } ?? "-")"
        }
    }

    @Test func `CSV, NDJSON and a database say the same of the same records`() throws {
        var disputed = 0
        var records = 0
        for seed in UInt64(0)..<60 {
            var dice = SplitMix64(seed: seed)
            let rows = rows(&dice)
            let scratch = try Scratch()
            try database(rows, scratch.path("r.db"))
            let sql =
                "SELECT lastActivity, id, tenant, kind, owner, subject FROM "
                + "(SELECT *, last AS lastActivity FROM r)"
            let places: [Source.RegistryEntry.Place] = [
                .file(try scratch.write("r.csv", csv(rows, &dice))),
                .file(try scratch.write("r.ndjson", ndjson(rows, &dice))),
                .query(database: scratch.path("r.db"), sql: sql),
            ]
            for place in places {
                let registry = try Registry([.init(place, kind: nil)])
                for kind in Self.kinds { #expect(lines(registry, kind) == model(rows, kind), "seed \(seed) \(place)") }
                #expect(
                    registry.conflicts.isEmpty == !Self.kinds.contains { model(rows, $0).contains { $0.contains("?") } }
                )
            }
            let all: [String] = Self.kinds.flatMap { model(rows, $0) }
            disputed += all.count { $0.contains("\"?\"") }
            records += all.count
        }
        print("registry forms: \(records) records, \(disputed) disputed")
        #expect(records > 300 && disputed > 40)
    }

    @Test func `no bytes stop the reading but with a line and a reason`() throws {
        let seeds = [
            ("r.csv", "id,kind,tenant,lastActivity\na,thread,\"x, \"\"y\"\"\",1700000000\nb,response,,\n"),
            ("r.ndjson", #"{"id":"a","kind":"thread","tenant":"x","lastActivity":1700000000}"# + "\n"),
            ("r.txt", "thread_1\nthread_2\n"),
        ]
        let scratch = try Scratch()
        var dice = SplitMix64(seed: 4)
        var defects = 0
        for round in 0..<900 {
            let (name, text) = seeds[round % seeds.count]
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &dice) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &dice)
                switch Int.random(in: 0..<4, using: &dice) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &dice)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(dice.pick(Array("\",\n{}:\r\\".utf8)), at: place)
                default: bytes.removeSubrange(place...)
                }
            }
            let path = try scratch.write(name, bytes)
            do throws(RegistryDefect) {
                _ = try Registry([.init(.file(path), kind: .thread)])
            } catch {
                defects += 1
                #expect(error.place.hasPrefix("\(path):") && !error.reason.isEmpty && !error.hint.isEmpty)
            }
        }
        #expect((100...800).contains(defects), "\(defects)")
    }
}
