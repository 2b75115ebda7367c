public import Chronology
internal import Files

/// The days on which people work: Monday to Friday, without the holidays that somebody lists.
public struct WorkingDays: Sendable, Hashable {
    /// The holidays that are known.
    public let holidays: Set<CivilDate>

    /// Weekends alone: no holiday is known.
    public static let weekdays = WorkingDays(holidays: [])

    /// The weekdays that are no such holiday.
    public init(holidays: Set<CivilDate>) { self.holidays = holidays }

    /// What a file lists: one day a line, as `2026-12-25`, with anything behind a `#`.
    ///
    /// - Throws: every line that is no day, with its place.
    public init(path: String) throws(RequestError) {
        let bytes: [UInt8]
        do throws(FileError) { bytes = try Files.read(path, limit: Self.mostBytes) } catch { throw .file(error) }
        try self.init(bytes, path: path)
    }

    /// Ten thousand years of holidays fit.
    private static let mostBytes = 1 << 22

    init(_ bytes: [UInt8], path: String) throws(RequestError) {
        var days: Set<CivilDate> = []
        var mistakes: [RequestMistake] = []
        let lines = String(decoding: bytes, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let text = line.prefix { $0 != "#" }
            let indent = text.prefix(while: \.isWhitespace).count
            let word = String(text.dropFirst(indent).reversed().drop(while: \.isWhitespace).reversed())
            guard !word.isEmpty else { continue }
            if let day = try? CivilDate(word) {
                days.insert(day)
            } else {
                mistakes.append(
                    RequestMistake(
                        path, line: index + 1, column: indent + 1, "this is no day of the calendar",
                        hint: "write one holiday a line, as 2026-12-25, and what it is behind a #"))
            }
        }
        guard mistakes.isEmpty else { throw .mistakes(mistakes) }
        holidays = days
    }

    /// Why nobody works on a day; nil where people do.
    public func rest(on day: CivilDate) -> Rest? {
        switch day.dayOfWeek {
        case 6: .saturday
        case 0: .sunday
        default: holidays.contains(day) ? .holiday : nil
        }
    }

    /// Why nobody works on a day.
    public enum Rest: String, Sendable, Hashable {
        case saturday = "a Saturday"
        case sunday = "a Sunday"
        case holiday = "a holiday"
    }

    /// The day itself, or else the next on which people work; nil where the calendar ends before it.
    func firstWorkingDay(from day: CivilDate) -> CivilDate? {
        var day = day
        while rest(on: day) != nil {
            guard let next = day.next else { return nil }
            day = next
        }
        return day
    }

    /// The last of so many working days after a day; nil where the calendar ends before it.
    func workingDay(_ count: Int, after day: CivilDate) -> CivilDate? {
        var day = day
        for _ in 0..<count {
            guard let next = day.next, let working = firstWorkingDay(from: next) else { return nil }
            day = working
        }
        return day
    }
}

extension CivilDate {
    fileprivate var next: CivilDate? { Period(days: 1).flatMap(adding) }
}
