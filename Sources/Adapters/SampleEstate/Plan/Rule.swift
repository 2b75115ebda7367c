/// What the committed policies say, written down a second time: the generator plans against these numbers.
///
/// - Source: `policies/`. Whoever changes a period there changes it here, or a test fails.
enum Rule: Int, CaseIterable {
    case defaultRetention, support, sales, filesAbandoned, filesInUse, vectorStores, responses, undated
    // Access policies, which have no period.
    case tenantIsolation, ownerTag, stuckRuns, unansweredRuns, failedFiles, storeExpiry, addresses

    var policy: String {
        switch self {
        case .defaultRetention: "default-retention"
        case .support: "support-conversations"
        case .sales: "sales-conversations"
        case .filesAbandoned: "files-abandoned"
        case .filesInUse: "files-in-use"
        case .vectorStores: "vector-stores"
        case .responses: "responses"
        case .undated: "undated-records"
        case .tenantIsolation: "tenant-isolation"
        case .ownerTag: "owner-tag"
        case .stuckRuns: "stuck-runs"
        case .unansweredRuns: "unanswered-runs"
        case .failedFiles: "failed-files"
        case .storeExpiry: "vector-store-expiry"
        case .addresses: "addresses-in-metadata"
        }
    }

    /// From the clock to the day of disposal, in seconds.
    var keep: Int64 {
        switch self {
        case .defaultRetention, .undated: 365 * Calendar.day
        case .support: 90 * Calendar.day
        case .sales: 180 * Calendar.day
        case .filesAbandoned, .responses: 30 * Calendar.day
        case .filesInUse: 400 * Calendar.day
        case .vectorStores: 60 * Calendar.day
        case .tenantIsolation, .ownerTag, .stuckRuns, .unansweredRuns, .failedFiles, .storeExpiry, .addresses: 0
        }
    }

    /// From the day of disposal to a violation, in seconds.
    var tolerance: Int64 {
        switch self {
        case .defaultRetention, .filesInUse: 30 * Calendar.day
        case .support, .filesAbandoned, .vectorStores, .responses: 7 * Calendar.day
        case .sales: 14 * Calendar.day
        case .undated, .tenantIsolation, .ownerTag, .stuckRuns, .unansweredRuns, .failedFiles, .storeExpiry,
            .addresses:
            0
        }
    }

    /// Whether what is due may go; otherwise it waits for a review, and what it uses stays with it.
    var deletes: Bool {
        switch self {
        case .support, .sales, .filesAbandoned, .vectorStores, .responses: true
        default: false
        }
    }

    /// Support conversations are kept this long in any case.
    static let supportMinimum = 7 * Calendar.day

    /// Regulated records are kept this many years from their creation.
    static let regulatedYears: Int64 = 5

    /// The sample exception, `pilot-until-spring`, has ended at this instant.
    static let pilotEnds = Calendar.midnight(year: 2027, month: 4, day: 1)
}
