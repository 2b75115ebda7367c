internal import CanonicalJSON

extension CanonicalValue {
    /// An entry of a log in which these words stand; nil for any other. Most of a log has nothing to do with one plan, and
    /// is not parsed.
    init?(entry line: Span<UInt8>, naming words: [UInt8]) {
        guard Self.holds(line, words) else { return nil }
        self.init(object: line.withUnsafeBufferPointer { Array($0) })
    }

    private static func holds(_ line: Span<UInt8>, _ words: [UInt8]) -> Bool {
        guard let first = words.first, line.count >= words.count else { return false }
        return (0...line.count - words.count).contains { start in
            line[start] == first && words.indices.allSatisfy { line[start + $0] == words[$0] }
        }
    }
}
