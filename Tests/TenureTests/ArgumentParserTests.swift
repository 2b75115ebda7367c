import Testing

@testable import tenure

/// A verb with one of everything.
private struct Sample: Command {
    static let name = "sample"
    static let sentence = "Do nothing."
    static let example = "tenure sample x"

    @Argument("ID", help: "The one.") var id: String?
    @Argument("DIR", help: "Where.") var directory = "here"
    @Option("N", help: "How many.") var count = 3
    @Option("TIME", help: "When.") var asOf: String?
    @Option("NAME", help: "Who.") var guest: [String] = []
    @Option("FORMAT", help: "How.") var format = OutputFormat.text
    @Flag(help: "Really.") var reallyMeanIt

    func run(_ console: Console) throws(Failure) -> ExitCode { .clean }
}

@Suite struct ArgumentParserTests {
    private func parse(_ words: String...) throws -> Sample {
        let sample = Sample()
        var parser = ArgumentParser(sample.parameters)
        try parser.parse(words)
        return sample
    }

    @Test func `what is not given has its default`() throws {
        let sample = try parse("x")
        #expect(sample.id == "x" && sample.directory == "here" && sample.count == 3 && sample.asOf == nil)
        #expect(sample.guest.isEmpty && sample.format == .text && !sample.reallyMeanIt)
    }

    @Test func `values follow their name or an equals sign, and names are the properties' in lower case`() throws {
        let sample = try parse(
            "--count", "5", "x", "--as-of=a=b", "--guest", "ann", "there", "--guest=bob", "--format", "json",
            "--really-mean-it")
        #expect(sample.count == 5 && sample.asOf == "a=b" && sample.guest == ["ann", "bob"])
        #expect(sample.id == "x" && sample.directory == "there" && sample.format == .json && sample.reallyMeanIt)
    }

    @Test func `after two hyphens no word is an option`() throws {
        let sample = try parse("--", "--count", "--")
        #expect(sample.id == "--count" && sample.directory == "--")
        #expect(try parse("-").id == "-")
    }

    @Test(arguments: [
        (["x", "--cuont", "1"], "unknown option --cuont, did you mean --count?"),
        (["x", "-c"], "unknown option -c"),
        (["x", "--count"], "--count needs a value: --count N"),
        (["x", "--count", "--format"], "--count needs a value: --count N"),
        (["x", "--count", "many"], "--count: \"many\" is not a whole number"),
        (["x", "--count", "+1"], "--count: \"+1\" is not a whole number"),
        (["x", "--count", "99999999999999999999"], "--count: \"99999999999999999999\" is not a whole number"),
        (["x", "--count=1", "--count=2"], "--count is given twice"),
        (["x", "--really-mean-it=yes"], "--really-mean-it takes no value"),
        (["x", "--format", "jsno"], "--format: \"jsno\" is unknown, did you mean json? (known: text, json)"),
        (["x", "--as-of="], "--as-of: the value is empty"),
        (["x", "y", "z"], "\"z\" is one word too many"),
        ([], "ID is missing"),
    ])
    func `a mistake is named, and its nearest neighbour`(words: [String], message: String) {
        let sample = Sample()
        var parser = ArgumentParser(sample.parameters)
        let error = #expect(throws: UsageError.self) { try parser.parse(words) }
        #expect(error?.message == message)
    }

    @Test func `help ends the reading, whatever else is wrong`() throws {
        let sample = Sample()
        var parser = ArgumentParser(sample.parameters)
        try parser.parse(["--help", "--nonsense"])
        #expect(parser.wantsHelp)
    }

    @Test func `help lists every option with its meaning and default`() {
        #expect(
            Help.text(of: Sample.self) == """
                Do nothing.

                  $ tenure sample x

                USAGE
                  tenure sample ID [DIR] [OPTIONS]

                ARGUMENTS
                  ID   The one.
                  DIR  Where. (default: here)

                OPTIONS
                  --count N         How many. (default: 3)
                  --as-of TIME      When.
                  --guest NAME      Who. May be repeated.
                  --format FORMAT   How. One of text, json. (default: text)
                  --really-mean-it  Really.
                  --help            Print this help.
                """)
    }
}
