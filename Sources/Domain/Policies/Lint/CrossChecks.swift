import Spelling
import YAML

/// What is wrong with documents only beside each other: names, the register, references.
struct CrossChecks {
    private(set) var diagnostics: [Diagnostic] = []
    private let documents: [Document]

    /// - Parameters:
    ///   - documents: in the order of their places.
    ///   - whole: what the documents were read from.
    ///   - isWhole: whether no document is missing; else a name that is not found may stand in what could not be read.
    init(documents: [Document], whole: SourceLocation, isWhole: Bool) {
        self.documents = documents
        checkNames()
        checkSingleRegister()
        if isWhole {
            checkRegister()
            checkExceptions()
            checkCompleteness(whole)
        }
    }

    private func of(_ kinds: DocumentKind...) -> [Document] { documents.filter { kinds.contains($0.kind) } }

    private func names(of kinds: DocumentKind...) -> [String] {
        documents.filter { kinds.contains($0.kind) }.compactMap { $0.name?.text }
    }

    private mutating func report(_ code: String, at location: SourceLocation, _ message: String, _ hint: String?) {
        diagnostics.append(Diagnostic(.error, code, at: location, message, hint: hint))
    }

    private mutating func warn(_ code: String, at location: SourceLocation, _ message: String, _ hint: String?) {
        diagnostics.append(Diagnostic(.warning, code, at: location, message, hint: hint))
    }

    private mutating func checkNames() {
        for kind in DocumentKind.allCases {
            var first: [String: SourceLocation] = [:]
            for document in of(kind) {
                guard let name = document.name?.text else { continue }
                if let place = first[name] {
                    report(
                        "duplicate-name", at: document.nameLocation,
                        "there is a \(kind.rawValue) named '\(name)' already, at \(place)",
                        "rename one of the two: names are unique by kind")
                } else {
                    first[name] = document.nameLocation
                }
            }
        }
    }

    private mutating func checkSingleRegister() {
        let registers = of(.holdRegister)
        guard let first = registers.first else { return }
        for other in registers.dropFirst() {
            report(
                "second-register", at: other.location, "there is a hold register already, at \(first.location)",
                "keep one, which names every hold")
        }
    }

    /// A register names every hold, and every hold that it names is there.
    private mutating func checkRegister() {
        guard let register = of(.holdRegister).first, let spec = register.spec, spec["holds"] != nil else { return }
        let holds = of(.legalHold)
        let known = names(of: .legalHold)
        var listed: Set<String> = []
        for entry in spec.scalars("holds") {
            let place = SourceLocation(
                file: register.location.file, line: entry.mark.line, column: entry.mark.column)
            if !listed.insert(entry.text).inserted {
                warn("listed-twice", at: place, "hold '\(entry.text)' is listed twice", "remove one of the two")
            } else if !known.contains(entry.text) {
                let nearest = Spelling.nearest(to: entry.text, among: known).map { "; did you mean '\($0)'?" } ?? ""
                report(
                    "hold-missing", at: place,
                    "the register names hold '\(entry.text)', and no LegalHold has that name",
                    "add the document, or take the name off the list\(nearest)")
            }
        }
        for hold in holds {
            guard let name = hold.name?.text, !listed.contains(name) else { continue }
            report(
                "hold-unlisted", at: hold.nameLocation, "hold '\(name)' is not in the register at \(register.location)",
                "add it to the register's holds")
        }
    }

    private mutating func checkExceptions() {
        let known = names(of: .retentionPolicy, .accessPolicy)
        for exception in of(.policyException) {
            for policy in exception.spec?.scalars("policies") ?? [] where !known.contains(policy.text) {
                let place = SourceLocation(
                    file: exception.location.file, line: policy.mark.line, column: policy.mark.column)
                report(
                    "unknown-policy", at: place, "there is no policy named '\(policy.text)'",
                    suggestion(for: policy.text, among: known) ?? "name a policy that exists")
            }
        }
    }

    private mutating func checkCompleteness(_ whole: SourceLocation) {
        guard !documents.isEmpty else { return }
        if of(.retentionPolicy).isEmpty {
            warn(
                "no-retention-policy", at: whole, "no document is a RetentionPolicy: a scan finds nothing",
                "add one; `tenure init` writes a first set")
        }
        if of(.holdRegister).isEmpty {
            warn(
                "no-register", at: whole, "there is no hold register: nothing is deleted without one",
                "add a HoldRegister that names every hold; holds: [] says that there are none")
        }
    }
}
