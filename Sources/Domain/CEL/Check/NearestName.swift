/// The name that differs least from the text, or nil where none is near: a third of it may be wrong.
func nearestName(to text: String, among names: some Sequence<String>) -> String? {
    let wanted = Array(text.utf8)
    // Nobody mistypes a name into something this long.
    guard wanted.count <= 64 else { return nil }
    let limit = max(1, wanted.count / 3)
    var best: (distance: Int, name: String)?
    for name in names where name != text && name.utf8.count <= 64 {
        let distance = editDistance(wanted, Array(name.utf8))
        if distance <= limit, best.map({ (distance, name) < ($0.distance, $0.name) }) ?? true {
            best = (distance, name)
        }
    }
    return best?.name
}

/// How many letters must be inserted, removed, replaced or swapped with their neighbour to make one out of the other.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var previous: [Int] = []
    var row = Array(0...right.count)
    for i in left.indices {
        var next = [i + 1]
        next.reserveCapacity(right.count + 1)
        for j in right.indices {
            var best = min(row[j + 1] + 1, next[j] + 1, row[j] + (left[i] == right[j] ? 0 : 1))
            if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { best = min(best, previous[j - 1] + 1) }
            next.append(best)
        }
        previous = row
        row = next
    }
    return row[right.count]
}
