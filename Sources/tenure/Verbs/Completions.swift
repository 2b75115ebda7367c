/// Prints the script with which a shell completes the command.
struct Completions: Command {
    static let name = "completions"
    static let sentence = "Print the script with which bash, zsh or fish completes verbs, options and values."
    static let example = "tenure completions bash > tenure.bash && source ./tenure.bash"
    static let details = """
        TO KEEP IT
          bash  tenure completions bash > ~/.local/share/bash-completion/completions/tenure
          zsh   tenure completions zsh > a directory of $fpath, as _tenure
          fish  tenure completions fish > ~/.config/fish/completions/tenure.fish
        """

    /// A shell that is known.
    enum Shell: String, CaseIterable, OptionValue {
        case bash, zsh, fish
    }

    @Argument("bash|zsh|fish", help: "The shell to complete in.") var shell: Shell?

    func run(_ console: Console) throws(Failure) -> ExitCode {
        let verbs = CompletedVerb.all
        switch shell {
        case .bash: try console.write(BashCompletion.script(verbs))
        case .zsh: try console.write(ZshCompletion.script(verbs))
        case .fish: try console.write(FishCompletion.script(verbs))
        case nil: throw .usage("completions: bash, zsh or fish?")
        }
        return .clean
    }
}
