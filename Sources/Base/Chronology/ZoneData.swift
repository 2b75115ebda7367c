internal import CICU
internal import Synchronization

/// The time zone database that this process uses: ICU's.
public enum ZoneData {
    /// The database's version, such as `2025b`, or `none` where there is no database.
    public static var version: String {
        var status: Int32 = 0
        guard let version = unsafe icu_zone_data_version(&status), icu_failed(status) == 0 else { return "none" }
        return unsafe String(cString: version)
    }

    /// ICU's own abbreviations. They are not IANA's, and mean what few expect: its `BST` is Dhaka, its `IST` Kolkata.
    private static let abbreviations: Set<String> = [
        "ACT", "AET", "AGT", "ART", "AST", "BET", "BST", "CAT", "CNT", "CST", "CTT", "EAT", "ECT", "IET", "IST", "JST",
        "MIT", "NET", "NST", "PLT", "PNT", "PRT", "PST", "SST", "VST", "Etc/Unknown",
    ]

    private static let cached = Mutex<Set<String>>([])

    /// Every name of the database. ICU answers GMT to a name that it does not know, so a name is looked for here first.
    static func names(for identifier: String) throws(ChronologyError) -> Set<String> {
        let cached = cached.withLock { $0 }
        if !cached.isEmpty { return cached }
        let names = allNames().subtracting(abbreviations)
        guard !names.isEmpty else { throw missing(identifier) }
        ZoneData.cached.withLock { $0 = names }
        return names
    }

    /// The error of a machine that has no zone data.
    static func missing(_ identifier: String) -> ChronologyError {
        ChronologyError(
            code: .zoneDataMissing, text: identifier, reason: "cannot be looked up: ICU's time zone data is missing",
            hint: "install the libicu package of this system, or use UTC or a fixed offset")
    }

    private static func allNames() -> Set<String> {
        var status: Int32 = 0
        guard let list = unsafe icu_zone_names(&status) else { return [] }
        defer { unsafe icu_names_close(list) }
        var names: Set<String> = []
        while icu_failed(status) == 0, let name = unsafe icu_names_next(list, nil, &status) {
            names.insert(unsafe String(cString: name))
        }
        return names
    }
}
