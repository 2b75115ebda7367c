import Foundation
import HTTP
import Testing

@testable import Twin

/// What a twin shows and does for whoever rehearses on it.
@Suite(.serialized) struct TwinRecordsTests {
    private static let estate = [
        "threads": [#"{"id":"t1","object":"thread","created_at":1}"#],
        "runs": [#"{"id":"r1","object":"thread.run","created_at":2,"thread_id":"t1","status":"queued","tools":[]}"#],
        "run_steps": [#"{"id":"s1","object":"thread.run.step","created_at":3,"run_id":"r1","thread_id":"t1"}"#],
        "responses": [#"{"id":"p1","object":"response","created_at":4,"status":"queued"}"#],
        "files": [#"{"object":"list","data":[{"id":"f1","object":"file","created_at":5}],"has_more":true}"#],
    ]

    private func names(_ calling: Calling, reachable: Bool = true) -> [String] {
        calling.twin.records().filter { $0.isReachable == reachable }
            .map { "\($0.file)/\($0.above.map { "\($0)/" } ?? "")\($0.id)" }.sorted()
    }

    @Test func `it shows all that it holds, and what a shallow deletion leaves where no call leads`() async throws {
        let calling = try Calling(Self.estate)
        let all = ["files/f1", "responses/p1", "run_steps/r1/s1", "runs/t1/r1", "threads/t1"]
        #expect(names(calling) == all && names(calling, reachable: false).isEmpty)
        _ = try await calling.call(.delete, "/v1/threads/t1", beta: "assistants=v2")
        #expect(names(calling) == ["files/f1", "responses/p1"])
        #expect(names(calling, reachable: false) == ["run_steps/r1/s1", "runs/t1/r1"])
    }

    @Test func `the elements of a page are objects of the estate`() async throws {
        #expect(try await Calling(Self.estate).call(.get, "/v1/files").ids == ["f1"])
        #expect(throws: TwinError.self) { try Calling(["files": [#"{"object":"list","data":[1]}"#]]) }
        #expect(try await Calling(["files": [#"{"object":"list","data":[]}"#]]).call(.get, "/v1/files").ids == [])
    }

    @Test(arguments: [true, false])
    func `work that waits goes on where it is looked at, unless the twin is still`(isStill: Bool) async throws {
        let calling = try Calling(Self.estate, isStill: isStill)
        let run = try await calling.call(.get, "/v1/threads/t1/runs/r1", beta: "assistants=v2")
        let response = try await calling.call(.get, "/v1/responses/p1")
        for answer in [run, response] { #expect(answer.text("status") == (isStill ? "queued" : "completed")) }
        guard isStill else { return }
        let calls = ["/v1/threads/t1/runs/r1/cancel", "/v1/responses/p1/cancel"]
        for path in calls {
            let answer = try await calling.call(.post, path, beta: "assistants=v2")
            #expect(answer.text("status") == "cancelled", "\(path): \(answer.content)")
        }
    }

    @Test func `nothing goes wrong while it is calm`() async throws {
        let calling = try Calling(faults: Faults(seed: 1, percents: [.dead: 100]))
        #expect(try await calling.call(.get, "/v1/files").status == 500)
        calling.twin.isCalm = true
        #expect(try await calling.call(.get, "/v1/files").ids.count == 5)
        calling.twin.isCalm = false
        #expect(try await calling.call(.get, "/v1/files").status == 500)
    }

    @Test func `it tells the time that it is given`() async throws {
        let answer = try await Calling(clock: { 1_795_132_800 }).call(.get, "/v1/files")
        #expect(answer.header("date") == "Fri, 20 Nov 2026 00:00:00 GMT")
    }
}
