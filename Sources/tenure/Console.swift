internal import Files
internal import Glibc
internal import Reports
internal import Terminal

/// Where a verb writes: results to one stream, all else to the other.
final class Console {
    /// Takes a piece of a result, or says why it cannot.
    typealias Output = ([UInt8]) throws(FileError) -> Void

    private let output: Output
    private let error: (String) -> Void
    /// Whether a person watches the run, so that progress is worth showing.
    let showsProgress: Bool
    /// Whether results go to a terminal that has colours.
    let hasColours: Bool
    private var hasProgress = false

    init(
        showsProgress: Bool = false, hasColours: Bool = false, output: @escaping Output,
        error: @escaping (String) -> Void
    ) {
        self.showsProgress = showsProgress
        self.hasColours = hasColours
        self.output = output
        self.error = error
    }

    /// The process's own streams. A CI job is no person, whatever its terminal says.
    static func standard() -> Console {
        Console(
            showsProgress: StandardStream.error.isTerminal && variable("CI") == nil,
            hasColours: StandardStream.output.isTerminal && variable("NO_COLOR") == nil && variable("TERM") != "dumb",
            output: { (bytes) throws(FileError) in try StandardStream.output.write(bytes.span) },
            // There is nobody left to tell where the stream for errors fails.
            error: { try? StandardStream.error.write($0) })
    }

    /// Prints lines of the result; nothing in them steers the terminal. Where nobody can receive them, the run has no
    /// result.
    func print(_ lines: String) throws(Failure) { try write(lines.visibleLines + "\n") }

    /// Writes a piece of the result as it stands.
    func write(_ text: String) throws(Failure) {
        do throws(FileError) {
            try write(Array(text.utf8))
        } catch {
            throw .incomplete(error.description)
        }
    }

    /// Writes a result as a JSON document of its own, with the version of its form.
    func writeJSON(_ members: (inout JSONWriter) -> Void) throws(Failure) {
        let bytes = JSONWriter.document("1", toolVersion: Tenure.version, members)
        try write(String(decoding: bytes, as: UTF8.self))
    }

    /// Writes bytes of the result as they stand.
    func write(_ bytes: [UInt8]) throws(FileError) {
        clearProgress()
        try output(bytes)
    }

    /// Writes a piece of a report.
    func report(_ bytes: [UInt8]) throws(ReportError) {
        do throws(FileError) {
            try write(bytes)
        } catch {
            throw .file(error)
        }
    }

    /// Prints lines about the run; nothing in them steers the terminal.
    func note(_ lines: String) {
        clearProgress()
        error(lines.visibleLines + "\n")
    }

    /// Replaces the line that says how far the run is.
    func progress(_ line: String) {
        guard showsProgress else { return }
        error("\r\u{1B}[K\(line.visible)")
        hasProgress = true
    }

    /// Takes the line that says how far the run is away.
    func clearProgress() {
        guard hasProgress else { return }
        error("\r\u{1B}[K")
        hasProgress = false
    }

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        return String(cString: value)
    }
}
