/// The number of every row's cell: one byte a row, two or four, as the largest number takes.
struct CellColumn: Sendable {
    private var bytes: [UInt8]
    /// Empty while a byte does for all.
    private var shorts: [UInt16] = []
    /// Empty while two bytes do.
    private var words: [UInt32] = []

    /// How many rows there are.
    let count: Int

    /// Every row in cell 0.
    init(count: Int) {
        self.count = count
        bytes = Array(repeating: 0, count: count)
    }

    subscript(row: Int) -> Int {
        @inline(__always) get {
            if !bytes.isEmpty { return Int(bytes[row]) }
            return shorts.isEmpty ? Int(words[row]) : Int(shorts[row])
        }
    }

    /// Puts a block of rows into cells with these numbers, none of which is larger than the largest.
    mutating func set(_ block: Range<Int>, _ numbers: UnsafeBufferPointer<UInt32>, largest: Int) {
        widen(for: largest)
        if !bytes.isEmpty {
            Self.set(&bytes, block, numbers)
        } else if !shorts.isEmpty {
            Self.set(&shorts, block, numbers)
        } else {
            Self.set(&words, block, numbers)
        }
    }

    /// Copies the numbers of a block of rows to the front of a buffer that is at least as large.
    func read(_ block: Range<Int>, into numbers: inout [UInt32]) {
        if !bytes.isEmpty {
            Self.read(bytes, block, &numbers)
        } else if !shorts.isEmpty {
            Self.read(shorts, block, &numbers)
        } else {
            Self.read(words, block, &numbers)
        }
    }

    private mutating func widen(for largest: Int) {
        if largest > UInt8.max, !bytes.isEmpty {
            shorts = bytes.map(UInt16.init)
            bytes = []
        }
        if largest > UInt16.max, !shorts.isEmpty {
            words = shorts.map(UInt32.init)
            shorts = []
        }
    }

    @inline(__always)
    private static func set<Number: FixedWidthInteger>(
        _ column: inout [Number], _ block: Range<Int>, _ numbers: UnsafeBufferPointer<UInt32>
    ) {
        column.withUnsafeMutableBufferPointer { column in
            for index in numbers.indices {
                column[block.lowerBound + index] = Number(truncatingIfNeeded: numbers[index])
            }
        }
    }

    @inline(__always)
    private static func read<Number: FixedWidthInteger>(
        _ column: [Number], _ block: Range<Int>, _ numbers: inout [UInt32]
    ) {
        let column = column.span.extracting(block)
        var numbers = numbers.mutableSpan
        for index in column.indices { numbers[index] = UInt32(truncatingIfNeeded: column[unchecked: index]) }
    }
}
