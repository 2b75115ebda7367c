import Testing

@testable import Threads

/// Several threads work ahead of who takes, and nobody can tell from what is taken.
@Suite struct PipelineTests {
    private struct Enough: Error {}

    /// Numbers that several threads count.
    private final class Counter: @unchecked Sendable {
        // Proof of Sendable: `count` is used under `lock`.
        private let lock = Monitor()
        private var count = 0

        func add() { lock.locked { count += 1 } }
        var value: Int { lock.locked { count } }
    }

    private func squares(
        of count: Int, threads: Int, inFlight: Int = 3, asked: Counter = Counter(), workers: Counter = Counter()
    ) -> Pipeline<Counter, Int, Int> {
        Pipeline(
            threads: threads, inFlight: inFlight,
            input: { number in
                asked.add()
                return number < count ? number : nil
            },
            worker: {
                workers.add()
                return Counter()
            }
        ) { worker, number in
            worker.add()
            return number * number
        }
    }

    @Test(arguments: [0, 1, 2, 5], [0, 1, 2, 3, 4, 5, 1000])
    func `what is taken comes in the order of the inputs, each once`(threads: Int, count: Int) {
        let (asked, workers) = (Counter(), Counter())
        var taken: [Int] = []
        squares(of: count, threads: threads, asked: asked, workers: workers).run { taken.append($0) }
        #expect(taken == (0..<count).map { $0 * $0 })
        #expect(asked.value == count + 1, "nothing is asked for behind the last input")
        #expect(workers.value == max(1, threads), "a thread's worker goes with it from input to input")
    }

    @Test(arguments: [0, 1, 4]) func `no more is asked for than may wait to be taken`(threads: Int) {
        let (asked, inFlight) = (Counter(), 6)
        var (taken, most) = (0, 0)
        squares(of: 2000, threads: threads, inFlight: inFlight, asked: asked).run { _ in
            taken += 1
            most = max(most, asked.value - taken)
        }
        #expect(taken == 2000)
        #expect(most <= inFlight, "\(most) were under way")
    }

    @Test(arguments: [0, 1, 4]) func `who takes no more ends the work`(threads: Int) {
        let asked = Counter()
        var taken = 0
        #expect(throws: Enough.self) {
            try squares(of: .max, threads: threads, asked: asked).run { _ in
                taken += 1
                if taken == 10 { throw Enough() }
            }
        }
        #expect(taken == 10)
        #expect(asked.value <= 10 + max(3, threads + 1))
    }

    @Test func `of two things done beside each other, both come back`() {
        var own = 1
        let done = Thread.beside({ 2 }) {
            own += 2
            return own
        }
        #expect(done.other == 2 && done.own == 3)
    }
}
