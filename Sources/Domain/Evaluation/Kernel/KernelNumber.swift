internal import CEL
internal import Chronology

/// A value as kernels count it: times in microseconds, lengths of time in nanoseconds.
struct KernelNumber {
    enum Unit { case integer, time, length }

    let unit: Unit
    let value: Int64

    /// Nil where it is something else, or a time between two microseconds.
    init?(_ value: CELValue) {
        switch value {
        case .int(let number): (unit, self.value) = (.integer, number)
        case .duration(let length): (unit, self.value) = (.length, length.nanoseconds)
        case .timestamp(let instant):
            guard instant.nanoseconds % 1000 == 0 else { return nil }
            (unit, self.value) = (.time, Moment(instant).microseconds)
        default: return nil
        }
    }

    /// How values of a type are counted, or nil.
    static func unit(_ type: CELType) -> Unit? {
        switch type {
        case .int: .integer
        case .timestamp: .time
        case .duration: .length
        default: nil
        }
    }
}
