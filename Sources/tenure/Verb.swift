/// The verbs, in the order of the overview.
enum Verb {
    /// A verb's group in the overview, and what it is for.
    struct Group: Sendable {
        let title: String
        let commands: [any Command.Type]
    }

    static let groups = [
        Group(
            title: "look",
            commands: [Scan.self, Explain.self, InventoryVerb.self, ForecastVerb.self, Diff.self, Doctor.self]),
        Group(title: "rules", commands: [Lint.self, Test.self, Lock.self, Schema.self, Init.self]),
        Group(
            title: "act", commands: [PlanVerb.self, Approve.self, ApplyVerb.self, Rehearse.self, Erase.self, Hold.self]),
        Group(title: "prove", commands: [Audit.self]),
        Group(title: "try", commands: [Estate.self, TwinVerb.self]),
        Group(title: "shell", commands: [Completions.self]),
    ]

    /// The name of the verb that explains the others.
    static let help = "help"

    static var all: [any Command.Type] { groups.flatMap(\.commands) }

    /// The verb of that name, or an error that names its neighbour.
    static func named(_ name: String) throws(UsageError) -> any Command.Type {
        guard let verb = all.first(where: { $0.name == name }) else {
            throw UsageError("unknown verb \(name)\(didYouMean(name, among: all.map { $0.name } + [help]))")
        }
        return verb
    }
}
