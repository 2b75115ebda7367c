import Chronology
import Policies

/// The as-of instant of these tests.
let asOf = Instant(seconds: 1_795_132_800)  // 2026-11-20T00:00:00Z

func load(_ texts: String...) -> LoadedPolicies { load(texts) }

func load(_ texts: [String]) -> LoadedPolicies {
    let files = texts.enumerated().map { (path: "p/\($0.offset).yaml", bytes: Array($0.element.utf8)) }
    return PolicyLoader.load(files: files, asOf: asOf)
}

/// A retention policy with these lines in its spec beside the required keys.
func policy(
    name: String = "a", match: String = "{kinds: [thread]}", clock: String = "{from: created}",
    keep: String = "{atMost: 90d}", _ more: String = ""
) -> String {
    """
    apiVersion: tenure/v1
    kind: RetentionPolicy
    metadata: {name: \(name)}
    spec:
      match: \(match)
      clock: \(clock)
      keep: \(keep)
      \(more)
    ---

    """
}

func document(_ kind: String, name: String, _ spec: String) -> String {
    "apiVersion: tenure/v1\nkind: \(kind)\nmetadata: {name: \(name)}\nspec: \(spec)\n---\n"
}

/// A register without holds, so that its absence is no news.
let noHolds = document("HoldRegister", name: "holds", "{asOf: 2026-11-20, maxAge: 7d, holds: []}")

extension LoadedPolicies {
    /// `line:column code` of each diagnostic.
    var places: [String] {
        diagnostics.map { "\($0.location.line):\($0.location.column) \($0.code)" }
    }

    var errors: [String] {
        diagnostics.filter { $0.level == .error }.map { "\($0.location.line):\($0.location.column) \($0.code)" }
    }
}
