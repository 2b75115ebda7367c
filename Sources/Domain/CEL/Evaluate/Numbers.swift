/// Numbers of the three types on one line.
enum Numbers {
    /// The order of two numbers, or nil where one is none.
    ///
    /// Beside a double an integer is rounded to one, so that 9223372036854775807 equals 9223372036854775808.0.
    /// - Source: the language's conformance suite, `comparisons`, `not_lt_dyn_int_big_lossy_double`.
    static func order(_ left: CELValue, _ right: CELValue) -> Order? {
        switch (left, right) {
        case (.int(let left), .int(let right)): Order(left, right)
        case (.uint(let left), .uint(let right)): Order(left, right)
        case (.double(let left), .double(let right)): Order(left, right)
        case (.int(let left), .uint(let right)): left < 0 ? .before : Order(UInt64(left), right)
        case (.uint(let left), .int(let right)): right < 0 ? .after : Order(left, UInt64(right))
        case (.int(let left), .double(let right)): Order(Double(left), right)
        case (.uint(let left), .double(let right)): Order(Double(left), right)
        case (.double(let left), .int(let right)): Order(left, Double(right))
        case (.double(let left), .uint(let right)): Order(left, Double(right))
        default: nil
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
