/// Where each record was read, as runs of consecutive lines: a well-formed file costs one run a window.
struct PlaceIndex: Sendable {
    private struct Run: Sendable {
        var firstRow: UInt32
        var file: UInt32
        var firstLine: UInt32
    }

    private var runs: [Run] = []
    private var files: [String] = []
    private var next = (row: UInt32.max, file: UInt32.max, line: UInt32.max)

    /// Notes where the next rows were read.
    mutating func append(firstRow: Int, file: String, lines: some Sequence<UInt32>) {
        if files.last != file { files.append(file) }
        let fileIndex = UInt32(files.count - 1)
        var row = UInt32(firstRow)
        for line in lines {
            if next != (row, fileIndex, line) { runs.append(Run(firstRow: row, file: fileIndex, firstLine: line)) }
            next = (row &+ 1, fileIndex, line &+ 1)
            row &+= 1
        }
    }

    func place(_ row: Int) -> Place? {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if Int(runs[middle].firstRow) <= row { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let run = runs[low - 1]
        return Place(file: files[Int(run.file)], line: Int(run.firstLine) + row - Int(run.firstRow))
    }

    /// The index after these rows, ascending, were dropped.
    func dropping(_ dropped: [Bool]) -> PlaceIndex {
        var result = PlaceIndex()
        var row = 0
        for old in dropped.indices where !dropped[old] {
            if let place = place(old) {
                result.append(firstRow: row, file: place.file, lines: CollectionOfOne(UInt32(clamping: place.line)))
            }
            row += 1
        }
        return result
    }
}
