import Foundation
import TestSupport
import Testing

@testable import tenure

/// The scripts are run by the shells that they are for.
@Suite struct CompletionTests {
    static let zsh = Tool.find("zsh")
    static let fish = Tool.find("fish")

    /// The line so far, and what must and must not be offered behind it.
    private static let lines: [(words: [String], offers: Set<String>, not: Set<String>)] = [
        (["sc"], ["scan", "schema"], ["lint"]),
        (["scan", "--po"], ["--policies"], ["--export"]),
        (["scan", "--fail-on", ""], ["info", "critical"], ["--policies"]),
        (["lint", "--format", "s"], ["sarif"], ["text"]),
        (["schema", ""], ["policy", "report"], []),
        (["explain", "--kind", "th"], ["thread"], ["file"]),
        (["help", "ini"], ["init"], []),
        (["scan", "--policies", "pol"], ["policies"], ["policy.txt"]),
    ]

    /// Runs a shell beside its script, a directory `policies` and a file `policy.txt`.
    private func run(_ shell: Completions.Shell, _ command: String, _ arguments: [String]) throws -> Tool.Outcome {
        let scratch = try Scratch()
        try scratch.write("policies/a.yaml", "")
        try scratch.write("policy.txt", "")
        try scratch.write("script", Transcript("completions", shell.rawValue).output)
        return try withExtendedLifetime(scratch) {
            try Tool.run("/usr/bin/env", ["HOME=\(scratch.url.path)", command] + arguments, in: scratch.url)
        }
    }

    @Test(arguments: lines.indices)
    func `bash completes verbs, options, words and directories`(index: Int) throws {
        let (words, offers, not) = Self.lines[index]
        let driver = """
            source ./script
            COMP_WORDS=(tenure "$@")
            COMP_CWORD=$#
            _tenure
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let run = try run(.bash, "bash", ["--norc", "-c", driver, "bash"] + words)
        let offered = Set(run.output.split(separator: "\n").map(String.init))
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        #expect(offers.isSubset(of: offered) && not.isDisjoint(with: offered), "\(words): \(offered)")
    }

    @Test func `bash completes a value behind an equals sign`() throws {
        let driver = "source ./script; COMP_WORDS=(tenure lint --format = j); COMP_CWORD=4; _tenure; echo $COMPREPLY"
        let run = try run(.bash, "bash", ["--norc", "-c", driver])
        #expect(run.output == "json\n", "\(run.errors)")
    }

    @Test(.enabled(if: fish != nil, "needs fish"), arguments: lines.indices)
    func `fish completes verbs, options, words and directories`(index: Int) throws {
        let (words, offers, not) = Self.lines[index]
        let driver = "source ./script; complete -C \"tenure \(words.joined(separator: " "))\""
        let run = try run(.fish, try #require(Self.fish), ["-N", "-c", driver])
        let offered = run.output.split(separator: "\n").map { line in
            let word = line.prefix { $0 != "\t" }
            return String(word.hasSuffix("/") ? word.dropLast() : word)
        }
        #expect(run.status == 0, "\(run.errors)")
        #expect(offers.isSubset(of: Set(offered)) && not.isDisjoint(with: Set(offered)), "\(words): \(offered)")
    }

    @Test(
        .enabled(if: zsh != nil, "needs zsh"),
        arguments: [
            ("tenure est", "tenure estate "), ("tenure lint --format sar", "tenure lint --format sarif "),
            ("tenure scan --require", "tenure scan --require-coverage "),
        ])
    func `zsh completes on a terminal of its own`(typed: String, line: String) throws {
        let driver = """
            zmodload zsh/zpty
            zpty shell env TERM=dumb zsh -f -i
            zpty -w shell 'PROMPT=; RPROMPT=; autoload -U compinit; compinit -D -u; bindkey "^I" complete-word'
            zpty -w shell 'show() { print -r -- "<$BUFFER>"; BUFFER=; }; zle -N show; bindkey "^X" show'
            zpty -w shell 'source ./script; print READ''Y'
            until [[ $seen == *READY* ]]; do zpty -r shell seen || exit 1; done
            zpty -w -n shell "$1"$'\\t\\x18'
            until [[ $seen == *'<tenure'*'>'* ]]; do zpty -r shell seen || exit 1; done
            print -rn -- "${${seen##*<}%%>*}"
            zpty -d shell
            """
        let run = try run(.zsh, "timeout", ["20", try #require(Self.zsh), "-f", "-c", driver, "zsh", typed])
        #expect(run.output == line, "\(run.errors)")
    }

    @Test(arguments: CompletedVerb.all.map(\.name))
    func `every option of --help is in every script`(verb: String) throws {
        let scripts = Completions.Shell.allCases.map { Transcript("completions", $0.rawValue).output }
        for parameter in Verb.all.first(where: { $0.name == verb })?.init().parameters ?? [] {
            guard parameter.spelling.hasPrefix("--") else { continue }
            let name = parameter.spelling.dropFirst(2)
            #expect(scripts.allSatisfy { $0.contains("--\(name)") || $0.contains("-l \(name) ") }, "\(name)")
        }
    }
}
