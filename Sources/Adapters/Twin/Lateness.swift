/// Whom a service still shows what was deleted, as one does whose replicas come behind.
struct Lateness: Sendable {
    private var left: [String: Int] = [:]

    private static let times = 3

    /// Notes that something was deleted at this path.
    mutating func deleted(_ path: String) {
        left[path] = Self.times
        let list = Self.list(path)
        left[list] = Self.times
        left[Self.list(list) + "/search"] = Self.times
    }

    /// What one who asks now is shown besides.
    mutating func look(at path: String, _ quirks: Quirks) -> Quirks {
        guard quirks.isLate || quirks.isLateToForget, let more = left[path], more > 0 else { return quirks }
        left[path] = more - 1
        var quirks = quirks
        if quirks.isLate { (quirks.listsDeleted, quirks.servesDeleted) = (true, true) }
        if quirks.isLateToForget { quirks.findsDetached = true }
        return quirks
    }

    private static func list(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    }
}
