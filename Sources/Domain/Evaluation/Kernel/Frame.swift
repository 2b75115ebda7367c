/// The rows that a kernel looks at: for each evaluation the record of `object` and those of the macros' variables.
struct Frame {
    /// By variable, the rows of all evaluations; `object` is the first.
    let rows: [[UInt32]]

    var count: Int { rows[0].count }

    /// The evaluations at these places.
    func selecting(_ places: [Int32]) -> Frame {
        Frame(rows: rows.map { column in places.map { column[Int($0)] } })
    }
}

/// Records found from those of a frame, one for each evaluation, or why there is none.
struct FoundRecords {
    var rows: [UInt32]
    /// Empty where there is one for each.
    var marks: [UInt8] = []
}

/// Numbers for each evaluation of a frame, or why there are none.
struct Numbers {
    var values: [Int64]
    var marks: [UInt8]

    init(count: Int) {
        values = Array(repeating: 0, count: count)
        marks = Array(repeating: Mark.isThere, count: count)
    }

    mutating func set(_ place: Int, _ value: (partialValue: Int64, overflow: Bool), overflow: UInt8) {
        values[place] = value.partialValue
        if value.overflow { marks[place] = overflow }
    }
}
