import Chronology
import Disposition
import HTTP
import HTTPServer
import ProviderFacts
import Records
import TestSupport
import Threads
import Twin

@testable import Connectors

/// A service on which things are done, with a clock that passes only where somebody waits.
struct Acting {
    let service: LiveDisposition
    let clock: PassingClock
    private let host: any Host

    init(
        _ host: any Host, as kind: ServiceKind = .openai, facts: ProviderFacts? = nil, passport: Passport? = nil,
        known: [Kind: [String]] = [:], now: Int64 = Twin.usualNow
    ) throws {
        self.host = host
        clock = PassingClock(date: now)
        let facts = try facts ?? kind.facts
        let session = HTTPSession(
            try HTTPClient(), clock: clock.clock, requestPrefix: "test", chance: { 0 })
        service = LiveDisposition(
            source: "live", facts: facts,
            correspondent: Correspondent(
                session: session, base: try HTTPAddress("http://127.0.0.1:\(host.port)\(kind.profile.base)"),
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

/// A server that lives as long as somebody acts on it.
protocol Host: AnyObject, Sendable {
    var port: UInt16 { get }
}

extension Twin: Host {}

/// A service that answers as a test says, and remembers what it was asked.
final class Stage: Host {
    let port: UInt16
    private let server: HTTPServer
    private let log: Log

    private final class Log: @unchecked Sendable {
        // Proof of Sendable: `lines` is used under `lock`.
        private var lines: [String] = []
        private let lock = Monitor()

        var all: [String] { lock.locked { lines } }

        /// How often the same was asked, this time included.
        func note(_ line: String) -> Int {
            lock.locked {
                lines.append(line)
                return lines.count { $0 == line }
            }
        }
    }

    /// - Parameter answer: to a request, told how often the same was asked, this time included.
    init(_ answer: @escaping @Sendable (_ request: ServedRequest, _ line: String, _ time: Int) -> ServedResponse) throws
    {
        let log = Log()
        self.log = log
        server = try HTTPServer(port: 0) { request in
            let after = request.item("after").map { "?after=\($0)" } ?? ""
            let line = "\(request.method) \(request.path)\(after)"
            return answer(request, line, log.note(line))
        }
        port = server.port
    }

    /// Methods and paths in their order, with what a page follows.
    var asked: [String] { log.all }

    /// How often something was asked that may change something.
    var changes: Int { log.all.count { !$0.hasPrefix("GET ") } }
}

extension ServedResponse {
    static let notFound = json(#"{"error":{"message":"No such object","type":"invalid_request_error"}}"#, status: 404)

    /// A file of that id.
    static func file(_ id: String) -> ServedResponse {
        .json(#"{"id":"\#(id)","object":"file","created_at":1700000000,"bytes":1}"#)
    }

    /// What says that a file was deleted.
    static func deletedFile(_ id: String, _ deleted: Bool = true) -> ServedResponse {
        .json(#"{"id":"\#(id)","object":"file","deleted":\#(deleted)}"#)
    }

    func delivered(_ delivery: Delivery) -> ServedResponse {
        var response = self
        response.delivery = delivery
        return response
    }

    func with(_ name: String, _ value: String) -> ServedResponse {
        var response = self
        response.headers.append((name, value))
        return response
    }
}
