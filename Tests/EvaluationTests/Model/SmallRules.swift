import Chronology
import Policies
import Records
import RuleSupport

/// The documents under which the exhaustive test looks at its estates.
struct SmallRules {
    var policies: [RetentionPolicy]
    var holds: [LegalHold] = []
    var exceptions: [PolicyException] = []
    var unread: Set<Kind> = []

    func world(_ records: [WorldRecord]) -> World {
        var world = World()
        world.sources[0].complete.subtract(unread)
        world.records = records
        world.policies = policies
        world.holds = holds
        world.exceptions = exceptions
        return world
    }

    private typealias D = WorldDocuments

    private static let active = RetentionPolicy.Clock.lastActivity(counts: [.init(.user), .init(.assistant)])
    private static let threads = D.policy("threads", kinds: [.thread], clock: active, atMost: "30d") {
        $0.overdueAfter = try? .init("30d")
    }
    private static let messages = D.policy("messages", kinds: [.message], atMost: "30d")
    private static let files = D.policy("files", kinds: [.file], atMost: "30d")
    private static let filesAnyway = D.policy("files-anyway", kinds: [.file], atMost: "30d") { $0.whileUsed = .delete }
    private static let filesInUse = D.policy("files-in-use", kinds: [.file], clock: active, atMost: "90d")
    private static let everything = D.policy("default", atMost: "1y") {
        $0.isDefault = true
        $0.overdueAfter = try? .init("P1M")
    }
    private static let keepThreads = D.policy("keep-threads", kinds: [.thread], atLeast: "90d")
    private static let keepMessages = D.policy("keep-messages", kinds: [.message], atLeast: "90d")
    private static let keepFiles = D.policy("keep-files", kinds: [.file], clock: active, atLeast: "90d")
    private static let keepMarked = D.policy("keep-marked", clock: active, atLeast: "7d", atMost: "5y") {
        marked(&$0.match)
    }
    private static let watched = D.policy("watched", kinds: [.thread, .file], atMost: "7d") { $0.mode = .observe }

    private static func marked(_ match: inout Match) {
        match.metadata = [Match.MetadataCondition(key: "product", values: ["support"])]
    }

    private static let onMarked = D.hold("on-marked", marked)
    private static let released = D.hold("released", until: -3, marked)
    private static let recent = D.hold("recent") {
        $0.createdBetween = .init(from: World.instant(-60), until: .unbounded)
    }
    private static let pilot = D.exception("pilot", from: ["threads", "files", "default"], marked)
    private static let over = D.exception("over", from: ["threads", "files"], expires: 0, marked)

    /// Each combination brings a rule of the design to bear on the others.
    static let all: [SmallRules] = [
        SmallRules(policies: [threads, messages, files]),
        SmallRules(policies: [threads, files], holds: [onMarked]),
        SmallRules(policies: [threads, messages, filesAnyway], holds: [released]),
        SmallRules(policies: [threads, files], exceptions: [pilot]),
        SmallRules(policies: [threads, files, keepThreads]),
        SmallRules(policies: [threads, messages, files, keepMessages]),
        SmallRules(policies: [threads, messages, filesInUse, keepFiles]),
        SmallRules(policies: [everything, threads, keepMarked]),
        SmallRules(policies: [everything, files, watched], exceptions: [pilot, over]),
        SmallRules(policies: [threads, files], unread: [.message]),
        SmallRules(policies: [threads, files, keepMarked], unread: [.run]),
        SmallRules(policies: [threads, filesInUse, filesAnyway], holds: [recent], unread: [.batch]),
        SmallRules(
            policies: [threads, files, messages, keepMarked], holds: [onMarked, released], exceptions: [pilot]),
        SmallRules(policies: [everything, keepThreads, filesAnyway], holds: [recent]),
        SmallRules(policies: [everything, watched, messages], exceptions: [over], unread: [.thread]),
        SmallRules(policies: [threads, files, filesInUse], holds: [released], exceptions: [pilot]),
    ]
}
