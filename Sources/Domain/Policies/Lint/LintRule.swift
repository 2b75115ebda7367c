/// One sort of diagnostic: the id that reports carry, and what it speaks of.
///
/// Ids are stable: other tools name them to filter, count and suppress.
public struct LintRule: Sendable, Hashable {
    /// The rule's id, such as `contradiction`: the code of its diagnostics.
    public let id: String
    /// How bad what it finds is.
    public let level: Diagnostic.Level
    /// What it finds, in a few words.
    public let sentence: String

    init(_ level: Diagnostic.Level, _ id: String, _ sentence: String) {
        self.id = id
        self.level = level
        self.sentence = sentence
    }

    /// Every rule there is, by level and then id.
    public static let all = (syntax + shape + expressions + documents + consistency + tests + completeness + data)
        .sorted { ($0.level, $0.id) < ($1.level, $1.id) }

    /// The rule of that id, or nil.
    public static func named(_ id: String) -> LintRule? { all.first { $0.id == id } }
}
