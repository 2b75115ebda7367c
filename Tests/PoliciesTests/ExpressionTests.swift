import CEL
import Chronology
import Testing

@testable import Policies

@Suite struct ExpressionTests {
    private func evaluate(_ text: String, zone: String = "UTC") throws -> CELOutcome {
        let environment = ExpressionEnvironment.environment(asOf: asOf, zone: try Zone(zone))
        let program = try environment.compile(text)
        return program.evaluate(CELBindings(["now": .timestamp(asOf)], in: environment))
    }

    @Test(arguments: [
        ("age(timestamp('2026-11-19T00:00:00Z')) == duration('24h')", "UTC"),
        ("age(now) == days(0) && days(2) == duration('48h')", "UTC"),
        ("timestamp('2026-01-31T10:00:00Z') + period('P1M') == timestamp('2026-02-28T10:00:00Z')", "UTC"),
        ("period('1mo') + timestamp('2024-01-30T10:00:00Z') == timestamp('2024-02-29T10:00:00Z')", "UTC"),
        ("timestamp('2026-03-31T10:00:00Z') - period('P1M') == timestamp('2026-02-28T10:00:00Z')", "UTC"),
        ("timestamp('2026-03-30T01:30:00Z') - period('P1D') == timestamp('2026-03-29T01:30:00Z')", "Europe/Berlin"),
        ("timestamp('2026-03-30T00:30:00Z') - period('P1D') == timestamp('2026-03-29T01:00:00Z')", "Europe/Berlin"),
        ("timestamp('2026-10-26T01:30:00Z') - period('P1D') == timestamp('2026-10-25T01:30:00Z')", "Europe/Berlin"),
        ("timestamp('2026-10-26T01:30:00Z') - period('PT24H') == timestamp('2026-10-25T01:30:00Z')", "Europe/Berlin"),
        (
            "timestamp('2026-03-29T10:00:00.25Z') - period('P1DT1H') == timestamp('2026-03-28T10:00:00.25Z')",
            "Europe/Berlin"
        ),
        ("period('P12M') != period('P1Y') && period('90d') == period('P90D')", "UTC"),
    ])
    func `periods are calendar arithmetic in the policy's zone (cases 11 and 12)`(text: String, zone: String) throws {
        #expect(try evaluate(text, zone: zone).condition == true)
    }

    @Test(arguments: [
        "period('3 days') == period('3d')", "days(9223372036854775807) == days(1)",
        "timestamp('9999-12-31T00:00:00Z') + period('2d') == now",
        "timestamp('0001-01-01T00:00:00Z') - period('2d') == now",
        "timestamp('0001-01-01T00:00:00Z') - period('9999y') == now",
        "age(timestamp('0001-01-01T00:00:00Z')) == days(1)",
    ])
    func `what is out of range is an error, never a trap`(text: String) throws {
        #expect(try evaluate(text).error != nil)
    }

    @Test func `the record's fields are typed by the table that the evaluation indexes`() {
        #expect(RecordField.objectType.fields.map(\.name) == RecordField.allCases.map(\.name))
        #expect(RecordField.objectType.index(of: "metadata") == RecordField.metadata.rawValue)
    }
}
