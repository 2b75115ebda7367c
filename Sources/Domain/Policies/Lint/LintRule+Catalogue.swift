/// The rules, by what they look at.
extension LintRule {
    /// What the YAML reader refuses.
    static let syntax = [
        LintRule(.error, "yaml-alias-expansion", "aliases that would expand without measure"),
        LintRule(.error, "yaml-alias-unknown", "an alias without an anchor"),
        LintRule(.error, "yaml-character", "bytes that are no text"),
        LintRule(.error, "yaml-depth", "nodes nested too deep"),
        LintRule(.error, "yaml-duplicate-key", "a key that is there already"),
        LintRule(.error, "yaml-key", "a key that is no scalar"),
        LintRule(.error, "yaml-merge-key", "a merge key, which YAML 1.2 does not know"),
        LintRule(.error, "yaml-size", "a file too large"),
        LintRule(.error, "yaml-syntax", "text that is no YAML"),
        LintRule(.error, "yaml-tag", "a tag that no document needs"),
        LintRule(.error, "yaml-too-many-problems", "more problems than are listed"),
    ]

    /// Keys and values of a document.
    static let shape = [
        LintRule(.error, "counts-clock", "'counts' beside a clock other than lastActivity"),
        LintRule(.error, "credentials-literal", "a credential written out"),
        LintRule(.error, "credentials-place", "credentials with no place or several"),
        LintRule(.error, "duplicate-key", "something said twice"),
        LintRule(.error, "empty-list", "a list of nothing"),
        LintRule(.error, "empty-span", "a span that ends before it begins"),
        LintRule(.error, "exclusive-keys", "keys that exclude each other"),
        LintRule(.error, "insecure-address", "a credential on its way without TLS, or to whoever answers"),
        LintRule(.error, "invalid-address", "an address that is none, or that holds a user or a password"),
        LintRule(.error, "invalid-date", "a day or instant that is none"),
        LintRule(.error, "invalid-key", "a public key that is none"),
        LintRule(.error, "invalid-name", "a name that is none"),
        LintRule(.error, "invalid-period", "a period that is none"),
        LintRule(.error, "invalid-zone", "a time zone that the IANA database does not know"),
        LintRule(.error, "missing-key", "a key that is required and not there"),
        LintRule(.error, "out-of-range", "a number outside of its range"),
        LintRule(.error, "registry-export", "a part of a registry that an export has no use for"),
        LintRule(.error, "registry-vouch", "a vouch that there are no other records which cannot be given"),
        LintRule(.error, "unknown-key", "a key that means nothing"),
        LintRule(.error, "unknown-value", "a word outside of its vocabulary"),
        LintRule(.error, "wrong-type", "a value of another type"),
    ]

    /// CEL expressions.
    static let expressions = [
        LintRule(.error, "invalid-expression", "an expression that does not compile"),
        LintRule(
            .error, "expression-over-budget", "an expression that costs more than its budget, whatever the record"),
        LintRule(.error, "undisclosed", "a message that could print metadata which 'disclose' does not list"),
        LintRule(.error, "unknown-constant", "a constant that the document does not have"),
        LintRule(.error, "unnamed-metadata", "metadata read without naming the key"),
        LintRule(.warning, "always-holds", "a where that always holds of what the match's other lines select"),
        LintRule(.warning, "constant-comparison", "a comparison with one answer, whatever the record"),
        LintRule(.warning, "constant-condition", "a validation with one answer, whatever the record"),
        LintRule(.warning, "expression-cost", "an expression that may cost more than its budget"),
        LintRule(.warning, "expression-warning", "a part of an expression that cannot be meant"),
        LintRule(.warning, "field-never", "a field that records of the kind never have"),
        LintRule(.warning, "never-holds", "a where that never holds of what the match's other lines select"),
        LintRule(.warning, "unguarded-field", "a metadata key that is read and may be absent"),
    ]

    /// One document by itself.
    static let documents = [
        LintRule(.error, "approvals-impossible", "more approvals than people who can give them"),
        LintRule(.error, "clock-never", "a clock that records of the kind never have"),
        LintRule(.error, "keep-contradiction", "an atLeast longer than the same policy's atMost"),
        LintRule(.error, "source-address", "an address where no service of the source's type can be"),
        LintRule(.error, "source-version", "an api-version that is none"),
        LintRule(.error, "source-without-service", "a key of services beside a type that is none"),
        LintRule(.error, "too-many", "more validations or records than one document may have"),
        LintRule(.warning, "default-without-limit", "a default without an atMost to give way with"),
        LintRule(.warning, "expired-exception", "an exception that has expired at the as-of instant"),
        LintRule(.warning, "expired-gap", "an accepted gap that has ended at the as-of instant"),
        LintRule(.warning, "exception-on-nothing", "an exception from which no record can profit"),
        LintRule(.warning, "hold-on-nothing", "a hold that no record can fit"),
        LintRule(.warning, "idle-disposition", "a disposition or limit without effect"),
        LintRule(.warning, "never-due", "an atMost that no matching record can reach"),
        LintRule(.warning, "no-delete-verb", "whenDue: delete for a kind that providers cannot delete"),
        LintRule(.warning, "no-reason", "an exception or gap without a reason"),
        LintRule(.warning, "policy-on-nothing", "a policy that no record can fit"),
        LintRule(.warning, "source-not-scannable", "a source of a type that this version does not read"),
        LintRule(.warning, "source-elsewhere", "an address that is none of the provider's"),
        LintRule(.warning, "source-version-lacks", "an api-version that lacks kinds which others have"),
        LintRule(.warning, "source-version-unknown", "an api-version that has ended, or that nobody here knows"),
        LintRule(.warning, "stale-register", "a hold register that is stale at the as-of instant"),
        LintRule(.warning, "unused-variable", "a variable that no expression reads"),
    ]

    /// Documents beside each other.
    static let consistency = [
        LintRule(.error, "lock-untrusted", "a lock that is missing, broken, or not signed by enough of its people"),
        LintRule(.error, "locked", "a policy weaker than what was signed"),
        LintRule(.error, "duplicate-name", "two documents of one kind with one name"),
        LintRule(.error, "hold-missing", "a registered hold without its document"),
        LintRule(.error, "hold-unlisted", "a hold that is not registered"),
        LintRule(.error, "duplicate-signer", "a signer with two keys, or a key with two signers"),
        LintRule(.error, "second-register", "a second hold register"),
        LintRule(.error, "unknown-policy", "a policy that is named and not there"),
        LintRule(.error, "unknown-signer", "somebody whose approval is asked for, and whose key is not there"),
        LintRule(.warning, "contradiction", "an atLeast longer than another policy's atMost for the same record"),
        LintRule(.warning, "default-never-reached", "a default whose every record falls under another limit"),
        LintRule(.warning, "listed-twice", "a hold that is registered twice"),
        LintRule(.warning, "unlocked", "the old side of a diff, where a lock is trusted and it has none (in diff)"),
        LintRule(.warning, "shadowed", "a policy that a stricter one always precedes"),
        LintRule(.info, "cannot-decide", "two policies of which lint cannot tell whether they contradict each other"),
        LintRule(.info, "lint-incomplete", "more pairs of documents than lint compares"),
    ]

    /// Tests beside their own records, and beside the documents that they test.
    static let tests = [
        LintRule(.error, "impossible-expectation", "an expectation that nothing could meet"),
        LintRule(.error, "impossible-reference", "a reference that records of the kind never have"),
        LintRule(.error, "unknown-name", "a document that a test names and that is not there"),
        LintRule(.error, "unknown-record", "an expectation of none of the test's records, or of several"),
        LintRule(.error, "unknown-rule", "a rule that the policy does not have, or one of several"),
        LintRule(.warning, "untested-policy", "a policy that no test expects anything of, where there are tests"),
    ]

    /// The directory as a whole.
    static let completeness = [
        LintRule(.error, "more-errors", "errors of a file beyond those that are listed"),
        LintRule(.error, "no-digest", "a digest that cannot be computed"),
        LintRule(.error, "no-documents", "a directory without documents"),
        LintRule(.error, "unreadable", "a file or directory that cannot be read"),
        LintRule(.warning, "more-warnings", "warnings of a file beyond those that are listed"),
        LintRule(.warning, "no-register", "documents without a hold register"),
        LintRule(.warning, "no-retention-policy", "documents without a retention policy"),
        LintRule(.info, "more-infos", "infos of a file beyond those that are listed"),
    ]

    /// Documents beside data, with `--export`, and beside services, with `--online`.
    static let data = [
        LintRule(.warning, "exception-unused", "an exception but for which nothing would be found (with --export)"),
        LintRule(.warning, "matched-nothing", "a document that matches no record (with --export)"),
        LintRule(.error, "source-unusable", "a source that cannot be asked at all (with --online)"),
        LintRule(.warning, "source-blind", "kinds that a source does not show and a policy needs (with --online)"),
        LintRule(.warning, "selector-unmatched", "an entry of a match that fits nothing (with --export)"),
    ]
}
