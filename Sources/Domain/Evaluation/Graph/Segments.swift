internal import Records

/// The rows of an inventory in runs of one source and kind, so that kernels decide about a kind once a run.
struct Segments: Sendable {
    struct Segment: Sendable {
        private let start: UInt32
        private let end: UInt32
        private let sourceNumber: UInt16
        let kind: Kind

        init(rows: Range<Int>, source: UInt16, kind: Kind) {
            start = UInt32(rows.lowerBound)
            end = UInt32(rows.upperBound)
            sourceNumber = source
            self.kind = kind
        }

        var rows: Range<Int> { Int(start)..<Int(end) }
        var source: Int { Int(sourceNumber) }

        /// A number for the pair of source and kind.
        var group: Int { Segments.group(source, kind) }
    }

    static func group(_ source: Int, _ kind: Kind) -> Int { source * Kind.allCases.count + Int(kind.rawValue) }

    /// All runs, in the order of the rows.
    let all: [Segment]
    /// The same runs by the layer of their kind.
    let byLayer: [[Segment]]

    init(_ inventory: Inventory) {
        let kinds = inventory.kinds
        let sources = inventory.sources
        var all: [Segment] = []
        var start = 0
        kinds.withUnsafeBufferPointer { kinds in
            sources.withUnsafeBufferPointer { sources in
                while start < kinds.count {
                    let kind = kinds[start]
                    let source = sources[start]
                    var end = start + 1
                    // By sixteen, so that they are compared side by side, and then one by one.
                    while end + 16 <= kinds.count {
                        var differ: UInt16 = 0
                        for row in end..<end + 16 {
                            differ |= UInt16(kinds[row].rawValue ^ kind.rawValue) | (sources[row] ^ source)
                        }
                        if differ != 0 { break }
                        end += 16
                    }
                    while end < kinds.count, kinds[end] == kind, sources[end] == source { end += 1 }
                    all.append(Segment(rows: start..<end, source: source, kind: kind))
                    start = end
                }
            }
        }
        self.all = all
        var byLayer = [[Segment]](repeating: [], count: Kind.layerCount)
        for segment in all { byLayer[segment.kind.layer].append(segment) }
        self.byLayer = byLayer
    }

    /// Whether every reference that something flows along goes down the layers, so that one sweep reaches everything.
    static func isLayered(_ inventory: Inventory) -> Bool {
        let kinds = inventory.kinds
        let edges = inventory.edges
        for edge in 0..<edges.count where edges.relation[edge] != .cites {
            if kinds[Int(edges.from[edge])].layer >= kinds[Int(edges.to[edge])].layer { return false }
        }
        return true
    }
}
