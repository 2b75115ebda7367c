internal import HTTP
internal import Policies
internal import Threads

/// What opens a service: a credential that may expire while it is in use, and is then fetched once more.
///
/// Where one that was just fetched is refused before it opened anything, another would be refused as well: nothing is
/// fetched any more.
final class Passport: @unchecked Sendable {
    /// A credential, and how many there were before it.
    struct Issue: Sendable {
        let header: HTTPHeader
        fileprivate let number: Int
    }

    /// What became of the wish for a new one.
    enum Renewal: Sendable {
        case issued(Issue)
        /// There is no other than the one that was refused.
        case none
        /// There should be one, and there is not; why.
        case failed(String)
    }

    /// Gives a credential; it may take its time.
    typealias Office = @Sendable () throws(Credential.Absence) -> HTTPHeader

    // Proof of Sendable: all that changes is used under `lock`.
    private let office: Office?
    private let lock = Monitor()
    private var issue: Issue
    /// The last issue that opened something.
    private var lastGood = -1
    private var isSpent = false
    private var isFetching = false
    private var waiting: [CheckedContinuation<Renewal, Never>] = []

    /// - Parameter office: where a further one is fetched; nil where there is none.
    init(_ header: HTTPHeader, office: Office? = nil) {
        issue = Issue(header: header, number: 0)
        self.office = office
    }

    /// The newest.
    var current: Issue { lock.locked { issue } }

    /// Notes that a service took it.
    func opened(_ issue: Issue) { lock.locked { lastGood = max(lastGood, issue.number) } }

    /// One that is newer than this one, which was refused.
    func renewed(after refused: Issue) async -> Renewal {
        await withCheckedContinuation { continuation in
            enum Step { case answer(Renewal), fetch(Office), wait }
            let step: Step = lock.locked {
                if issue.number > refused.number { return .answer(.issued(issue)) }
                let isFresh = refused.number > 0 && lastGood < refused.number
                guard let office, !isSpent, !isFresh else { return .answer(.none) }
                waiting.append(continuation)
                defer { isFetching = true }
                return isFetching ? .wait : .fetch(office)
            }
            switch step {
            case .answer(let renewal): continuation.resume(returning: renewal)
            case .wait: break
            case .fetch(let office):
                // A command may take long, and the pool has few threads.
                guard let thread = Thread({ self.fetch(office) }) else {
                    return finish(.failed("there is no thread left to fetch it"))
                }
                thread.detach()
            }
        }
    }

    private func fetch(_ office: Office) {
        do throws(Credential.Absence) {
            let header = try office()
            let next = lock.locked { header == issue.header ? nil : Issue(header: header, number: issue.number + 1) }
            finish(next.map { .issued($0) } ?? .none)
        } catch {
            finish(.failed(error.reason))
        }
    }

    private func finish(_ renewal: Renewal) {
        let waiting = lock.locked {
            if case .issued(let next) = renewal { issue = next } else { isSpent = true }
            isFetching = false
            defer { self.waiting = [] }
            return self.waiting
        }
        for continuation in waiting { continuation.resume(returning: renewal) }
    }
}
