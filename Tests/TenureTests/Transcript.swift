import Files

@testable import tenure

/// Runs the command in this process and keeps what it printed.
struct Transcript {
    let exitCode: ExitCode
    let output: String
    let errors: String

    init(_ words: String...) { self.init(words) }

    init(_ words: [String]) {
        let sink = Sink()
        let console = Console(
            output: { sink.output += String(decoding: $0, as: UTF8.self) }, error: { sink.errors += $0 })
        exitCode = Tenure.run(words, console)
        output = sink.output
        errors = sink.errors
    }

    private final class Sink {
        var output = ""
        var errors = ""
    }
}
