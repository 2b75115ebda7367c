/// Gives the words of a command line to the parameters of a verb.
struct ArgumentParser {
    private let options: [Parameter]
    private var arguments: ArraySlice<Parameter>
    /// Whether `--help` was met, which ends the reading.
    private(set) var wantsHelp = false

    init(_ parameters: [Parameter]) {
        options = parameters.filter { if case .argument = $0.shape { false } else { true } }
        arguments = parameters.filter { if case .argument = $0.shape { true } else { false } }[...]
    }

    /// Reads all words; after `--` no word is an option.
    mutating func parse(_ words: some Sequence<String>) throws(UsageError) {
        var rest = Array(words)[...]
        var isLiteral = false
        while let word = rest.popFirst() {
            if isLiteral || !word.hasPrefix("-") || word == "-" {
                try take(argument: word)
            } else if word == "--" {
                isLiteral = true
            } else if word == "--help" || word == "-h" {
                wantsHelp = true
                return
            } else {
                try take(option: word, &rest)
            }
        }
        if let missing = arguments.first(where: \.isRequired) { throw UsageError("\(missing.spelling) is missing") }
    }

    private mutating func take(argument word: String) throws(UsageError) {
        guard let argument = arguments.popFirst() else { throw UsageError("\"\(word)\" is one word too many") }
        try argument.take(word)
    }

    private func take(option word: String, _ rest: inout ArraySlice<String>) throws(UsageError) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let option = options.first(where: { $0.spelling == parts[0] }) else {
            let names = options.map(\.spelling) + ["--help"]
            throw UsageError("unknown option \(parts[0])\(didYouMean(parts[0], among: names))")
        }
        switch (option.shape, parts.dropFirst().first) {
        case (.flag, nil):
            try option.take("")
        case (.flag, _?):
            throw UsageError("\(option.spelling) takes no value")
        case (_, let value?):
            try option.take(value)
        case (_, nil):
            guard let value = rest.first, value == "-" || !value.hasPrefix("-") else {
                throw UsageError("\(option.spelling) needs a value: \(option.usage)")
            }
            rest.removeFirst()
            try option.take(value)
        }
    }
}
