import CEL
import Chronology
import Records
import YAML

/// Makes the model's values from what fits. Where a part is missing it was reported, and there is no value.
struct Builder {
    /// The instant from which `age` counts, and by which exceptions are expired.
    let asOf: Instant

    /// What a document gives its expressions.
    struct Scope {
        let zone: Zone
        /// The names of its constants.
        var constants: [String] = []
        /// The names and types of its variables.
        var variables: CELObjectType?
        /// The kinds of the records in its variables that are lists of them.
        var variableKinds: [String: KindSet] = [:]
        /// What is known of the records of which its expressions are asked.
        var match = Match()
        /// What its expressions can cost.
        var costs = ExpressionCosts(parameters: nil)
    }

    /// The expression, or nil after a report of all that is wrong with it.
    func expression(
        _ scalar: Scalar, giving type: CELType?, in scope: Scope, _ file: inout DocumentFile
    ) -> Expression? {
        let environment = ExpressionEnvironment.environment(asOf: asOf, zone: scope.zone, variables: scope.variables)
        do throws(CELCompileError) {
            let program = try environment.compile(scalar.text, expecting: type)
            for warning in program.warnings {
                file.warn(
                    "expression-warning", at: scalar.position(of: warning), warning.message, hint: warning.hint)
            }
            checkConstants(of: program, scalar, scope, &file)
            checkCost(of: program, scalar, scope, &file)
            checkMetadataKeys(of: program, scalar, &file)
            let isQuestioned = checkComparisons(of: program, scalar, scope, &file)
            var expression = Expression(scalar, in: file, program: program)
            expression.isQuestioned = isQuestioned
            return expression
        } catch {
            for diagnostic in error.diagnostics {
                file.error(
                    "invalid-expression", at: scalar.position(of: diagnostic), diagnostic.message,
                    hint: diagnostic.hint)
            }
            return nil
        }
    }

    /// Which records a document speaks of. A document without a match speaks of all.
    func match(_ object: CheckedObject?, in scope: Scope, _ file: inout DocumentFile) -> Match {
        var match = Match()
        guard let object else { return match }
        if object["kinds"] != nil { match.kinds = kinds(object.texts("kinds")) }
        match.sources = object.texts("sources").map(Glob.init)
        match.metadata = metadata(object)
        match.subjects = object.texts("subjects")
        match.ids = object.texts("ids")
        match.places = places(object, file)
        match.createdBetween = createdBetween(object, zone: scope.zone, &file)
        match.condition = object.scalar("where").flatMap { scalar in
            var scope = scope
            scope.match = match
            guard var condition = expression(scalar, giving: .bool, in: scope, &file) else { return nil }
            if checkCondition(condition, scalar, match, &file) { condition.isQuestioned = true }
            return condition
        }
        return match
    }

    private func places(_ object: CheckedObject, _ file: DocumentFile) -> [Match.Selector: SourceLocation] {
        var places: [Match.Selector: SourceLocation] = [:]
        for (index, glob) in object.scalars("sources").enumerated() {
            places[.source(index)] = file.location(glob.mark)
        }
        for entry in object.map("metadata") {
            places[.metadataKey(entry.key.text)] = file.location(entry.key.mark)
            guard case .list(let values) = entry.value.value else { continue }
            for value in values.compactMap(\.scalar) {
                places[.metadataValue(key: entry.key.text, value: value.text)] = file.location(value.mark)
            }
        }
        for subject in object.scalars("subjects") { places[.subject(subject.text)] = file.location(subject.mark) }
        for id in object.scalars("ids") { places[.id(id.text)] = file.location(id.mark) }
        return places
    }

    /// The metadata keys that a mapping names, each with its values.
    func metadata(_ object: CheckedObject) -> [Match.MetadataCondition] {
        object.map("metadata").compactMap { entry in
            guard case .list(let values) = entry.value.value else { return nil }
            return Match.MetadataCondition(key: entry.key.text, values: values.compactMap { $0.scalar?.text })
        }.sorted { $0.key < $1.key }
    }

    private func createdBetween(
        _ object: CheckedObject, zone: Zone, _ file: inout DocumentFile
    ) -> Match.CreatedBetween? {
        guard let span = object.object("createdBetween") else { return nil }
        let from = span.day("from")?.beginning(in: zone) ?? .beginning
        let until = span.day("to")?.end(in: zone) ?? .unbounded
        if from >= until {
            file.error(
                "empty-span", at: span.mark(of: "to"), "createdBetween ends before it begins", hint: "swap the days")
        }
        return Match.CreatedBetween(from: from, until: until)
    }

    func kinds(_ names: [String]) -> KindSet { KindSet(names.compactMap { Kind(named: $0) }) }
}

extension Scalar {
    fileprivate func position(of diagnostic: CELDiagnostic) -> Mark {
        position(line: diagnostic.location.line, column: diagnostic.location.column)
    }
}

extension Checked.Day {
    /// The first moment meant: a bare date begins at 00:00.
    func beginning(in zone: Zone) -> Moment {
        switch self {
        case .date(let date): zone.startOfDay(date)
        case .instant(let instant): Moment(instant)
        }
    }

    /// The first moment no longer meant: a bare date ends at 24:00.
    func end(in zone: Zone) -> Moment {
        switch self {
        case .date(let date): zone.endOfDay(date)
        case .instant(let instant): Moment(instant)
        }
    }
}
