import Glibc
import HTTP
import HTTPServer
import Testing

/// Tasks that run where their answers come in.
@Suite struct ExecutorTests {
    @Test func `a task that prefers the client's executor goes on where its answers come in, and asks on there`()
        async throws
    {
        let served = try Served { request, _ in .text(request.path) }
        var limits = HTTPLimits()
        limits.inFlight = 4
        let session = HTTPSession(try HTTPClient(limits: limits), requestPrefix: "test")
        let addresses = try (0..<8).map { try served.address("/\($0)") }
        let threads = await withTaskExecutorPreference(session.executor) {
            await withTaskGroup(of: Set<pthread_t>.self) { group in
                for address in addresses {
                    group.addTask {
                        var threads: Set = [pthread_self()]
                        for _ in 0..<10 {
                            let answer = try? await session.send(HTTPRequest(.get, address))
                            #expect(answer?.text == address.path)
                            threads.insert(pthread_self())
                        }
                        return threads
                    }
                }
                return await group.reduce(into: Set()) { $0.formUnion($1) }
            }
        }
        #expect(threads.count == 1)
        #expect(served.seen.count == 80)
    }

    @Test func `what waits for another attempt, or is cancelled, comes back to the executor`() async throws {
        let served = try Served { request, number in
            if request.path == "/slow" { return .text("late").delivered(.slow(bytes: 1, milliseconds: 3000)) }
            return number == 1 ? .text("", status: 503, [("retry-after-ms", "5")]) : .text("done")
        }
        let session = HTTPSession(try HTTPClient(), requestPrefix: "test")
        let address = try served.address("/again")
        let slow = try served.address("/slow")
        let (text, error) = await withTaskExecutorPreference(session.executor) {
            let text = try? await session.send(HTTPRequest(.get, address)).text
            let error = await withTaskGroup(of: HTTPError?.self) { group in
                group.addTask {
                    await failure { () throws(HTTPError) in try await session.send(HTTPRequest(.get, slow)) }
                }
                group.cancelAll()
                return await group.next() ?? nil
            }
            return (text, error)
        }
        #expect(text == "done")
        #expect(error?.code == .cancelled)
    }
}
