/// A line of CSV. A cell in quotes may hold commas, and quotes that are doubled; no cell spans lines.
///
/// - Source: RFC 4180.
enum CSVLine {
    static func cells(_ line: ArraySlice<UInt8>) throws(RegistryComplaint) -> [String] {
        let quote = UInt8(ascii: "\"")
        let comma = UInt8(ascii: ",")
        var cells: [String] = []
        var rest = line
        while true {
            var cell: [UInt8] = []
            if rest.first == quote {
                rest.removeFirst()
                while true {
                    guard let end = rest.firstIndex(of: quote) else {
                        throw RegistryComplaint("has a quote that is not closed", hint: "no cell spans lines")
                    }
                    cell += rest[..<end]
                    rest = rest[(end + 1)...]
                    guard rest.first == quote else { break }
                    cell.append(quote)
                    rest.removeFirst()
                }
                guard rest.isEmpty || rest.first == comma else { throw .strayQuote }
            } else {
                cell = Array(rest.prefix { $0 != comma })
                guard !cell.contains(quote) else { throw .strayQuote }
                rest = rest.dropFirst(cell.count)
            }
            guard let text = String(validating: cell, as: UTF8.self) else { throw .encoding }
            cells.append(text)
            guard rest.first == comma else { return cells }
            rest.removeFirst()
        }
    }
}

extension RegistryComplaint {
    fileprivate static let strayQuote = RegistryComplaint(
        "has a quote within a cell", hint: "put the whole cell in quotes, and double those within")
}
