internal import JSONLines
internal import Threads

/// Parsers that wait for their next page.
///
/// Lists are read many at a time, and their pages mostly one after another: what a parser needs for one page is still in
/// the processor's cache for the next, whichever list that is of.
final class ParserStock: @unchecked Sendable {
    // Proof of Sendable: the parsers that wait are taken and put back under `lock` alone, and who took one has it alone.
    private let lock = Monitor()
    private var idle: [JSONDocuments] = []

    /// A parser, which belongs to the caller until it is put back.
    func take() -> JSONDocuments {
        lock.locked { idle.popLast() } ?? JSONDocuments()
    }

    func putBack(_ parser: JSONDocuments) { lock.locked { idle.append(parser) } }
}
