/// Guesses what somebody meant who misspelt a name.
public enum Spelling {
    /// Nobody mistypes a name into something longer than this.
    private static let longest = 80

    /// The name that differs least from the text, case apart, or nil where none is near: about a third of it may be
    /// wrong. Of equals, the first in the alphabet.
    public static func nearest(to text: String, among names: some Sequence<String>) -> String? {
        guard !text.isEmpty, text.utf8.count <= longest else { return nil }
        let wanted = Array(text.lowercased().unicodeScalars)
        var best: (distance: Int, name: String)?
        for name in names where name.utf8.count <= longest {
            let candidate = Array(name.lowercased().unicodeScalars)
            let limit = max(1, max(wanted.count, candidate.count) / 3)
            // As many letters as the lengths differ by have to be added or taken away.
            guard abs(wanted.count - candidate.count) <= limit else { continue }
            let distance = distance(wanted, candidate)
            guard distance <= limit else { continue }
            if best.map({ (distance, name) < $0 }) ?? true { best = (distance, name) }
        }
        return best?.name
    }

    /// How many letters must be added, taken away, replaced or swapped with their neighbour.
    ///
    /// - Source: the optimal string alignment distance, by dynamic programming over three rows.
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var before: [Int] = []
        var above = Array(0...right.count)
        for line in left.indices {
            var row = [line + 1]
            row.reserveCapacity(right.count + 1)
            for column in right.indices {
                let replaced = above[column] + (left[line] == right[column] ? 0 : 1)
                var least = min(replaced, above[column + 1] + 1, row[column] + 1)
                if line > 0, column > 0, left[line] == right[column - 1], left[line - 1] == right[column] {
                    least = min(least, before[column - 1] + 1)
                }
                row.append(least)
            }
            before = above
            above = row
        }
        return above[right.count]
    }
}
