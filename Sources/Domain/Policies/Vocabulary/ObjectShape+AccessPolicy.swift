import Records

extension ObjectShape {
    static let accessPolicy = ObjectShape(
        "an AccessPolicy's spec",
        [
            .severity, .controls, .match,
            Field("params", .constants, "Constants for the policy's expressions, which name them params.NAME."),
            Field(
                "variables", .list(.object(variable), minimum: 0),
                "Expressions with names, evaluated once for each record and only where they are read."),
            Field(
                "validations", .list(.object(validation), minimum: 1), required: true,
                "What must be true of each record that matches."),
            Field(
                "mode", .names(of: RetentionPolicy.Mode.self, noun: "mode"), default: "enforce",
                "An observed policy is reported and never fails a run."),
            Field(
                "disclose", .texts(),
                "Metadata keys of which a messageExpression may print the value. The names owner, subject and tenant allow those fields."
            ),
            .timeZone,
        ])

    private static let variable = ObjectShape(
        "a variable",
        [
            Field("name", .identifier, required: true, "What expressions call it, after 'variables.'."),
            Field(
                "expression", .expression, required: true,
                "A CEL expression of any type, which may name the variables before it."),
        ])

    private static let validation = ObjectShape(
        "a validation",
        [
            Field("name", .name, required: true, "The validation's stable name: the rule of its findings."),
            Field(
                "expression", .condition, required: true, "A CEL expression. Where it is false the record is denied."),
            Field("message", .text, "What to say where it is false."),
            Field(
                "messageExpression", .expression,
                "A CEL expression that makes the message from the record. Where it fails, 'message' is said."),
        ])
}

extension Field {
    static let severity = Field(
        "severity", .choice(Severity.allCases.reversed().map(\.name), noun: "severity"), default: "medium",
        "How bad a violation is.")

    static let controls = Field(
        "controls", .texts(minimum: 0), "The controls of standards and laws that the policy serves.")
}
