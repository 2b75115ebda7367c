/// The texts of `--help`.
enum Help {
    private static let width = 100

    /// What the command is for, and its verbs.
    static var overview: String {
        let names = Verb.all.map { $0.name.count }.max() ?? 0
        let groups = Verb.groups.map { group in
            let lines = group.commands.map { verb in
                "    " + padded(verb.name, names + 2) + verb.sentence
            }
            return "  \(group.title)\n" + lines.joined(separator: "\n")
        }
        return """
            tenure checks what AI assistants leave behind against your retention rules, and proves its answer.

              $ tenure scan --export export --policies policies

            VERBS
            \(groups.joined(separator: "\n"))

            tenure help VERB explains one verb and its options; tenure --version prints the version.

            EXIT CODES
              0  clean
              1  violations at or above --fail-on
              2  usage, policy or configuration error: nothing was scanned
              3  incomplete: something could not be read or decided
              4  safety stop: a limit, an approval, a hold register or a plan is not as it must be
              5  some dispositions failed or are unverified
            """
    }

    /// One verb, with every option.
    static func text(of verb: any Command.Type) -> String {
        let parameters = verb.init().parameters
        let arguments = parameters.filter { if case .argument = $0.shape { true } else { false } }
        let options = parameters.filter { if case .argument = $0.shape { false } else { true } }
        let words = arguments.map { $0.isRequired ? " \($0.usage)" : " [\($0.usage)]" }.joined()
        var sections = ["\(verb.sentence)\n\n  $ \(verb.example)", "USAGE\n  tenure \(verb.name)\(words) [OPTIONS]"]
        if !arguments.isEmpty { sections.append("ARGUMENTS\n" + rows(arguments.map(row))) }
        sections.append("OPTIONS\n" + rows(options.map(row) + [("--help", "Print this help.")]))
        if !verb.details.isEmpty { sections.append(verb.details) }
        return sections.joined(separator: "\n\n")
    }

    private static func row(_ parameter: Parameter) -> (String, String) {
        let notes = [
            parameter.isRepeatable ? "May be repeated." : nil,
            parameter.defaultText.map { "(default: \($0))" },
        ]
        return (parameter.usage, ([parameter.help] + notes.compactMap(\.self)).joined(separator: " "))
    }

    /// Terms beside their texts, which are wrapped.
    static func rows(_ rows: [(term: String, text: String)]) -> String {
        let column = (rows.map(\.term.count).max() ?? 0) + 4
        return rows.map { row in
            let lines = wrapped(row.text, width - column)
            return padded("  " + row.term, column)
                + lines.joined(separator: "\n" + String(repeating: " ", count: column))
        }.joined(separator: "\n")
    }

    private static func wrapped(_ text: String, _ width: Int) -> [String] {
        text.split(separator: " ").reduce(into: [String]()) { lines, word in
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
