import Chronology
import Policies

/// Expressions for documents that tests build without a file, checked by the loader like those of any policy.
enum Expressions {
    /// The custom clock that the model knows too.
    static let closing: Expression? = {
        let policy = load(clock: "timestamp(object.metadata.closed_at)")
        guard case .custom(let expression)? = policy?.clock else { return nil }
        return expression
    }()

    private static func load(clock: String) -> RetentionPolicy? {
        let text = """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: custom}
            spec:
              match: {kinds: [file]}
              clock: {from: "\(clock)"}
              keep: {atMost: 30d}
            """
        let loaded = PolicyLoader.load(
            files: [("test.yaml", Array(text.utf8))], asOf: Instant(seconds: World.asOf.microseconds / 1_000_000))
        return loaded.policies?.retention.first
    }
}
