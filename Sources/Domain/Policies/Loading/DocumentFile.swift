import YAML

/// A file of documents, and all that was found wrong in it so far.
struct DocumentFile {
    let path: String
    private(set) var diagnostics: [Diagnostic] = []
    /// Places of which the YAML reader has spoken: what stands there is no further news.
    private var broken: Set<Mark> = []

    init(path: String) { self.path = path }

    func location(_ mark: Mark) -> SourceLocation {
        SourceLocation(file: path, line: mark.line, column: mark.column)
    }

    mutating func report(_ problem: YAML.Problem) {
        broken.insert(problem.mark)
        let location = location(problem.mark)
        diagnostics.append(
            Diagnostic(.error, problem.code.rawValue, at: location, problem.message, hint: problem.hint))
    }

    mutating func error(_ code: String, at mark: Mark, _ message: String, hint: String? = nil) {
        guard !broken.contains(mark) else { return }
        diagnostics.append(Diagnostic(.error, code, at: location(mark), message, hint: hint))
    }

    mutating func warn(_ code: String, at mark: Mark, _ message: String, hint: String? = nil) {
        diagnostics.append(Diagnostic(.warning, code, at: location(mark), message, hint: hint))
    }
}
