/// The documents of one YAML file, and all that is wrong with it.
public struct YAMLFile: Sendable {
    /// The documents that could be read, in the order of the file. An empty document is a null scalar.
    public let documents: [Node]

    /// Everything that is wrong, in the order of the file.
    public let problems: [Problem]

    /// Reads every document of a file.
    ///
    /// After a syntax error reading goes on at the next document, so that one run shows all that is wrong. The document
    /// with the error is left out; one with a lesser problem (a duplicate key, an unknown alias) is kept without what
    /// the problem is about. No bytes can make this crash, and the limits bound its time and memory.
    public init(_ bytes: [UInt8], limits: Limits = Limits()) {
        guard bytes.count <= limits.bytes else {
            let message = "the file has \(bytes.count) bytes, and at most \(limits.bytes) are read"
            documents = []
            problems = [Problem(.size, at: .start, message, hint: "split it into several files")]
            return
        }
        let cleaned = CleanText(bytes, limits: limits)
        var composer = Composer(source: cleaned.source, limits: limits)
        if cleaned.isText { composer.composeAll() }
        documents = composer.documents
        let all = (cleaned.problems + composer.problems).sorted { $0.mark < $1.mark }
        guard all.count > limits.problems, let last = all.dropFirst(limits.problems).first else {
            problems = all
            return
        }
        let rest = Problem(
            .tooMany, at: last.mark, "there are more than \(limits.problems) problems, and the rest is not shown")
        problems = all.prefix(limits.problems) + [rest]
    }
}
