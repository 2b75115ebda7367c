/// The script for fish.
enum FishCompletion {
    static func script(_ verbs: [CompletedVerb]) -> String {
        let names = verbs.map(\.name)
        let first = quoted("not __fish_seen_subcommand_from \(names.joined(separator: " "))")
        var lines = [
            "# Completes tenure in fish: tenure completions fish | source",
            "complete -c tenure -f",
            "complete -c tenure -n \(first) -l help -d \(quoted("Print this help."))",
            "complete -c tenure -n \(first) -l version -d \(quoted("Print the version."))",
        ]
        for verb in verbs {
            lines.append("complete -c tenure -n \(first) -a \(verb.name) -d \(quoted(verb.sentence))")
        }
        for verb in verbs {
            let condition = quoted("__fish_seen_subcommand_from \(verb.name)")
            let start = "complete -c tenure -n \(condition)"
            lines += verb.options.map { option in
                let kind = option.value == nil ? "" : " \(taken(option.values))"
                return "\(start) -l \(option.name.dropFirst(2))\(kind) -d \(quoted(option.help))"
            }
            lines += verb.arguments.compactMap { argument in
                argument.values == .none ? nil : "\(start) \(offered(argument.values))"
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What an option takes.
    private static func taken(_ values: CompletedVerb.Values) -> String {
        switch values {
        case .words, .directories: "-x \(offered(values))"
        case .files: "-r -F"
        case .none: "-x"
        }
    }

    private static func offered(_ values: CompletedVerb.Values) -> String {
        switch values {
        case .words(let words): "-a \(quoted(words.joined(separator: " ")))"
        case .directories: "-a '(__fish_complete_directories)'"
        case .files: "-F"
        case .none: ""
        }
    }

    private static func quoted(_ text: String) -> String {
        "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
    }
}
