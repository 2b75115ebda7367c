import HTTP
import HTTPServer
import Records
import Testing
import Threads

@testable import Connectors

/// What hands out `token-1`, `token-2` and so on.
private final class Office: @unchecked Sendable {
    // Proof of Sendable: `count` is used under `lock`.
    private var count = 0
    private let lock = Monitor()
    private let answer: @Sendable (Int) throws(Credential.Absence) -> String

    init(_ answer: @escaping @Sendable (Int) throws(Credential.Absence) -> String = { "token-\($0 + 1)" }) {
        self.answer = answer
    }

    /// How often somebody came.
    var visits: Int { lock.locked { count } }

    /// A first passport, and this office for the others.
    var passport: Passport {
        Passport(Self.header("token-1")) { () throws(Credential.Absence) in
            let visit = self.lock.locked {
                self.count += 1
                return self.count
            }
            return Self.header(try self.answer(visit))
        }
    }

    private static func header(_ token: String) -> HTTPHeader { HTTPHeader("Authorization", "Bearer \(token)") }
}

/// A list of files, five a page; each token opens it so many times, from the first to the last.
private final class Gate: @unchecked Sendable {
    // Proof of Sendable: `opened` is used under `lock`.
    private var opened: [String: Int] = [:]
    private let lock = Monitor()
    private var server: HTTPServer?
    var port: UInt16 { server?.port ?? 0 }

    static let pages = 30

    init(times: Int, refusal: String = #"{"error":{"code":"invalid_api_key"}}"#) throws {
        server = try HTTPServer(port: 0) { [weak self] request in
            guard let self else { return .empty }
            guard request.path == "/v1/files" else { return .empty }
            let token = request.header("authorization") ?? ""
            let isOpen = lock.locked {
                opened[token, default: 0] += 1
                return opened[token, default: 0] <= times
            }
            guard isOpen else { return .json(refusal, status: 401) }
            let page = (request.item("after").flatMap { Int($0.dropFirst(5)) } ?? 0) / 5
            return .files((1...5).map { "file-\(page * 5 + $0)" }, hasMore: page + 1 < Self.pages)
        }
    }
}

@Suite struct PassportTests {
    @Test func `a token that expires in mid-scan is fetched anew, as often as it has opened something`() async throws {
        let (gate, office) = (try Gate(times: 8), Office())
        let inventory = try await readService(port: gate.port, passport: office.passport)
        #expect(inventory.count == Gate.pages * 5)
        #expect(inventory.problems.kept.isEmpty)
        // Thirty pages, eight by each token: the first, and three more.
        #expect(office.visits == 3)
    }

    @Test func `a token that was just fetched and is refused is not fetched again`() async throws {
        let (gate, office) = (try Gate(times: 0), Office())
        let inventory = try await readService(port: gate.port, passport: office.passport)
        #expect(inventory.count == 0)
        #expect(office.visits == 1)
        #expect(
            inventory.problems.kept.contains { $0.message.hasPrefix("answered 401 invalid_api_key; check the cred") })
    }

    @Test func `the same token again is not tried again`() async throws {
        let (gate, office) = (try Gate(times: 4), Office { _ in "token-1" })
        let inventory = try await readService(port: gate.port, passport: office.passport)
        #expect(inventory.count == 20)
        #expect(office.visits == 1)
        #expect(inventory.problems.kept.contains { $0.message.hasPrefix("answered 401") })
    }

    @Test func `a command that fails when it is run again is named beside the refusal`() async throws {
        let office = Office { (_) throws(Credential.Absence) in
            throw Credential.Absence("the command az ended with 1", hint: "run it by hand")
        }
        let gate = try Gate(times: 4)
        let inventory = try await readService(port: gate.port, passport: office.passport)
        #expect(office.visits == 1)
        let words =
            "answered 401 invalid_api_key, and there is no newer credential: the command az ended with 1; check the cred"
        #expect(inventory.problems.kept.contains { $0.message.hasPrefix(words) })
    }

    @Test(arguments: [
        #"{"error":{"message":"Missing scopes: api.files.read"}}"#, #"{"error":{"code":"missing_scope"}}"#,
        #"{"error":{"code":"PermissionDenied"}}"#,
    ])
    func `a token that was understood and does not reach so far is not fetched again`(refusal: String) async throws {
        let (gate, office) = (try Gate(times: 4, refusal: refusal), Office())
        let inventory = try await readService(port: gate.port, passport: office.passport)
        #expect(office.visits == 0)
        #expect(inventory.problems.kept.contains { $0.message.hasPrefix("answered 401") })
    }

    @Test func `those who come while one is fetched wait for it, and share it`() async throws {
        let office = Office()
        let passport = office.passport
        let first = passport.current
        passport.opened(first)
        let headers = await withTaskGroup(of: String.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    if case .issued(let issue) = await passport.renewed(after: first) { issue.header.value } else { "" }
                }
            }
            return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(headers == ["Bearer token-2"])
        #expect(office.visits == 1)
    }
}
