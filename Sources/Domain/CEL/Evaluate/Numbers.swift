/// Numbers of the three types on one line.
enum Numbers {
    /// The exact order of two numbers, or nil where one is none.
    static func order(_ left: CELValue, _ right: CELValue) -> Order? {
        switch (left, right) {
        case (.int(let left), .int(let right)): Order(left, right)
        case (.uint(let left), .uint(let right)): Order(left, right)
        case (.double(let left), .double(let right)): Order(left, right)
        case (.int(let left), .uint(let right)): left < 0 ? .before : Order(UInt64(left), right)
        case (.uint(let left), .int(let right)): right < 0 ? .after : Order(left, UInt64(right))
        case (.int(let left), .double(let right)): order(left, right)
        case (.uint(let left), .double(let right)): order(left, right)
        case (.double(let left), .int(let right)): reversed(order(right, left))
        case (.double(let left), .uint(let right)): reversed(order(right, left))
        default: nil
        }
    }

    /// An integer and a double, compared without rounding the integer.
    private static func order<Integer: FixedWidthInteger>(_ integer: Integer, _ double: Double) -> Order {
        if double.isNaN { return .unordered }
        let whole = double.rounded(.down)
        guard let floor = Integer(exactly: whole) else { return whole < 0 ? .after : .before }
        return integer == floor ? (double > whole ? .before : .same) : Order(integer, floor)
    }

    private static func reversed(_ order: Order) -> Order {
        switch order {
        case .before: .after
        case .after: .before
        case .same, .unordered: order
        }
    }

    /// The index that a number is, if it is whole; others, also those that are too large, are none.
    static func index(_ value: CELValue) -> Int? {
        switch value {
        case .int(let number): Int(exactly: number)
        case .uint(let number): Int(exactly: number)
        case .double(let number): Int(exactly: number)
        default: nil
        }
    }
}
