/// A time zone: UTC, a fixed offset, or a name of the IANA database.
///
/// Zones are looked up once in a process, with all their transitions, so copies are cheap and every method is a search
/// in a sorted table. Values may be used from any thread.
public struct Zone: Sendable {
    /// The name as it was given: `Europe/Berlin`, `UTC`, `+05:30`.
    public let identifier: String

    let transitions: ZoneTransitions

    /// The zone of that name: `UTC`, an offset such as `+05:30`, or a name of the IANA database, case-sensitive.
    public init(_ identifier: String) throws(ChronologyError) {
        self.identifier = identifier
        transitions = try ZoneCatalog.transitions(of: identifier)
    }

    private init(identifier: String, transitions: ZoneTransitions) {
        self.identifier = identifier
        self.transitions = transitions
    }

    /// Coordinated universal time, which needs no zone data.
    public static let utc = Zone(identifier: "UTC", transitions: ZoneTransitions(fixedOffset: 0))

    /// Seconds that local time is ahead of UTC.
    public func offsetSeconds(at instant: Instant) -> Int {
        Int(transitions.offset(at: instant.seconds))
    }

    /// What clock and calendar show in the zone.
    public func civil(at instant: Instant) -> CivilDateTime {
        let offset = Int64(transitions.offset(at: instant.seconds))
        let (local, overflow) = instant.seconds.addingReportingOverflow(offset)
        return CivilDateTime(localSeconds: overflow ? instant.seconds : local, nanosecond: instant.nanoseconds)
    }

    /// The first moment of the day, which is not midnight where a transition skips midnight.
    public func startOfDay(_ date: CivilDate) -> Moment {
        moment(localSeconds: Int64(date.daysSinceEpoch) * secondsPerDay)
    }

    /// The first moment after the day: the start of the next.
    public func endOfDay(_ date: CivilDate) -> Moment {
        moment(localSeconds: Int64(date.daysSinceEpoch + 1) * secondsPerDay)
    }

    /// The moment at which the zone's clocks show so many seconds after 1970: the later where they show it twice, the
    /// first that they show after it where they skip it.
    func moment(localSeconds: Int64) -> Moment {
        Moment(seconds: transitions.instant(local: localSeconds))
    }
}

extension Zone: Hashable {
    /// Whether both have the same name; `UTC` and `Etc/UTC` differ.
    public static func == (left: Zone, right: Zone) -> Bool { left.identifier == right.identifier }
    /// Feeds the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(identifier) }
}

extension Zone: CustomStringConvertible {
    /// The zone's name.
    public var description: String { identifier }
}
