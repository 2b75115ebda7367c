import HTTPServer
import Synchronization

/// A service of threads with three messages, and two runs of one step each, which counts what it is asked of them.
final class ThreadService: Sendable {
    /// Whose API it speaks.
    enum Form: CaseIterable, Sendable {
        /// One that has no list of threads.
        case openai
        /// One that has.
        case foundry

        /// How many requests a thread takes, without those of the list.
        var perThread: Int { self == .openai ? 5 : 4 }

        fileprivate var base: String { self == .openai ? "/v1" : "/api/projects/p" }
    }

    /// What happens to threads, by their numbers.
    private struct State {
        /// The thread of each request.
        var asked: [String] = []
        var refused: Set<Int> = []
        var gone: Set<Int> = []
        var doubled: Set<Int> = []
        var timeless: Set<Int> = []
    }

    private let state: Shared
    private let server: HTTPServer
    /// What the API's paths stand below.
    let address: String

    private final class Shared: Sendable {
        let value = Mutex(State())
    }

    /// - Parameter active: when each thread was active last.
    init(_ form: Form, active: [Int64]) throws {
        let shared = Shared()
        state = shared
        server = try HTTPServer(port: 0) { request in
            let words = request.path.dropFirst(form.base.count).split(separator: "/").map(String.init)
            guard words.first == "threads" else { return Self.list([]) }
            return shared.value.withLock { state in
                guard words.count > 1 else {
                    return form == .openai
                        ? ServedResponse(status: 404, body: Array("{}".utf8))
                        : Self.threads(active, after: request.item("after"), state)
                }
                state.asked.append(words[1])
                guard let thread = Self.number(words[1]), active.indices.contains(thread), !state.gone.contains(thread)
                else { return ServedResponse(status: 404, body: Array("{}".utf8)) }
                if words.count > 2, state.refused.contains(thread) {
                    return ServedResponse(status: 403, body: Array("{}".utf8))
                }
                return Self.answer(Array(words[1...]), active[thread])
            }
        }
        address = "http://127.0.0.1:\(server.port)\(form.base)"
    }

    /// How many requests there were of threads and what is in them, since this was asked last.
    func takeCount() -> Int { takeAsked().count }

    /// Of which threads these were, one for each.
    func takeAsked() -> [String] {
        state.value.withLock { state in
            defer { state.asked = [] }
            return state.asked
        }
    }

    /// Refuses what is in these threads from now on.
    func refuse(_ threads: Set<Int>) { state.value.withLock { $0.refused = threads } }

    /// Has these threads no more.
    func remove(_ threads: Set<Int>) { state.value.withLock { $0.gone = threads } }

    /// Has these threads twice in its list.
    func double(_ threads: Set<Int>) { state.value.withLock { $0.doubled = threads } }

    /// Says in its list of these threads nothing that could be a time.
    func misdate(_ threads: Set<Int>) { state.value.withLock { $0.timeless = threads } }

    private static func number(_ thread: String) -> Int? { Int(thread.dropFirst("thread_".count)) }

    private static func start(_ active: Int64) -> Int64 { active - 10 * 86_400 }

    private static func thread(_ number: Int, _ created: String) -> String {
        #"{"id":"thread_\#(number)","object":"thread","created_at":\#(created),"metadata":{}}"#
    }

    /// A page of the list.
    private static func threads(_ active: [Int64], after last: String?, _ state: State) -> ServedResponse {
        let first = last.flatMap(number).map { $0 + 1 } ?? 0
        let page = active.indices[first..<min(first + 100, active.count)]
        let elements = page.filter { !state.gone.contains($0) }.flatMap { number in
            let created = state.timeless.contains(number) ? #""yesterday""# : "\(start(active[number]))"
            return [String](
                repeating: thread(number, created), count: state.doubled.contains(number) ? 2 : 1)
        }
        return list(elements, more: page.endIndex < active.count)
    }

    private static func answer(_ path: [String], _ active: Int64) -> ServedResponse {
        let thread = path[0]
        let start = start(active)
        func object(_ id: String, _ kind: String, _ at: Int64, _ more: String) -> String {
            #"{"id":"\#(id)","object":"\#(kind)","created_at":\#(at),"thread_id":"\#(thread)",\#(more)}"#
        }
        switch path.dropFirst().first {
        case nil: return answer(Self.thread(number(thread) ?? 0, "\(start)"))
        case "messages":
            return list(
                (0..<3).map {
                    object("msg_\(thread)_\($0)", "thread.message", active - $0, #""role":"user","content":[]"#)
                })
        case _ where path.count == 2:
            return list((0..<2).map { object("run_\(thread)_\($0)", "thread.run", start, #""status":"completed""#) })
        default:
            let run = #""status":"completed","run_id":"\#(path[2])""#
            return list([object("step_\(path[2])", "thread.run.step", start, run)])
        }
    }

    private static func list(_ elements: [String], more: Bool = false) -> ServedResponse {
        answer(#"{"object":"list","data":[\#(elements.joined(separator: ","))],"has_more":\#(more)}"#)
    }

    private static func answer(_ body: String) -> ServedResponse { ServedResponse(status: 200, body: Array(body.utf8)) }
}
