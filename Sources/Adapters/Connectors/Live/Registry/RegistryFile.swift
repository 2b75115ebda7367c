internal import Files
internal import JSONLines

/// A file of a registry: CSV, NDJSON, or an id a line, by its ending.
struct RegistryFile: RegistryRows {
    let name: String

    /// A million lines of 250 bytes.
    private static let mostBytes = 1 << 28

    init(_ path: String) { name = path }

    private enum Form {
        case ids
        case ndjson
        /// With the columns of its first line, once that was read; nil for one that is not ours.
        case csv([RegistryColumn?]?)
    }

    func forEach(
        _ body: (RegistryRow, _ line: Int) throws(RegistryComplaint) -> Void
    ) throws(RegistryDefect) {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try Files.read(name, limit: Self.mostBytes)
        } catch {
            throw RegistryDefect(
                place: name, RegistryComplaint("cannot be read: \(error.reason)", hint: "correct the path or the file"))
        }
        var form: Form =
            if name.hasSuffix(".csv") {
                .csv(nil)
            } else if name.hasSuffix(".ndjson") || name.hasSuffix(".jsonl") {
                .ndjson
            } else {
                .ids
            }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var rest = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
        var number = 0
        while !rest.isEmpty {
            number += 1
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            var line = rest[..<end]
            rest = rest[min(end + 1, rest.endIndex)...]
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            guard !line.isEmpty else { continue }
            do throws(RegistryComplaint) {
                if let row = try Self.row(line, &form) { try body(row, number) }
            } catch {
                throw RegistryDefect(place: "\(name):\(number)", error)
            }
        }
    }

    /// What a line says; nil for the line that names the columns.
    private static func row(_ line: ArraySlice<UInt8>, _ form: inout Form) throws(RegistryComplaint) -> RegistryRow? {
        switch form {
        case .ids: return try idRow(line)
        case .ndjson: return try object(line)
        case .csv(let columns?): return try row(CSVLine.cells(line), columns)
        case .csv(nil):
            form = .csv(try columns(CSVLine.cells(line)))
            return nil
        }
    }

    private static func idRow(_ line: ArraySlice<UInt8>) throws(RegistryComplaint) -> RegistryRow {
        guard let text = String(validating: line, as: UTF8.self) else { throw .encoding }
        guard !text.hasPrefix("{") else {
            throw RegistryComplaint("is an object, in a file of ids", hint: "call the file .ndjson")
        }
        var row = RegistryRow()
        try row.set(.id, .text(text))
        return row
    }

    private static func columns(_ names: [String]) throws(RegistryComplaint) -> [RegistryColumn?] {
        var columns: [RegistryColumn?] = []
        for name in names {
            let column = try RegistryColumn(named: name)
            guard column == nil || !columns.contains(column) else {
                throw RegistryComplaint("names the column \(name) twice", hint: "keep one")
            }
            columns.append(column)
        }
        guard columns.contains(.id) else {
            throw RegistryComplaint("names no column id", hint: "name the columns in the first line")
        }
        return columns
    }

    private static func row(_ cells: [String], _ columns: [RegistryColumn?]) throws(RegistryComplaint) -> RegistryRow {
        guard cells.count == columns.count else {
            throw RegistryComplaint(
                "has \(cells.count) cells under \(columns.count) columns", hint: "put a cell with a comma in quotes")
        }
        var row = RegistryRow()
        for (column, text) in zip(columns, cells) {
            if let column, let cell = RegistryCell.ofText(text) { try row.set(column, cell) }
        }
        return row
    }

    private static func object(_ line: ArraySlice<UInt8>) throws(RegistryComplaint) -> RegistryRow {
        let read = JSONDocument.read(Array(line)) { record -> Result<RegistryRow, RegistryComplaint> in
            guard case .value(let value) = record, value.kind == .object else {
                return .failure(RegistryComplaint("is no object of JSON", hint: "write an object a line"))
            }
            var row = RegistryRow()
            var seen: Set<RegistryColumn> = []
            do throws(RegistryComplaint) {
                for (key, member) in value.members {
                    guard let column = try RegistryColumn(named: key.string) else { continue }
                    guard seen.insert(column).inserted else {
                        throw RegistryComplaint("has the member \(column.rawValue) twice", hint: "keep one")
                    }
                    if let cell = RegistryCell(member) { try row.set(column, cell) }
                }
            } catch {
                return .failure(error)
            }
            return .success(row)
        }
        return try read.get()
    }
}

extension RegistryCell {
    /// What a member says; nil for null.
    fileprivate init?(_ value: JSONValue) {
        if value.isNull { return nil }
        if let text = value.text {
            guard text.count > 0 else { return nil }
            self = .text(text.string)
        } else {
            self =
                switch value.number {
                case .integer(let number)?: .integer(number)
                case .double(let number)?: .real(number)
                case .unsigned?, nil: .other
                }
        }
    }
}

extension RegistryComplaint {
    static let encoding = RegistryComplaint("is not UTF-8", hint: "write the file in UTF-8")
}
