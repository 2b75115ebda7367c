import Chronology
import Disposition
import HTTP
import HTTPServer
import ProviderFacts
import Records
import Threads
import Twin

@testable import Connectors

/// A service on which things are done, with a clock that passes only where somebody waits.
struct Acting {
    let service: LiveDisposition
    let clock: PassingClock

    init(
        port: UInt16, as kind: ServiceKind = .openai, facts: ProviderFacts? = nil, passport: Passport? = nil,
        known: [Kind: [String]] = [:], now: Int64 = Twin.usualNow
    ) throws {
        clock = PassingClock(date: now)
        let facts = try facts ?? kind.facts
        let session = HTTPSession(
            try HTTPClient(), clock: clock.clock, requestPrefix: "test", chance: { 0 })
        service = LiveDisposition(
            source: "live", facts: facts,
            correspondent: Correspondent(
                session: session, base: try HTTPAddress("http://127.0.0.1:\(port)\(kind.profile.base)"),
                version: facts.version?.name, passport: passport ?? Passport(kind.credential)),
            known: known, clock: clock.clock)
    }

    func look(_ kind: Kind, _ id: String, in container: String? = nil) async -> Sighting {
        await service.look(at: DispositionTarget(kind: kind, id: id, container: container))
    }

    func call(
        _ verb: PlannedAction.Verb = .delete, _ kind: Kind, _ id: String, in container: String? = nil
    ) async -> CallAnswer {
        await service.call(verb, on: DispositionTarget(kind: kind, id: id, container: container))
    }

    func readBack(
        _ verb: PlannedAction.Verb = .delete, _ kind: Kind, _ id: String, in container: String? = nil
    ) async -> Sighting {
        await service.readBack(verb, on: DispositionTarget(kind: kind, id: id, container: container))
    }
}

extension Sighting {
    var facts: CurrentFacts? { if case .present(let facts) = self { facts } else { nil } }
    var isUnreadable: Bool { if case .unreadable = self { true } else { false } }
}
