internal import CICU

/// An ICU calendar, of which only the zone is used.
///
/// A calendar belongs to one thread at a time; opening and closing are safe from any.
@safe
struct ZoneCalendar: ~Copyable {
    /// From 2100 on, every zone follows a yearly rule or none: the database's last explicit change is in 2087.
    private static let end = Int64(CivilDate(clamping: 1, month: 1, year: 2500).daysSinceEpoch) * secondsPerDay

    private let raw: OpaquePointer

    /// Opens a zone whose name is known to ICU.
    init(_ identifier: String) throws(ChronologyError) {
        var status: Int32 = 0
        let name = Array(identifier.utf16)
        let opened = unsafe icu_calendar_open(name, Int32(clamping: name.count), &status)
        guard let opened = unsafe opened, icu_failed(status) == 0 else { throw ZoneData.missing(identifier) }
        unsafe raw = opened
    }

    deinit { unsafe icu_calendar_close(raw) }

    /// All changes of the zone's offset up to the year 2500.
    consuming func transitions(of identifier: String) throws(ChronologyError) -> ZoneTransitions {
        var status: Int32 = 0
        var date = Double(Instant.minimum.seconds) * 1000
        unsafe icu_calendar_set(raw, date, &status)
        let first = unsafe icu_calendar_offset(raw, &status) / 1000
        var changes: [(instant: Int64, offset: Int32)] = []
        while unsafe icu_calendar_next_transition(raw, &date, &status) != 0, icu_failed(status) == 0 {
            let instant = Int64((date / 1000).rounded(.down))
            if instant >= ZoneCalendar.end { break }
            unsafe icu_calendar_set(raw, date, &status)
            let offset = unsafe icu_calendar_offset(raw, &status) / 1000
            if offset != (changes.last?.offset ?? first) { changes.append((instant, offset)) }
        }
        guard icu_failed(status) == 0 else { throw ZoneData.missing(identifier) }
        return ZoneTransitions(first: first, changes: changes, end: ZoneCalendar.end)
    }
}
