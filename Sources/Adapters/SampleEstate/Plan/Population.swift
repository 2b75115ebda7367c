/// How many records of each kind an estate of so many threads has, and which of them live beside which threads.
///
/// An estate is made in blocks of neighbouring threads. References stay within a block, so that one block at a time
/// is all that is ever in memory.
struct Population {
    static let blockThreads = 64

    let threads: Int

    /// How many conversations stand beside the first so many threads; and so on.
    static func conversations(beside threads: Int) -> Int { share(threads, 1, 4) }
    static func responses(beside threads: Int) -> Int { share(threads, 3, 8) }
    static func files(beside threads: Int) -> Int { share(threads, 3, 16) }
    static func vectorStores(beside threads: Int) -> Int { share(threads, 1, 16) }
    static func assistants(beside threads: Int) -> Int { share(threads, 1, blockThreads) }

    var blocks: Int { (threads + Population.blockThreads - 1) / Population.blockThreads }

    /// The threads of a block.
    func threads(ofBlock block: Int) -> Range<Int> {
        let first = block * Population.blockThreads
        return first..<min(first + Population.blockThreads, threads)
    }

    /// The indexes of another kind that go with these threads.
    func beside(_ threads: Range<Int>, _ count: (Int) -> Int) -> Range<Int> {
        count(threads.lowerBound)..<count(threads.upperBound)
    }

    private static func share(_ threads: Int, _ numerator: Int, _ denominator: Int) -> Int {
        (threads * numerator + denominator - 1) / denominator
    }
}
