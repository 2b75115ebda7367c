/// The name that differs least from the text, case apart, or nil where none is near: a third of it may be wrong.
func nearestName(to text: String, in names: some Collection<String>) -> String? {
    // Nobody mistypes a name into something this long.
    guard text.utf8.count <= 64 else { return nil }
    let wanted = Array(text.lowercased().utf8)
    let limit = max(1, wanted.count / 3)
    let near = names.map { (distance: editDistance(wanted, Array($0.lowercased().utf8)), name: $0) }
        .filter { $0.distance <= limit }
    return near.min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
}

/// How many bytes must be inserted, removed or replaced to make one out of the other.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (line, byte) in left.enumerated() {
        var diagonal = row[0]
        row[0] = line + 1
        for (column, other) in right.enumerated() {
            let above = row[column + 1]
            row[column + 1] = byte == other ? diagonal : 1 + min(diagonal, above, row[column])
            diagonal = above
        }
    }
    return row[right.count]
}
