/// The script for bash.
enum BashCompletion {
    static func script(_ verbs: [CompletedVerb]) -> String {
        let names = verbs.map(\.name) + ["--help", "--version"]
        return """
            # Completes tenure in bash: source <(tenure completions bash)
            _tenure() {
                local IFS=$'\\n' word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
                COMPREPLY=()
                # bash takes = for a word of its own.
                if [[ $word == = ]]; then
                    word=
                elif [[ $previous == = ]]; then
                    previous=${COMP_WORDS[COMP_CWORD-2]}
                fi
                if (( COMP_CWORD == 1 )); then
                    COMPREPLY=($(compgen -W \(words(names)) -- "$word"))
                    return
                fi
                case "${COMP_WORDS[1]} $previous" in
            \(verbs.flatMap(values).joined(separator: "\n"))
                esac
                case "${COMP_WORDS[1]}" in
            \(verbs.map(rest).joined(separator: "\n"))
                esac
            }
            complete -F _tenure tenure

            """
    }

    /// What follows an option that takes a value.
    private static func values(_ verb: CompletedVerb) -> [String] {
        verb.options.filter { $0.value != nil }.map { option in
            "        \(quoted("\(verb.name) \(option.name)"))) \(reply(option.values)) return ;;"
        }
    }

    /// What can stand anywhere else behind the verb: options after a hyphen, else bare words where it takes any.
    private static func rest(_ verb: CompletedVerb) -> String {
        let options = reply(.words(verb.options.map(\.name)))
        let arguments = verb.arguments.map { reply($0.values) }.joined(separator: " ")
        let plain = verb.arguments.isEmpty ? options : arguments
        return "        \(verb.name)) if [[ $word == -* ]]; then \(options) else \(plain) fi ;;"
    }

    private static func reply(_ values: CompletedVerb.Values) -> String {
        switch values {
        case .words(let list): return "COMPREPLY=($(compgen -W \(words(list)) -- \"$word\"));"
        case .directories:
            return "compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- \"$word\"));"
        case .files: return "compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- \"$word\"));"
        case .none: return ":;"
        }
    }

    private static func words(_ words: [String]) -> String { "$'" + words.joined(separator: "\\n") + "'" }

    private static func quoted(_ text: String) -> String { "\"\(text)\"" }
}
