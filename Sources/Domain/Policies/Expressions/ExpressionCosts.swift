import CEL

/// What a document's expressions can cost, told when they are loaded.
///
/// A record's related records, and the length of its texts, have no bound of their own; costs are reckoned for stated
/// ones. They are assumptions, and whoever reports a cost says which.
struct ExpressionCosts {
    /// How many related records a record has in each list, in steps.
    private static let relatedRecords = [0, 10, 100, 1_000, 10_000]

    /// How many bytes a text of a record has at most: an id, a value of metadata.
    ///
    /// - Source: OpenAI's API, `Metadata`: values of up to 512 characters, each of which is a byte in ASCII.
    static let textBytes = 512

    /// For each step what is known of the sizes.
    private var sizes: [CELSizes]

    /// Costs beside these constants of the document, and no variables yet.
    init(parameters: CELValue?) {
        sizes = Self.relatedRecords.map { count in
            var sizes = CELSizes(fields: [RecordField.typeName: Self.fields(related: count)])
            sizes.variables[ExpressionVariable.params.name] =
                parameters.map { CELExtent(of: $0) } ?? .map(.none, keys: .scalar, values: .scalar)
            sizes.fields[AccessPolicy.variablesTypeName] = [:]
            return sizes
        }
    }

    /// What fields hold of a record with so many related records in each of its lists.
    private static func fields(related count: Int) -> [String: CELSizes.Field] {
        let text = CELExtent.text(CELBounds(upTo: textBytes))
        let fields = RecordField.allCases.map { field in
            let extent: CELExtent =
                switch field.type {
                case .string: text
                case .list(let element): .list(CELBounds(upTo: count), of: CELExtent(element))
                case .map(let key, _): .map(.any, keys: CELExtent(key), values: text)
                case let type: CELExtent(type)
                }
            return (field.name, CELSizes.Field(extent))
        }
        return Dictionary(uniqueKeysWithValues: fields)
    }

    /// Lets later expressions read a variable, for which they pay each time. What did not compile costs nothing: it was
    /// reported once, and whatever reads it is not to blame.
    mutating func declare(_ name: String, _ program: CELProgram?) {
        for step in sizes.indices {
            let field = program.map { program in
                let estimate = program.estimatedCost(of: sizes[step])
                // Where its own budget ends an evaluation, the variable has cost no more than that.
                let least = min(estimate.total.least, program.costLimits.cost)
                return CELSizes.Field(program.extent(of: sizes[step]), reading: CELBounds(least, estimate.total.most))
            }
            sizes[step].fields[AccessPolicy.variablesTypeName]?[name] = field ?? CELSizes.Field(.scalar)
        }
    }

    /// What an expression may cost beyond its budget.
    struct Excess {
        /// How many related records it takes; 0 where it takes none.
        let related: Int
        let estimate: CELCostEstimate
    }

    /// The fewest related records with which the expression may cost more than its budget; nil where it may not with any
    /// number that is reckoned with.
    func excess(of program: CELProgram) -> Excess? {
        guard let last = sizes.last, !program.estimatedCost(of: last).isCertain(within: program.costLimits) else {
            return nil
        }
        for (count, sizes) in zip(Self.relatedRecords, sizes) {
            let estimate = program.estimatedCost(of: sizes)
            if !estimate.isCertain(within: program.costLimits) { return Excess(related: count, estimate: estimate) }
        }
        return nil
    }
}
