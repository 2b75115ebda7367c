/// Texts that are nearly right: where parsers are wrong.
extension SplitMix64 {
    /// One of the seeds, damaged in a few places: pieces put in, put over, cut out, repeated, or replaced by a byte.
    package mutating func mutation(of seeds: [String], with fragments: [String], places: ClosedRange<Int> = 1...5)
        -> [UInt8]
    {
        var bytes = Array(pick(seeds).utf8)
        for _ in 0..<Int.random(in: places, using: &self) { damage(&bytes, seeds, fragments) }
        return bytes
    }

    private mutating func damage(_ bytes: inout [UInt8], _ seeds: [String], _ fragments: [String]) {
        let place = Int.random(in: 0...bytes.count, using: &self)
        let end = min(bytes.count, place + Int.random(in: 0...12, using: &self))
        switch Int.random(in: 0..<6, using: &self) {
        case 0: bytes.replaceSubrange(place..<end, with: pick(fragments).utf8)
        case 1: bytes.insert(contentsOf: pick(fragments).utf8, at: place)
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(.random(in: 0...255, using: &self), at: place)
        case 4:
            let other = Array(pick(seeds).utf8)
            bytes.replaceSubrange(place..<end, with: other[Int.random(in: 0...other.count, using: &self)...])
        default: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &self))
        }
    }
}
