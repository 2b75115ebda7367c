internal import Chronology

/// A zone in which parts of a time are read.
struct ClockZone: Sendable {
    let zone: Zone

    /// A name of the IANA database, or an offset; `02:00` is east of Greenwich as `+02:00` is.
    init(_ name: String) throws(ChronologyError) {
        let isUnsigned = name.utf8.first?.isDigit == true
        zone = try Zone(isUnsigned ? "+" + name : name)
    }

    private init(_ zone: Zone) { self.zone = zone }

    static let utc = ClockZone(.utc)
}
