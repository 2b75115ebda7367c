internal import SQLite

/// What one SELECT finds in a file of SQLite.
struct RegistryQuery: RegistryRows {
    /// The file.
    let name: String
    let sql: String
    /// How long the statement may take, and how large a value may be.
    let limits: DatabaseLimits

    init(
        database: String, sql: String,
        limits: DatabaseLimits = DatabaseLimits(time: .seconds(60), valueBytes: 1 << 16)
    ) {
        name = database
        self.sql = sql
        self.limits = limits
    }

    func forEach(
        _ body: (RegistryRow, _ line: Int) throws(RegistryComplaint) -> Void
    ) throws(RegistryDefect) {
        let defect: RegistryDefect?
        do throws(SQLiteError) {
            defect = try ask(body)
        } catch {
            let complaint = RegistryComplaint("cannot \(error.operation): \(error.reason)", hint: error.hint)
            throw RegistryDefect(place: name, complaint)
        }
        if let defect { throw defect }
    }

    /// Gives every row to the body; the first that is no good is given back.
    private func ask(
        _ body: (RegistryRow, _ line: Int) throws(RegistryComplaint) -> Void
    ) throws(SQLiteError) -> RegistryDefect? {
        let database = try Database(path: name, access: .reading, limits: limits)
        var statement = try database.query(sql)
        let columns: [RegistryColumn]
        do throws(RegistryComplaint) {
            columns = try Self.columns((0..<statement.columnCount).map { statement.name($0) })
        } catch {
            return RegistryDefect(place: name, error)
        }
        var number = 0
        while try statement.step() {
            number += 1
            do throws(RegistryComplaint) {
                var row = RegistryRow()
                for (place, column) in columns.enumerated() {
                    if let cell = RegistryCell(statement.value(place)) { try row.set(column, cell) }
                }
                try body(row, number)
            } catch {
                return RegistryDefect(place: "\(name), row \(number)", error)
            }
        }
        return nil
    }

    private static func columns(_ names: [String]) throws(RegistryComplaint) -> [RegistryColumn] {
        var columns: [RegistryColumn] = []
        for name in names {
            guard let column = try RegistryColumn(named: name) else {
                throw RegistryComplaint(
                    "gives a column \(name), which means nothing here",
                    hint: "name its columns with AS: \(RegistryColumn.names)")
            }
            guard !columns.contains(column) else {
                throw RegistryComplaint("gives the column \(name) twice", hint: "keep one")
            }
            columns.append(column)
        }
        guard columns.contains(.id) else {
            throw RegistryComplaint("gives no column id", hint: "name its columns with AS")
        }
        return columns
    }
}

extension RegistryCell {
    /// What a column holds; nil for NULL and the empty text.
    fileprivate init?(_ value: SQLiteValue) {
        switch value {
        case .null: return nil
        case .text(""): return nil
        case .text(let text): self = .text(text)
        case .integer(let number): self = .integer(number)
        case .real(let number): self = .real(number)
        case .bytes: self = .other
        }
    }
}
