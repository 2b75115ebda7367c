/// What a shell needs to know of a verb, taken from the declarations that `--help` is made of.
struct CompletedVerb {
    /// What can stand in the place of a value.
    enum Values: Equatable {
        case words([String])
        case directories
        case files
        /// Nothing that a shell could know.
        case none
    }

    struct Option {
        /// With both hyphens.
        let name: String
        let help: String
        /// What the value is called; nil for a flag.
        let value: String?
        let values: Values
        let isRepeatable: Bool
    }

    let name: String
    let sentence: String
    let options: [Option]
    /// What can stand in the places of bare words.
    let arguments: [(value: String, values: Values)]

    /// Every verb, and the one that explains the others.
    static var all: [CompletedVerb] {
        let verbs = Verb.all.map(CompletedVerb.init)
        let help = CompletedVerb(
            name: Verb.help, sentence: "Explain a verb and its options.", options: [],
            arguments: [("VERB", .words(verbs.map(\.name)))])
        return verbs + [help]
    }

    private init(
        name: String, sentence: String, options: [Option], arguments: [(value: String, values: Values)]
    ) {
        self.name = name
        self.sentence = sentence
        self.options = options
        self.arguments = arguments
    }

    init(_ verb: any Command.Type) {
        var options: [Option] = []
        var arguments: [(value: String, values: Values)] = []
        for parameter in verb.init().parameters {
            switch parameter.shape {
            case .flag:
                options.append(Option(parameter, value: nil))
            case .option(let value):
                options.append(Option(parameter, value: value))
            case .argument(let value):
                arguments.append((value, Values(value, parameter.choices)))
            }
        }
        let help = Option(name: "--help", help: "Print this help.", value: nil, values: .none, isRepeatable: false)
        self.init(name: verb.name, sentence: verb.sentence, options: options + [help], arguments: arguments)
    }
}

extension CompletedVerb.Option {
    fileprivate init(_ parameter: Parameter, value: String?) {
        self.init(
            name: parameter.spelling, help: parameter.help, value: value,
            values: value.map { CompletedVerb.Values($0, parameter.choices) } ?? .none,
            isRepeatable: parameter.isRepeatable)
    }
}

extension CompletedVerb.Values {
    /// What the name of a value says of it.
    fileprivate init(_ value: String, _ choices: [String]) {
        if !choices.isEmpty {
            self = .words(choices)
        } else if value.hasSuffix("DIR") {
            self = .directories
        } else if value.hasSuffix("FILE") || value.hasSuffix("PATH") {
            self = .files
        } else {
            self = .none
        }
    }
}
