import Chronology
import HTTP
import HTTPServer
import ProviderFacts
import Records
import TestSupport
import Threads
import Twin

@testable import Connectors

/// A service that answers as a test says, and a reading of it without any waiting.
final class Scripted: Sendable {
    private let server: HTTPServer
    private let seen: Seen

    private final class Seen: @unchecked Sendable {
        // Proof of Sendable: `asked` is used under `lock`, which the thread sanitizer knows, unlike the library's Mutex.
        private var asked: [String] = []
        private let lock = Monitor()

        var paths: [String] { lock.locked { asked } }

        func add(_ path: String) { lock.locked { asked.append(path) } }
    }

    init(_ answer: @escaping @Sendable (_ path: String, _ after: String?) -> ServedResponse) throws {
        let seen = Seen()
        self.seen = seen
        server = try HTTPServer(port: 0) { request in
            let after = request.item("after")
            seen.add(request.path + (after.map { "?after=\($0)" } ?? ""))
            return answer(request.path, after)
        }
    }

    /// What was asked, in its order.
    var asked: [String] { seen.paths }

    func read(
        as kind: ServiceKind = .openai, _ facts: ProviderFacts? = nil, registry: Registry = Registry(), width: Int = 4,
        mostHarvested: Int = 1000
    ) async throws -> Inventory {
        try await readService(
            port: server.port, as: kind, facts, registry: registry, width: width, mostHarvested: mostHarvested)
    }
}

/// Reads a service on this machine as the source `export`, and does not wait where it would wait.
func readService(
    port: UInt16, as kind: ServiceKind = .openai, _ facts: ProviderFacts? = nil, registry: Registry = Registry(),
    width: Int = 4, mostHarvested: Int = 1000, passport: Passport? = nil
) async throws -> Inventory {
    let keys = ["owner", "product", "tenant"]
    let rules = TimeRules(asOf: Moment(seconds: 1_795_132_800))
    var builder = InventoryBuilder(metadataKeys: keys, rules: rules)
    let session = HTTPSession(
        try HTTPClient(), clock: PassingClock().clock, requestPrefix: "test", chance: { 0 })
    let connector = LiveConnector(
        facts: try facts ?? kind.facts, address: try HTTPAddress("http://127.0.0.1:\(port)\(kind.profile.base)"),
        passport: passport ?? Passport(kind.credential), session: session,
        layout: RecordBatch.Layout(source: "export", metadataKeys: keys, rules: rules), width: width,
        registry: registry, mostHarvested: mostHarvested)
    await connector.read(into: &builder)
    return builder.seal()
}

extension ServedResponse {
    static func json(_ text: String, status: Int = 200) -> ServedResponse {
        ServedResponse(status: status, body: Array(text.utf8))
    }

    /// A page of files of these ids; nil leaves `has_more` away.
    static func files(_ ids: [String], hasMore: Bool?) -> ServedResponse {
        let data = ids.map { #"{"id":"\#($0)","object":"file","created_at":1700000000,"bytes":1}"# }
        let more = hasMore.map { #","has_more":\#($0)"# } ?? ""
        return .json(#"{"object":"list","data":[\#(data.joined(separator: ","))]\#(more)}"#)
    }

    static let empty = files([], hasMore: false)
}
