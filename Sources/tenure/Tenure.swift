internal import Files
internal import Glibc
internal import Memory
internal import Terminal

/// The command: reads its words, runs a verb, ends with its exit code.
@main
enum Tenure {
    static let version = "0.1.0"

    static func main() {
        Heap.keepMegabytes()
        StandardStream.prepare()
        let console = Console.standard()
        guard Arguments.areText else {
            // What stands in their place would name another file than the one that was meant.
            console.note("tenure: an argument is not UTF-8; rename the file, or reach it by another path")
            exit(ExitCode.usage.rawValue)
        }
        exit(run(Array(CommandLine.arguments.dropFirst()), console).rawValue)
    }

    /// Runs the command as if these words followed its name.
    static func run(_ words: [String], _ console: Console) -> ExitCode {
        do throws(Failure) {
            return try dispatch(words, console)
        } catch {
            console.note("tenure: \(error.message.visible)")
            for line in error.details { console.note(line) }
            return error.exitCode
        }
    }

    private static func dispatch(_ words: [String], _ console: Console) throws(Failure) -> ExitCode {
        switch words.first {
        case nil:
            // Nothing was scanned, and a script must not take that for a pass.
            try console.print(Help.overview)
            return .usage
        case "--version":
            try console.print("tenure \(version)")
            return .clean
        case "--help", "-h":
            try console.print(Help.overview)
            return .clean
        case Verb.help:
            try console.print(try help(on: words.dropFirst().first))
            return .clean
        case let option? where option.hasPrefix("-"):
            let near = didYouMean(option, among: ["--version", "--help"])
            throw .usage("unknown option \(option)\(near) (see: tenure --help; options follow their verb)")
        case let name?:
            return try run(verb: name, words.dropFirst(), console)
        }
    }

    private static func run(
        verb name: String, _ words: ArraySlice<String>, _ console: Console
    ) throws(Failure) -> ExitCode {
        let verb = try understood { () throws(UsageError) in try Verb.named(name) }
        let command = verb.init()
        var parser = ArgumentParser(command.parameters)
        do throws(UsageError) {
            try parser.parse(words)
        } catch {
            throw .usage("\(name): \(error.message) (see: tenure help \(name))")
        }
        if parser.wantsHelp {
            try console.print(Help.text(of: verb))
            return .clean
        }
        return try command.run(console)
    }

    private static func help(on name: String?) throws(Failure) -> String {
        guard let name, name != Verb.help else { return Help.overview }
        return Help.text(of: try understood { () throws(UsageError) in try Verb.named(name) })
    }

    private static func understood<Result>(_ reading: () throws(UsageError) -> Result) throws(Failure) -> Result {
        do throws(UsageError) {
            return try reading()
        } catch {
            throw .usage("\(error.message) (see: tenure --help)")
        }
    }
}
