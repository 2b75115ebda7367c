import Records

extension ObjectShape {
    static let retentionPolicy = ObjectShape(
        "a RetentionPolicy's spec",
        [
            .severity, .controls,
            Field(
                "default", .boolean, default: "false",
                "Whether the atMost gives way where another policy in force, with an atMost, matches."),
            .match,
            Field("clock", .object(clock), required: true, "What the policy counts from."),
            Field("keep", .object(keep), required: true, "How long records must be kept, and how long they may be."),
            Field(
                "overdueAfter", .period, default: "0d",
                "How long a due record may wait until that is a violation. Counted from the day it is due."),
            Field(
                "whileUsed", .names(of: RetentionPolicy.WhileUsed.self, noun: "answer"), default: "keep",
                "What happens to due files, vector stores and containers that something still uses."),
            Field(
                "mode", .names(of: RetentionPolicy.Mode.self, noun: "mode"), default: "enforce",
                "An observed policy is reported, never fails a run, and never deletes."),
            Field(
                "whenDue", .names(of: RetentionPolicy.WhenDue.self, noun: "disposition"), default: "report",
                "What is done to a due record."),
            Field(
                "onUndetermined", .names(of: RetentionPolicy.OnUndetermined.self, noun: "answer"), default: "fail",
                "Whether a state that cannot be decided is a violation or only reported. It is never deleted."),
            Field("limits", .object(limits), "What one run may delete at most. All hold, or nothing is executed."),
            Field(
                "approvals", .object(approvals),
                "Who must approve a plan that deletes under the policy, or a list that releases for it."),
            Field("params", .constants, "Constants for the policy's expressions, which name them params.NAME."),
            Field("disclose", .texts(), "Metadata keys of which messages may print the value."),
        ])

    private static let clock = ObjectShape(
        "clock",
        [
            Field(
                "from", .clock, required: true,
                "created, lastActivity, lastModified or expires, or a CEL expression that gives a timestamp."),
            Field(
                "counts",
                .list(.choice(Role.allCases.compactMap(\.name), noun: "role"), minimum: 1),
                default: "[user, assistant]",
                "With lastActivity: the roles whose messages and items count as activity."),
        ])

    private static let keep = ObjectShape(
        "keep", oneOf: ["atLeast", "atMost"],
        [
            Field("atLeast", .period, "How long a record must exist: 7d, 6w, 18mo, 7y, P1Y6M, PT24H."),
            Field("atMost", .period, "How long a record may exist: 7d, 6w, 18mo, 7y, P1Y6M, PT24H."),
            Field(
                "basis", .names(of: RetentionPolicy.Basis.self, noun: "basis"), default: "internal",
                "Why records must exist. Statutes and claims outrank a privacy request."),
            Field("timeZone", .zone, default: "UTC", "The zone in which days and months are counted."),
        ])

    private static let limits = ObjectShape(
        "limits",
        [
            Field("records", .integer(0...Int(Int32.max)), "How many records, cascades counted."),
            Field("percent", .integer(0...100), "How many percent of what the policy matches."),
            Field(
                "perSubject", .integer(0...Int(Int32.max)),
                "How many records of any one subject, cascades counted. Those that name none count as one subject's."),
        ])

    private static let approvals = ObjectShape(
        "approvals",
        [
            Field(
                "count", .integer(1...100), required: true,
                "How many different people; who asked for the plan never counts."),
            Field(
                "from", .list(.name, minimum: 1),
                "The names of those whose approval counts. Without it, of everyone whom a Signers document names."),
        ])
}
