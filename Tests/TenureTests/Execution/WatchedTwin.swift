import Chronology
import Records
import TestSupport
import Threads

@testable import HTTPServer
@testable import Twin

/// A twin in this process, of which a test sees everything: what is asked, what it holds, and the moment between.
final class WatchedTwin: @unchecked Sendable {
    // Proof of Sendable: everything below is used under `monitor`; `server` changes once, before anybody asks.
    private let monitor = Monitor()
    private var service: Service
    private var faults: Faults?
    private var attempts: [String: Int] = [:]
    private var lateness = Lateness()
    private var requests = 0
    private var mutations: [String] = []
    private var reads: [String] = []
    private var interception: Interception?
    /// The status with which it refuses every credential from here on, as an interception may have it; nil for none.
    var refusal: Int?
    /// Whether it has no call that reads what a file in a store says.
    var lacksContents = false
    private var server: HTTPServer?

    /// - Parameter now: what it calls now, in seconds since 1970.
    init(estate: String, now: Int64) throws {
        service = Service(
            stock: try Stock(estate: estate), mint: Mint(seed: 1, now: now), profile: .openai,
            keys: Keys(key: Twin.usualKey, token: Twin.usualToken), retired: [])
        server = try HTTPServer(port: 0) { [unowned self] in answer($0) }
    }

    /// What the API's paths stand below.
    var address: String { "http://127.0.0.1:\(server?.port ?? 0)/v1" }

    /// What goes wrong from here on; nothing where it is empty.
    func afflict(_ percents: [Faults.Kind: Int], seed: UInt64) {
        monitor.locked { faults = percents.isEmpty ? nil : Faults(seed: seed, percents: percents) }
    }

    /// The requests so far that change something, as `DELETE /v1/threads/thread_1`; those that nothing came of included.
    var calls: [String] { monitor.locked { mutations } }

    /// The paths of all requests so far that only get something.
    var gets: [String] { monitor.locked { reads } }

    /// How many requests came in.
    var asked: Int { monitor.locked { requests } }

    /// Something that happens once, about one request.
    struct Interception {
        /// How far that request is then. Who sent it has no answer but in the last case, and then none to its next one.
        enum Moment: String, CaseIterable {
            case received = "a call had come"
            case done = "a call was done"
            case answered = "a call was answered"
        }

        /// How many requests are still answered before it.
        var after: Int
        /// Whether only those count that change something.
        let countsChanges: Bool
        let moment: Moment
        let happening: () -> Void
    }

    /// Takes credentials again.
    func open() { monitor.locked { refusal = nil } }

    func intercept(_ interception: Interception?) { monitor.locked { self.interception = interception } }

    /// Everything that it holds and that somebody could find, by its path.
    var holdings: [String: [UInt8]] {
        monitor.locked {
            var found: [String: [UInt8]] = [:]
            /// The shelves by what they stand below, the outermost first, with the ids on the way.
            var places: [(shelf: Shelf, parent: String, path: [String])] = Shelf.all.filter { $0.above == nil }
                .map { ($0, "", []) }
            while let place = places.popLast() {
                for object in service.stock.list(place.shelf, below: place.parent) ?? [] {
                    let path = place.path + [object.id]
                    var ids = path[...]
                    let words = place.shelf.path.map { $0 == "*" ? ids.removeFirst() : $0 } + ids
                    found[words.joined(separator: "/")] = object.json
                    places += Shelf.all.filter { $0.above?.path == place.shelf.path }.map { ($0, object.id, path) }
                }
            }
            return found
        }
    }

    /// Somebody else changes what it holds.
    func change(_ method: String, _ path: String, _ body: String = "") -> Bool {
        let request = ServedRequest(
            method: method, path: "/v1/\(path)", query: [],
            headers: [("authorization", "Bearer \(Twin.usualKey)"), ("openai-beta", "assistants=v2")],
            body: Array(body.utf8))
        return monitor.locked { service.answer(request).status == 200 }
    }

    private func answer(_ request: ServedRequest) -> ServedResponse {
        monitor.locked {
            requests += 1
            if request.method == "GET" {
                reads.append(request.path)
            } else {
                mutations.append("\(request.method) \(request.path)")
            }
            if let lost = intercepted(request) { return lost }
            if lacksContents, request.path.hasSuffix("/content") {
                return ServedResponse(status: 404, body: Array("{}".utf8))
            }
            if let refusal { return ServedResponse(status: refusal, body: Array("{}".utf8)) }
            var response = service.profile.dress(take(request), for: request)
            response.headers += service.profile.headers(request, number: requests, Twin.usualOrganization)
            response.headers.append(("Content-Type", "application/json"))
            return response
        }
    }

    /// No answer where this is the request that something happens at.
    private func intercepted(_ request: ServedRequest) -> ServedResponse? {
        guard var next = interception, !next.countsChanges || request.method != "GET" else { return nil }
        next.after -= 1
        interception = next.after < 0 ? nil : next
        guard next.after < 0 else { return nil }
        switch next.moment {
        case .received: break
        case .done: _ = take(request)
        case .answered:
            // Who asks for the next thing has read this answer.
            interception = Interception(
                after: 0, countsChanges: false, moment: .received, happening: next.happening)
            return nil
        }
        next.happening()
        var response = ServedResponse(status: 200)
        response.delivery = .none
        return response
    }

    private func take(_ request: ServedRequest) -> ServedResponse {
        guard let faults else { return service.answer(request) }
        attempts[request.identity, default: 0] += 1
        return faults.answer(request, attempt: attempts[request.identity] ?? 1) { request, quirks in
            let response = service.answer(request, lateness.look(at: request.path, quirks))
            if request.method == "DELETE", response.status == 200 { lateness.deleted(request.path) }
            return response
        }
    }
}
