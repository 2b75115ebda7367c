internal import Chronology

/// Moments as reports print them, by the hundred thousand.
///
/// The calendar's part of the text comes from `Chronology`, once for each day that is not among those met last; the
/// time of day is counted here.
struct MomentText {
    /// What stands for an end that is open.
    static let open = "unbounded"

    private static let day: Int64 = 86_400_000_000
    private static let dateLength = 10
    private static let slots = 4_096

    /// The day whose date each slot holds, and the dates one after the other.
    private var days = [Int64](repeating: .min, count: slots)
    private var dates = [UInt8](repeating: 0, count: slots * dateLength)

    /// Adds RFC 3339 in UTC, or the word for an open end.
    mutating func append(_ moment: Moment, to bytes: inout [UInt8]) {
        guard moment.isPoint else { return bytes.append(literal: Self.open) }
        let (quotient, rest) = moment.microseconds.quotientAndRemainder(dividingBy: Self.day)
        let number = rest < 0 ? quotient - 1 : quotient
        let micros = rest < 0 ? rest + Self.day : rest
        guard micros % 1_000_000 == 0, let slot = slot(number, of: moment) else {
            return bytes.append(literal: moment.description)
        }
        bytes.append(dates.span.extracting(slot * Self.dateLength..<(slot + 1) * Self.dateLength))
        let seconds = Int(micros / 1_000_000)
        let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60)
        let time: InlineArray<10, UInt8> = [
            UInt8(ascii: "T"), tens(hours), ones(hours), UInt8(ascii: ":"), tens(minutes), ones(minutes),
            UInt8(ascii: ":"), tens(seconds % 60), ones(seconds % 60), UInt8(ascii: "Z"),
        ]
        bytes.append(time.span)
    }

    private func tens(_ number: Int) -> UInt8 { UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10) }
    private func ones(_ number: Int) -> UInt8 { UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10) }

    /// The slot that holds the day's date; nil where the year has not four digits.
    private mutating func slot(_ number: Int64, of moment: Moment) -> Int? {
        let slot = Int(truncatingIfNeeded: number) & (Self.slots - 1)
        guard days[slot] != number else { return slot }
        let date = moment.description.utf8.prefix { $0 != UInt8(ascii: "T") }
        guard date.count == Self.dateLength else { return nil }
        dates.replaceSubrange(slot * Self.dateLength..<(slot + 1) * Self.dateLength, with: date)
        days[slot] = number
        return slot
    }
}
