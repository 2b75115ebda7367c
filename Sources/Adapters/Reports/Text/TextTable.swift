internal import Terminal

/// Words and numbers in columns: the first column stands to the left.
struct TextTable {
    /// Where the columns after the first stand.
    enum Alignment { case left, right }

    private let alignment: Alignment
    private var rows: [[String]] = []

    init(alignment: Alignment) { self.alignment = alignment }

    /// Adds a row.
    mutating func add(_ cells: [String]) { rows.append(cells.map(\.visible)) }

    /// The lines of the table, indented, without blanks at their ends.
    func lines() -> [String] {
        var widths = [Int](repeating: 0, count: rows.map(\.count).max() ?? 0)
        for row in rows {
            for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) }
        }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let blank = String(repeating: " ", count: widths[column] - cell.count)
                line += "  " + (column == 0 || alignment == .left ? cell + blank : blank + cell)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
