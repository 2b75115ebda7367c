import YAML

/// A file of documents, and all that was found wrong in it so far.
struct DocumentFile {
    let path: String
    private var told: [Diagnostic] = []
    private var counts: [Diagnostic.Level: Int] = [:]
    /// Places of which the YAML reader has spoken: what stands there is no further news.
    private var broken: Set<Mark> = []

    init(path: String) { self.path = path }

    /// What was found, up to a limit for each level, and behind it how much more there is.
    var diagnostics: [Diagnostic] { told + Diagnostic.Level.allCases.compactMap(rest) }

    /// How many diagnostics of one level are told of one file. More help nobody, and a hostile file has millions.
    static let mostTold = 100

    private mutating func add(_ diagnostic: Diagnostic) {
        counts[diagnostic.level, default: 0] += 1
        if counts[diagnostic.level, default: 0] <= Self.mostTold { told.append(diagnostic) }
    }

    private func rest(_ level: Diagnostic.Level) -> Diagnostic? {
        let count = counts[level, default: 0] - Self.mostTold
        guard count > 0 else { return nil }
        let whole = SourceLocation(file: path, line: 0, column: 0)
        let message = "\(count) more in this file, beyond the first \(Self.mostTold) of this level"
        let hint = "mend those that are listed, and look again"
        return switch level {
        case .error: Diagnostic(.error, "more-errors", at: whole, message, hint: hint)
        case .warning: Diagnostic(.warning, "more-warnings", at: whole, message, hint: hint)
        case .info: Diagnostic(.info, "more-infos", at: whole, message, hint: hint)
        }
    }

    func location(_ mark: Mark) -> SourceLocation {
        SourceLocation(file: path, line: mark.line, column: mark.column)
    }

    mutating func report(_ problem: YAML.Problem) {
        broken.insert(problem.mark)
        let location = location(problem.mark)
        add(
            Diagnostic(.error, problem.code.rawValue, at: location, problem.message, hint: problem.hint))
    }

    mutating func error(_ code: String, at mark: Mark, _ message: String, hint: String? = nil) {
        guard !broken.contains(mark) else { return }
        add(Diagnostic(.error, code, at: location(mark), message, hint: hint))
    }

    mutating func warn(_ code: String, at mark: Mark, _ message: String, hint: String? = nil) {
        add(Diagnostic(.warning, code, at: location(mark), message, hint: hint))
    }
}
