/// The script for zsh.
enum ZshCompletion {
    static func script(_ verbs: [CompletedVerb]) -> String {
        """
        #compdef tenure
        # Completes tenure in zsh: source <(tenure completions zsh)
        _tenure() {
            local -a verbs
            verbs=(
        \(verbs.map { "        \(quoted("\($0.name):\($0.sentence)"))" }.joined(separator: "\n"))
            )
            if (( CURRENT == 2 )); then
                _describe verb verbs
                return
            fi
            local verb=$words[2]
            shift words
            (( CURRENT-- ))
            case $verb in
        \(verbs.map(arguments).joined(separator: "\n"))
            esac
        }
        if [[ $funcstack[1] == _tenure ]]; then
            _tenure "$@"
        else
            compdef _tenure tenure
        fi

        """
    }

    private static func arguments(_ verb: CompletedVerb) -> String {
        let options = verb.options.map { option in
            let start = option.isRepeatable ? "*" : ""
            let help = "[\(escaped(option.help))]"
            guard let value = option.value else { return quoted(start + option.name + help) }
            return quoted("\(start)\(option.name)=\(help):\(escaped(value)):\(action(option.values))")
        }
        let words = verb.arguments.map { quoted(":\(escaped($0.value)):\(action($0.values))") }
        return "        \(verb.name)) _arguments \\\n"
            + (options + words).map { "            \($0)" }.joined(separator: " \\\n") + " ;;"
    }

    private static func action(_ values: CompletedVerb.Values) -> String {
        switch values {
        case .words(let words): "(\(words.joined(separator: " ")))"
        case .directories: "_directories"
        case .files: "_files"
        case .none: " "
        }
    }

    /// Colons and brackets part the pieces of a specification.
    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            if ":[]\\".contains(character) { result += "\\" }
            result.append(character)
        }
    }

    private static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "'\\''"))'" }
}
