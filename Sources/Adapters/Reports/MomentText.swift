internal import CanonicalJSON
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

    /// A moment's text: `2026-11-20T00:00:00Z`.
    private typealias Text = InlineArray<20, UInt8>

    /// The day whose date each slot holds, and the text of its midnight.
    private var days = [Int64](repeating: .min, count: slots)
    private var dates = [Text](repeating: midnight, count: slots)

    private static var midnight: Text {
        var text = Text(repeating: UInt8(ascii: "0"))
        text[10] = UInt8(ascii: "T")
        text[13] = UInt8(ascii: ":")
        text[16] = UInt8(ascii: ":")
        text[19] = UInt8(ascii: "Z")
        return text
    }

    /// Adds RFC 3339 in UTC, or the word for an open end.
    mutating func append(_ moment: Moment, to bytes: inout [UInt8]) {
        guard moment.isPoint else { return bytes.append(contentsOf: Self.open.utf8) }
        let (quotient, rest) = moment.microseconds.quotientAndRemainder(dividingBy: Self.day)
        let number = rest < 0 ? quotient - 1 : quotient
        let micros = rest < 0 ? rest + Self.day : rest
        guard micros % 1_000_000 == 0, let slot = slot(number, of: moment) else {
            return bytes.append(contentsOf: moment.description.utf8)
        }
        let seconds = Int(micros / 1_000_000)
        var text = dates[slot]
        text.set(seconds / 3_600, at: 11)
        text.set(seconds / 60 % 60, at: 14)
        text.set(seconds % 60, at: 17)
        bytes.append(text.span)
    }

    /// The slot that holds the day's date; nil where the year has not four digits.
    private mutating func slot(_ number: Int64, of moment: Moment) -> Int? {
        let slot = Int(truncatingIfNeeded: number) & (Self.slots - 1)
        guard days[slot] != number else { return slot }
        let date = moment.description.utf8.prefix { $0 != UInt8(ascii: "T") }
        guard date.count == Self.dateLength else { return nil }
        for (index, byte) in date.enumerated() { dates[slot][index] = byte }
        days[slot] = number
        return slot
    }
}

extension InlineArray where Element == UInt8 {
    fileprivate mutating func set(_ number: Int, at index: Int) {
        self[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10)
        self[index + 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10)
    }
}
