import Foundation
import TestSupport
import Testing

@testable import tenure

/// The command as a whole: its verbs, its help, and what it does with mistakes.
@Suite struct CommandTests {
    @Test func `without a verb it prints the overview, and does not pretend to have scanned`() {
        let run = Transcript()
        #expect(run.exitCode == .usage)
        for verb in Verb.all { #expect(run.output.contains("\(verb.name) ")) }
        #expect(Transcript("--help").exitCode == .clean)
        #expect(Transcript("help").output == run.output)
    }

    @Test func `every verb's help begins with one sentence and an example that parses`() throws {
        for verb in Verb.all {
            let lines = Transcript("help", verb.name).output.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(Transcript(verb.name, "--help").output == lines.joined(separator: "\n"))
            #expect(lines[0] == verb.sentence && verb.sentence.hasSuffix("."))
            #expect(lines[2].hasPrefix("  $ tenure \(verb.name)"))
            let words = verb.example.split(separator: " ").map(String.init).prefix { $0 != "&&" && $0 != ">" }
            var parser = ArgumentParser(verb.init().parameters)
            try parser.parse(words.dropFirst(2))
            for line in lines { #expect(line.count <= 120) }
        }
    }

    @Test(arguments: [
        (["scna"], "unknown verb scna, did you mean scan?"),
        (["help", "explian"], "unknown verb explian, did you mean explain?"),
        (["--verison"], "unknown option --verison, did you mean --version?"),
        (["init", "--dri"], "init: unknown option --dri"),
    ])
    func `a mistake ends with exit code 2 and one line that says what to do`(words: [String], message: String) {
        let sink = Transcript(words)
        #expect(sink.exitCode == .usage && sink.output.isEmpty)
        #expect(sink.errors.hasPrefix("tenure: \(message)"))
        #expect(sink.errors.split(separator: "\n").count == 1 && sink.errors.contains("(see: tenure"))
    }

    @Test func `the version is printed`() {
        #expect(Transcript("--version").output == "tenure \(Tenure.version)\n")
    }

    @Test func `the first files are written once and never overwritten`() throws {
        let scratch = try Scratch()
        let first = Transcript("init", scratch.path("new"))
        #expect(first.exitCode == .clean, "\(first.errors)")
        #expect(FileManager.default.fileExists(atPath: scratch.path("new/.github/workflows/retention.yml")))
        try scratch.write("new/policies/holds.yaml", "mine")
        try FileManager.default.removeItem(atPath: scratch.path("new/policies/retention.yaml"))
        let second = Transcript("init", scratch.path("new"))
        #expect(second.exitCode == .usage)
        #expect(second.errors.contains("holds.yaml exists already"))
        #expect(try String(contentsOfFile: scratch.path("new/policies/holds.yaml"), encoding: .utf8) == "mine")
        #expect(!FileManager.default.fileExists(atPath: scratch.path("new/policies/retention.yaml")))
    }
}
