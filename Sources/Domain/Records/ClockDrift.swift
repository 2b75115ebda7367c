/// Finds containers whose stored stamp is older than the newest of their parts.
///
/// The later of the two counts in any case: a stale stamp would make a deletion premature. It is reported because
/// whoever relies on the stamp elsewhere is wrong.
/// - Source: hard case 3.
enum ClockDrift {
    static func problems(in columns: Columns, places: PlaceIndex, sourceNames: [String]) -> [Problem] {
        guard !columns.modified.rows.isEmpty else { return [] }
        var newest: [UInt32: Int64] = [:]
        for row in columns.modified.rows { newest[row] = Int64.min }
        for row in 0..<columns.count where columns.facts[row].created == .point {
            let container = columns.containers[row]
            if let known = newest[container] { newest[container] = max(known, columns.created[row]) }
        }
        return columns.modified.rows.indices.compactMap { index in
            let row = columns.modified.rows[index]
            guard columns.modified.facts[index] == .point, let part = newest[row],
                part > columns.modified.moments[index]
            else { return nil }
            return Problem(
                code: .clockDrift, source: sourceNames[Int(columns.sources[Int(row)])], place: places.place(Int(row)),
                kind: columns.kinds[Int(row)],
                id: String(decoding: columns.idBytes[columns.idRange(Int(row))], as: UTF8.self),
                message: "its stored time of modification is older than its newest part; the later one counts",
                losesData: false)
        }
    }
}
