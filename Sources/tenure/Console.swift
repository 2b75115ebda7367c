internal import Files
internal import Glibc

/// Where a verb writes: results to one stream, all else to the other.
final class Console {
    private let output: (String) throws(FileError) -> Void
    private let error: (String) -> Void
    /// Whether a person watches the run, so that progress is worth showing.
    let showsProgress: Bool
    private var hasProgress = false

    init(
        showsProgress: Bool = false, output: @escaping (String) throws(FileError) -> Void,
        error: @escaping (String) -> Void
    ) {
        self.showsProgress = showsProgress
        self.output = output
        self.error = error
    }

    /// The process's own streams. A CI job is no person, whatever its terminal says.
    static func standard() -> Console {
        Console(
            showsProgress: StandardStream.error.isTerminal && !isSet("CI"),
            output: { (text) throws(FileError) in try StandardStream.output.write(text) },
            // There is nobody left to tell where the stream for errors fails.
            error: { try? StandardStream.error.write($0) })
    }

    /// Prints a line of the result. Where nobody can receive it, the run has no result.
    func print(_ line: String) throws(Failure) {
        clearProgress()
        do throws(FileError) {
            try output(line + "\n")
        } catch {
            throw .incomplete(error.description)
        }
    }

    /// Prints a result that ends its own last line.
    func printWhole(_ text: String) throws(Failure) {
        try print(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    }

    /// Prints a line about the run.
    func note(_ line: String) {
        clearProgress()
        error(line + "\n")
    }

    /// Replaces the line that says how far the run is.
    func progress(_ line: String) {
        guard showsProgress else { return }
        error("\r\u{1B}[K\(line)")
        hasProgress = true
    }

    private func clearProgress() {
        guard hasProgress else { return }
        error("\r\u{1B}[K")
        hasProgress = false
    }

    private static func isSet(_ variable: String) -> Bool { getenv(variable) != nil }
}
