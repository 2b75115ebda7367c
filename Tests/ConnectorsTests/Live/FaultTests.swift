import Records
import TestSupport
import Testing

@testable import Connectors
@testable import Twin

/// Services that fail in every way, by seeded schedules.
@Suite struct FaultTests {
    private static let passing = Faults.Kind.allCases.filter(\.isPassing)
    private static let harmless: [Faults.Kind] = [
        .floatTimes, .bareLists, .staleLists, .nullExpiry, .emptyErrors, .detailErrors, .orphans,
    ]
    private static let lossy: [Faults.Kind] = [.ignoredCursor, .emptyPages, .noLists, .forbidden, .dead]
    private static let schedules: Range<UInt64> = 0..<(Campaign.isSoak ? 2500 : 100)

    /// What a service holds, what of it cannot be listed, and what reading the same offline gives.
    private struct Estate {
        let service: ServiceKind
        let export: TemporaryExport
        let registry: Registry
        let offline: Inventory

        init(_ service: ServiceKind) throws {
            self.service = service
            export = try SmallEstate.make(threads: 3, for: service)
            registry = try SmallEstate.registry(of: export)
            offline = try export.read()
        }

        /// One for each service: the schedules take turns.
        static var all: [Estate] { get throws { try ServiceKind.allCases.map { try Estate($0) } } }

        func read(_ faults: Faults) async throws -> Inventory {
            let twin = try Twin(estate: export.directory, profile: service.profile, faults: faults)
            return try await readService(port: twin.port, as: service, registry: registry)
        }
    }

    @Test func `finds the same whatever passes by itself, and however lists are written`() async throws {
        let estates = try Estate.all
        var drawn: [Faults.Kind: Int] = [:]
        var begunBadly = 0
        for seed in Self.schedules {
            let estate = estates[Int(seed) % estates.count]
            var dice = SplitMix64(seed: seed)
            var percents: [Faults.Kind: Int] = [:]
            for kind in Self.passing where dice.chance(60) { percents[kind] = Int.random(in: 1...30, using: &dice) }
            for kind in Self.harmless where dice.chance(30) { percents[kind] = 50 }
            for kind in percents.keys { drawn[kind, default: 0] += 1 }
            let faults = Faults(seed: seed, percents: percents)
            if faults.passing(estate.service.firstRequest, attempt: 1) != nil { begunBadly += 1 }
            let live = try await estate.read(faults)
            #expect(live.lines == estate.offline.lines, "seed \(seed), \(estate.service)")
            #expect(
                live.complete == estate.offline.complete,
                "seed \(seed), \(estate.service): \(live.problems.sorted.map(\.message))")
        }
        // The very first request failed in many of them, and so did others.
        #expect(begunBadly * 4 > Self.schedules.count)
        #expect(drawn.count == Self.passing.count + Self.harmless.count)
        #expect(drawn.values.allSatisfy { $0 * 10 >= Self.schedules.count }, "\(drawn)")
    }

    @Test func `calls incomplete what it could not see, and makes nothing up`() async throws {
        let estates = try Estate.all
        var incomplete: [ServiceKind: Int] = [:]
        for seed in Self.schedules {
            let estate = estates[Int(seed) % estates.count]
            let known = Set(estate.offline.lines.map(Self.name))
            var dice = SplitMix64(seed: seed)
            var percents: [Faults.Kind: Int] = [:]
            for _ in 0..<2 { percents[dice.pick(Self.lossy)] = Int.random(in: 1...60, using: &dice) }
            for kind in Self.passing where dice.chance(30) { percents[kind] = 10 }
            let live = try await estate.read(Faults(seed: seed, percents: percents))
            let seen = Set(live.lines.map(Self.name))
            #expect(seen.isSubset(of: known), "seed \(seed)")
            for kind in live.complete {
                let missing = known.subtracting(seen).filter { $0.hasPrefix("\(kind.name) ") }
                #expect(missing.isEmpty, "seed \(seed): \(kind) is called complete without \(missing.sorted())")
            }
            let lacksKinds = live.complete.count < estate.offline.complete.count
            // Coverage tells by itself of lists that are not there, of what is refused, of what is counted and not listed,
            // and of unread uses.
            let isCovered = Kind.allCases.contains { kind in
                let coverage = live.coverage[0][kind]
                return coverage.isRetired || coverage.withheld > 0 || coverage.missing > 0 || coverage.unreadUses > 0
            }
            let isTold = isCovered || live.problems.sorted.contains { $0.losesData }
            #expect(lacksKinds == isTold, "seed \(seed): \(live.problems.sorted.map(\.message))")
            incomplete[estate.service, default: 0] += lacksKinds ? 1 : 0
        }
        // Most of these schedules do lose something, else this test would show nothing.
        for service in ServiceKind.allCases {
            #expect(incomplete[service, default: 0] * 2 > Self.schedules.count / estates.count, "\(incomplete)")
        }
    }

    /// The kind and the id of a record's line.
    private static func name(_ line: String) -> String { String(line.prefix { $0 != "," }) }
}
