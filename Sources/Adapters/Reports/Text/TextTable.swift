/// Words and numbers in columns: the first column stands to the left, the others to the right.
struct TextTable {
    private var rows: [[String]] = []

    /// A table under these headings.
    init(_ headings: [String]) { rows.append(headings) }

    var isEmpty: Bool { rows.count == 1 }

    /// Adds a row, of as many cells as there are headings.
    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The lines of the table, indented.
    func lines(indent: String = "  ") -> [String] {
        var widths = [Int](repeating: 0, count: rows.map(\.count).max() ?? 0)
        for row in rows {
            for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) }
        }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let blank = String(repeating: " ", count: widths[column] - cell.count)
                return column == 0 ? cell + blank : blank + cell
            }
            return indent + cells.joined(separator: "  ")
        }
    }
}
