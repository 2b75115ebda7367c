/// Problems, counted in full and kept up to a limit for each code, so that a broken export cannot fill the memory.
public struct ProblemLog: Sendable {
    /// How many problems of one code are kept with their places.
    public static let keptPerCode = 10_000

    /// The problems that are kept, in the order of first sight.
    public private(set) var kept: [Problem] = []
    /// How many there were of each code.
    public private(set) var counts: [Problem.Code: Int] = [:]
    /// Whether any of them lost data.
    public private(set) var losesData = false

    /// No problems.
    public init() {}

    /// Takes a problem in.
    public mutating func add(_ problem: Problem) {
        let count = counts[problem.code, default: 0] + 1
        counts[problem.code] = count
        losesData = losesData || problem.losesData
        if count <= Self.keptPerCode { kept.append(problem) }
    }

    /// Whether another problem of that code would be kept, and is worth making.
    func hasRoom(for code: Problem.Code) -> Bool { counts[code, default: 0] < Self.keptPerCode }

    /// Counts a problem that will not be kept.
    mutating func count(_ code: Problem.Code, losesData: Bool) {
        counts[code, default: 0] += 1
        self.losesData = self.losesData || losesData
    }

    /// Takes in what another log holds, and what it only counted.
    public mutating func add(contentsOf other: ProblemLog) {
        var unkept = other.counts
        for problem in other.kept {
            add(problem)
            unkept[problem.code, default: 0] -= 1
        }
        for (code, count) in unkept where count > 0 { counts[code, default: 0] += count }
        losesData = losesData || other.losesData
    }

    /// Moves every line of what is kept.
    mutating func moveLines(by offset: Int) {
        for index in kept.indices {
            let problem = kept[index]
            guard let place = problem.place else { continue }
            kept[index] = Problem(
                code: problem.code, source: problem.source, place: Place(file: place.file, line: place.line + offset),
                kind: problem.kind, id: problem.id, message: problem.message, losesData: problem.losesData)
        }
    }

    /// The problems in an order that does not depend on how the material was read.
    public var sorted: [Problem] {
        kept.sorted { left, right in
            if left.source != right.source { return left.source < right.source }
            if left.code != right.code { return left.code < right.code }
            switch (left.place, right.place) {
            case (let l?, let r?) where l != r: return l < r
            case (nil, _?): return true
            case (_?, nil): return false
            default: break
            }
            if left.kind != right.kind { return (left.kind?.rawValue ?? 0) < (right.kind?.rawValue ?? 0) }
            if left.id != right.id { return (left.id ?? "") < (right.id ?? "") }
            return left.message < right.message
        }
    }
}
