/// Problems, counted in full and kept up to a limit for each source and code, so that a broken export cannot fill the
/// memory, nor take the place of what is wrong with another source.
public struct ProblemLog: Sendable {
    /// How many problems of one source and code are kept with their places.
    public static let keptPerCode = 10_000

    /// The problems that are kept, in the order of first sight.
    public private(set) var kept: [Problem] = []
    /// One for each source and code of which there was any.
    private var tallies: [Tally] = []
    /// The place of the tally that was asked for last: many of one code come from one source.
    private var latest = 0

    /// How many there were of one code in one source.
    private struct Tally {
        let code: Problem.Code
        let source: String
        var count = 0
        var kept = 0
        var losses = 0

        func isOf(_ code: Problem.Code, _ source: String) -> Bool { self.code == code && self.source == source }
    }

    /// No problems.
    public init() {}

    /// How many there were of each code.
    public var counts: [Problem.Code: Int] {
        tallies.reduce(into: [:]) { $0[$1.code, default: 0] += $1.count }
    }

    /// How many there were of a code, in one source or in all.
    public func count(of code: Problem.Code, inSource source: String? = nil) -> Int {
        tallies.reduce(0) { $0 + ($1.code == code && (source == nil || $1.source == source) ? $1.count : 0) }
    }

    /// Whether any of them lost data.
    public var losesData: Bool { tallies.contains { $0.losses > 0 } }

    /// How many problems lost data of this source, by code.
    public func losses(inSource source: String) -> [Problem.Code: Int] {
        tallies.reduce(into: [:]) { losses, tally in
            if tally.source == source, tally.losses > 0 { losses[tally.code] = tally.losses }
        }
    }

    /// Takes a problem in.
    public mutating func add(_ problem: Problem) {
        keep(problem)
        count(problem.code, inSource: problem.source, losesData: problem.losesData)
    }

    /// Whether another problem of that source and code would be kept, and is worth making.
    mutating func hasRoom(for code: Problem.Code, inSource source: String) -> Bool {
        tallies[place(code, source)].kept < Self.keptPerCode
    }

    /// Counts a problem that will not be kept.
    mutating func count(_ code: Problem.Code, inSource source: String, losesData: Bool) {
        let place = place(code, source)
        tallies[place].count += 1
        tallies[place].losses += losesData ? 1 : 0
    }

    /// Takes in what another log holds, and what it only counted.
    public mutating func add(contentsOf other: ProblemLog) {
        for problem in other.kept { keep(problem) }
        for their in other.tallies {
            let place = place(their.code, their.source)
            tallies[place].count += their.count
            tallies[place].losses += their.losses
        }
    }

    private mutating func keep(_ problem: Problem) {
        guard hasRoom(for: problem.code, inSource: problem.source) else { return }
        kept.append(problem)
        tallies[place(problem.code, problem.source)].kept += 1
    }

    private mutating func place(_ code: Problem.Code, _ source: String) -> Int {
        if latest < tallies.count, tallies[latest].isOf(code, source) { return latest }
        if let known = tallies.firstIndex(where: { $0.isOf(code, source) }) {
            latest = known
        } else {
            latest = tallies.count
            tallies.append(Tally(code: code, source: source))
        }
        return latest
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
