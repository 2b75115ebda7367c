import Chronology
import Foundation
import Records
import TestSupport
import Testing

@testable import Ledger

/// Random services that change from run to run, read in part or whole by runs that may be stopped, beside a model that
/// has a row for every record.
@Suite struct ListedPropertyTests {
    /// Lists of a service: files and stores at the top, files below stores; and threads that are asked for by their ids,
    /// with messages below.
    private struct Service {
        var files: [String] = []
        var threads: [String] = []
        /// By store and by thread.
        var stores: [String: [String]] = [:]
        var messages: [String: [String]] = [:]
    }

    private struct Tally {
        var runs = 0, stopped = 0, whole = 0, gone = 0, unproven = 0, lost = 0, stretches = 0, single = 0, back = 0
    }

    /// Ids of which many end a piece of a list, so that short lists have several.
    private static let pool: [String] = {
        var enders: [String] = []
        var others: [String] = []
        var number = 0
        while enders.count < 40 {
            let id = "id-\(number)"
            var list = IdList()
            for _ in 0..<17 { list.append(id.utf8.span) }
            if list.pieces().count > 1 { enders.append(id) } else if others.count < 120 { others.append(id) }
            number += 1
        }
        return enders + others
    }()

    @Test func `what lists give is known, gone, lost and forgotten as if every record had a row of its own`() throws {
        var tally = Tally()
        for seed in 0..<(Campaign.isSoak ? 1_000 : 40) {
            try check(UInt64(seed), &tally)
        }
        print("ledgers of lists: \(tally)")
        #expect(tally.stopped > 20 && tally.whole > 40 && tally.gone > 300 && tally.unproven > 20 && tally.lost > 60)
        #expect(tally.stretches > 400 && tally.single > 100 && tally.back > 20)
    }

    private func check(_ seed: UInt64, _ tally: inout Tally) throws {
        var random = SplitMix64(seed: seed)
        let scratch = try Scratch()
        let path = scratch.path("ledger.db")
        var model = SlowLedger()
        var service = Service()
        for _ in 0..<3 { change(&service, &random) }
        for number in 0..<6 {
            let day = number
            model.begin(day: day)
            tally.runs += 1
            do {
                let ledger = try Ledger(path: path, now: Instant(seconds: 0), tool: "1")
                let run = try LedgerRun(ledger, asOf: Self.day(day), policies: "p")
                try self.run(run, service, &model, &random, &tally, seed)
            }
            try compare(path, model, day, &tally, "seed \(seed), run \(number)")
            let before = Set(service.files)
            change(&service, &random)
            tally.back += Set(service.files).subtracting(before).isEmpty ? 0 : 1
        }
    }

    private static func day(_ day: Int) -> Moment { Moment(seconds: 86_400 * Int64(1 + day)) }

    private func change(_ service: inout Service, _ random: inout SplitMix64) {
        if random.chance(4) {
            service = Service()
            return
        }
        change(&service.files, &random, most: 150)
        change(&service.threads, &random, most: 6)
        var stores = service.stores.keys.sorted()
        change(&stores, &random, most: 4)
        service.stores = Dictionary(uniqueKeysWithValues: stores.map { ($0, service.stores[$0] ?? []) })
        for store in stores { change(&service.stores[store, default: []], &random, most: 40) }
        for thread in service.threads { change(&service.messages[thread, default: []], &random, most: 20) }
        service.messages = service.messages.filter { service.threads.contains($0.key) }
    }

    private func change(_ list: inout [String], _ random: inout SplitMix64, most: Int) {
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<3: break
        case 3: list.shuffle(using: &random)
        case 4: list.removeAll { _ in random.chance(70) }
        default:
            list.removeAll { _ in random.chance(15) }
            for _ in 0..<Int.random(in: 0...most / 3, using: &random) {
                let id = random.pick(Self.pool)
                guard list.count < most, !list.contains(id) || random.chance(3) else { continue }
                list.insert(id, at: Int.random(in: 0...list.count, using: &random))
            }
        }
    }

    /// One run, which may be stopped anywhere.
    private func run(
        _ run: LedgerRun, _ service: Service, _ model: inout SlowLedger, _ random: inout SplitMix64,
        _ tally: inout Tally, _ seed: UInt64
    ) throws {
        var seen: [SlowLedger.Name] = []
        var absence = LedgerRun.Absence(kinds: KindSet([.file, .vectorStore, .vectorStoreFile, .thread, .message]))
        absence.isProven = random.chance(10)
        if try list(run, .file, nil, service.files, &seen, &model, &random, &tally) {
            absence.listed.formUnion(KindSet(.file))
        }
        let stores = service.stores.keys.sorted().map { "vs-\($0)" }
        if try list(run, .vectorStore, nil, stores, &seen, &model, &random, &tally) {
            absence.listed.formUnion(KindSet(.vectorStore))
        }
        var isWhole = true
        for (store, files) in service.stores.sorted(by: { $0.key < $1.key })
        where seen.contains(.init(kind: .vectorStore, id: "vs-\(store)")) {
            let ids = files.map { "vs-\(store)/\($0)" }
            isWhole =
                try list(run, .vectorStoreFile, "vs-\(store)", ids, &seen, &model, &random, &tally) && isWhole
        }
        if isWhole { absence.nested.append((.vectorStoreFile, .vectorStore)) }
        isWhole = true
        for thread in Self.pool.prefix(60).sorted() where random.chance(70) {
            guard service.threads.contains(thread) else {
                if random.chance(50) { absence.answered.append((.thread, thread)) }
                continue
            }
            try run.saw([.init(kind: .thread, id: thread, container: nil)], inSource: "s")
            model.saw(.init(kind: .thread, id: thread), below: nil)
            seen.append(.init(kind: .thread, id: thread))
            // What another thread once had may be here now.
            isWhole =
                try list(run, .message, thread, service.messages[thread] ?? [], &seen, &model, &random, &tally)
                && isWhole
        }
        if isWhole { absence.nested.append((.message, .thread)) }
        guard !random.chance(20) else { return tally.stopped += 1 }
        let judgement = try run.judge(absence, inSource: "s")
        #expect(judgement == model.judge(absence), "seed \(seed)")
        tally.gone += judgement.gone
        tally.unproven += judgement.unproven
        for document in ["a", "b"] {
            guard !random.chance(8) else { return tally.stopped += 1 }
            let until = random.chance(20) ? nil : Int.random(in: 0..<9, using: &random)
            let kept = seen.filter { _ in random.chance(60) }
            try run.oblige(
                kept.map { .init(kind: $0.kind, id: $0.id, until: until.map { Self.day($0) } ?? .unbounded) },
                inSource: "s", by: .policy, named: document)
            for name in kept { model.oblige(name, by: document, until: until) }
        }
        for name in seen where random.chance(3) {
            try run.ledger.deleted([(name.kind, name.id)], inSource: "s", at: Self.day(8))
            model.deleted(name)
        }
        try run.finish()
        model.finish()
        tally.whole += 1
    }

    /// Hands a list over, as a list or record by record, whole or not; whether it was whole.
    private func list(
        _ run: LedgerRun, _ kind: Kind, _ container: String?, _ ids: [String], _ seen: inout [SlowLedger.Name],
        _ model: inout SlowLedger, _ random: inout SplitMix64, _ tally: inout Tally
    ) throws -> Bool {
        let isWhole = random.chance(90)
        let ids = isWhole ? ids : Array(ids.prefix(Int.random(in: 0...ids.count, using: &random)))
        if random.chance(12) {
            try run.saw(ids.map { .init(kind: kind, id: $0, container: container) }, inSource: "s")
            tally.single += ids.count
        } else {
            var listing = LedgerRun.Listing(kind: kind, container: container)
            for id in ids { listing.ids.append(id.utf8.span) }
            try run.saw([listing], inSource: "s")
            tally.stretches += listing.ids.pieces().count
        }
        for id in ids {
            model.saw(.init(kind: kind, id: id), below: container)
            seen.append(.init(kind: kind, id: id))
        }
        return isWhole
    }

    private func compare(
        _ path: String, _ model: SlowLedger, _ day: Int, _ tally: inout Tally, _ comment: Comment
    ) throws {
        let ledger = try #require(try Ledger(reading: path))
        for kind in Kind.allCases {
            let ids = try ledger.ids(of: kind, inSource: "s").sorted()
            let wrong = Set(ids).symmetricDifference(model.ids(kind)).sorted()
            #expect(ids == model.ids(kind), "\(comment): \(kind) \(wrong)")
        }
        #expect(try ledger.goneCounts(inSource: "s") == model.goneCounts, comment)
        let lost = try ledger.lost(inSource: "s", asOf: Self.day(day), now: .unbounded).map { record in
            let duties = record.duties.map { duty in
                "\(duty.name) \(duty.until.isPoint ? "\(duty.until.microseconds / 86_400_000_000 - 1)" : "ever")"
            }
            let seen = record.lastSeen.microseconds / 86_400_000_000 - 1
            return "\(record.kind) \(record.id) seen \(seen): \(duties.joined(separator: ", "))"
        }
        #expect(lost == model.lost(day), comment)
        tally.lost += lost.count
    }
}
