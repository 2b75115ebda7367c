internal import Evaluation
internal import Policies

extension TestReport {
    /// The JSON Schema of the JSON form.
    public static var schema: String {
        form.about("What came of the tests, and what they cover. Of a run without a result, null.")
            .schema("test", version: schemaVersion, title: "Tenure test report")
    }

    static let form = ReportHeader.form(
        schemaVersion,
        [
            "passed": .flag.orNull.about("Whether every test is passed, and enough is covered."),
            "tests": .count.orNull,
            "failed": .count.orNull,
            "outcomes": .list(of: outcome).orNull.about("By the tests' names."),
            "coverage": coverage.orNull,
            "incomplete": .incomplete.about("Why there is no result; empty where there is one."),
            "exitCode": .one(of: [0, 1, 2, 3]),
        ])

    private static let place: KeyValuePairs<String, Form> = [
        "file": .text, "line": .integer(atLeast: 0), "column": .integer(atLeast: 0),
    ]

    private static let outcome = Form.object(["name": .text]).adding(place).adding([
        "asOf": .instant,
        "passed": .flag,
        "expectations": .list(of: expectation).about("As the test has them."),
        "failures": .list(of: failure).about("What is not met, then what no expectation names."),
    ])

    private static let expectation = Form.object(place).adding([
        "policy": .text.orNull,
        "hold": .text.orNull,
        "rule": .text.about("Of which it speaks; - where none can be meant."),
        "id": .text,
        "state": state,
        "met": .flag,
        "exception": exception,
    ])

    private static let exception = Form.exception.orNull.about("The live exception that covers what was found.")

    private static let failure = Form.object(place).adding([
        "policy": .text.orNull.about("The policy or the hold; null for what no document says."),
        "rule": .text,
        "source": .text,
        "kind": .kind,
        "id": .text,
        "expected": .text,
        "found": .text,
        "exception": exception,
        "because": .text,
        "advice": .text.about("What to do next."),
    ])

    private static let state = Form.one(of: TestExpectation.State.allCases.map(\.rawValue)).named("expected")

    private static let coverage = Form.object([
        "states": .count.about("States that the policies can reach."),
        "covered": .count.about("Of these, states that a passed expectation names."),
        "percent": .count,
        "failUnder": .count,
        "items": .list(
            of: .object([
                "policy": .text,
                "rule": .text,
                "state": state,
                "covered": .flag,
                "asOf": .instant.orNull,
                "witness": .texts.about("Records that reach it at that instant, as a test writes them."),
            ])),
    ])
}
