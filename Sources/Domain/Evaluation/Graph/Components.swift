/// Groups of rows that contain each other, directly or through others. On real data every row is a group of its own.
///
/// - Source: R. Tarjan, "Depth-first search and linear graph algorithms" (1972), without recursion.
struct Components {
    /// The group of every row. Containers have higher numbers than what they contain.
    private(set) var ofRow: [Int]
    /// The rows of every group.
    private(set) var members: [[Int]] = []

    init(count: Int, next: (Int) -> [Int]) {
        ofRow = Array(repeating: -1, count: count)
        var order = [Int](repeating: -1, count: count)
        var lowest = [Int](repeating: 0, count: count)
        var open: [Int] = []
        var frames: [(row: Int, next: [Int], place: Int)] = []
        var counter = 0
        for root in 0..<count where order[root] < 0 {
            frames.append((root, next(root), 0))
            while let frame = frames.last {
                let row = frame.row
                if frame.place == 0, order[row] < 0 {
                    order[row] = counter
                    lowest[row] = counter
                    counter += 1
                    open.append(row)
                }
                if frame.place < frame.next.count {
                    frames[frames.count - 1].place += 1
                    let other = frame.next[frame.place]
                    if order[other] < 0 {
                        frames.append((other, next(other), 0))
                    } else if ofRow[other] < 0 {
                        lowest[row] = min(lowest[row], order[other])
                    }
                    continue
                }
                frames.removeLast()
                if let above = frames.last { lowest[above.row] = min(lowest[above.row], lowest[row]) }
                if lowest[row] == order[row] { close(row, &open) }
            }
        }
    }

    private mutating func close(_ root: Int, _ open: inout [Int]) {
        var rows: [Int] = []
        while let row = open.popLast() {
            ofRow[row] = members.count
            rows.append(row)
            if row == root { break }
        }
        members.append(rows)
    }
}
