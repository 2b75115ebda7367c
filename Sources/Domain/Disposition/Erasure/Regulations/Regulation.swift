public import Chronology

/// A law under which a person asks to be forgotten.
public enum Regulation: String, Sendable, Hashable, CaseIterable {
    /// The General Data Protection Regulation of the European Union.
    case gdpr
    /// The same as the United Kingdom keeps it.
    case ukGDPR = "uk-gdpr"
    /// The California Consumer Privacy Act.
    case ccpa

    /// What held on a day; nil before the law did.
    public func edition(on day: CivilDate) -> RegulationEdition? { editions.last { $0.since <= day } }

    /// All that ever held, the oldest first.
    public var editions: [RegulationEdition] {
        switch self {
        case .gdpr: [.gdpr]
        case .ukGDPR: [.ukGDPR, .ukGDPRFrom2026]
        case .ccpa: [.ccpa, .ccpaFrom2020, .ccpaFrom2023]
        }
    }
}

/// What a law asked for from some day on: how long an answer may take, and how the days are counted.
///
/// Every period is counted from the day of receipt, and never from another period's end.
public struct RegulationEdition: Sendable, Hashable {
    /// How the last day of a period is found.
    public enum Counting: Sendable, Hashable {
        /// The day of receipt is not counted; a month ends with the day of the same number, or else with its last; a
        /// last day that nobody works on becomes the next on which people do.
        ///
        /// - Source: Regulation (EEC, Euratom) No 1182/71, Article 3(1), (2)(c) and (4).
        case union
        /// Days of the calendar after that of receipt, whatever day the last one is.
        ///
        /// - Source: 11 CCR § 7021(b): calendar days, and none of them is moved.
        case calendarDays
    }

    /// The first day on which it held.
    public let since: CivilDate
    /// How long the answer may take.
    public let response: Period
    /// How long it may take in all where the person was told of the delay, and why, within `response`.
    public let extended: Period
    /// Within how many working days the receipt is confirmed; nil where no law asks for it.
    public let workingDaysToConfirm: Int?
    /// How days are counted.
    public let counting: Counting
    /// Where that is written.
    public let source: String
    /// Where the rule of counting is written.
    public let countingSource: String
}

extension RegulationEdition {
    private static let union = "Regulation (EEC, Euratom) No 1182/71, Article 3"

    /// - Source: Regulation (EU) 2016/679, Article 12(3): one month of receipt, two further months where requests are
    ///   complex or many, and the person is told within the first; Article 99(2): from 25 May 2018.
    static let gdpr = RegulationEdition(
        since: day(2018, 5, 25), response: months(1), extended: months(3), workingDaysToConfirm: nil, counting: .union,
        source: "GDPR Article 12(3)", countingSource: union)

    /// - Source: the same Article as retained at the end of 2020; Data Protection Act 2018, section 205(2), for the rule of
    ///   counting; the Information Commissioner's guidance on time limits, which moves weekends and bank holidays too.
    static let ukGDPR = RegulationEdition(
        since: day(2018, 5, 25), response: months(1), extended: months(3), workingDaysToConfirm: nil, counting: .union,
        source: "UK GDPR Article 12(3)", countingSource: union)

    /// - Source: UK GDPR Article 12A, which section 76 of the Data (Use and Access) Act 2025 put there: one month, two
    ///   further; in force from 5 February 2026 by SI 2026/82. Time for which it lets the clock stand is not left out
    ///   here: the date is the earlier one.
    static let ukGDPRFrom2026 = RegulationEdition(
        since: day(2026, 2, 5), response: months(1), extended: months(3), workingDaysToConfirm: nil, counting: .union,
        source: "UK GDPR Articles 12(3) and 12A", countingSource: union)

    /// - Source: California Civil Code § 1798.130(a)(2)(A), in force from 1 January 2020: 45 days, once extended by 45.
    static let ccpa = RegulationEdition(
        since: day(2020, 1, 1), response: days(45), extended: days(90), workingDaysToConfirm: nil,
        counting: .calendarDays, source: "Civil Code § 1798.130(a)(2)(A)",
        countingSource: "Civil Code § 10")

    /// - Source: 11 CCR § 999.313, in force from 14 August 2020: the receipt is confirmed within 10 business days.
    static let ccpaFrom2020 = RegulationEdition(
        since: day(2020, 8, 14), response: days(45), extended: days(90), workingDaysToConfirm: 10,
        counting: .calendarDays, source: "Civil Code § 1798.130(a)(2)(A); 11 CCR § 999.313",
        countingSource: "11 CCR § 999.313(b)")

    /// - Source: 11 CCR § 7021, in force from 29 March 2023: confirmed within 10 business days, answered within 45 calendar
    ///   days of receipt, however long it takes to verify who asks, and within 90 in all with notice.
    static let ccpaFrom2023 = RegulationEdition(
        since: day(2023, 3, 29), response: days(45), extended: days(90), workingDaysToConfirm: 10,
        counting: .calendarDays, source: "Civil Code § 1798.130(a)(2)(A); 11 CCR § 7021",
        countingSource: "11 CCR § 7021(b)")

    private static func months(_ count: Int) -> Period { Period(months: count) ?? .zero }
    private static func days(_ count: Int) -> Period { Period(days: count) ?? .zero }

    /// The days above are of the calendar: a test looks at each.
    private static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
        CivilDate(year: year, month: month, day: day) ?? .distantFuture
    }
}

extension CivilDate {
    /// A law of which nobody can say since when it holds never did.
    fileprivate static let distantFuture = Zone.utc.civil(at: .maximum).date
}
