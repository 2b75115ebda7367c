import CEL
import Chronology
import Spelling
import YAML

/// All documents of a run, as they are read and then checked together.
struct DocumentCollection {
    private let builder: Builder
    private let asOf: Instant
    private(set) var documents: [Document] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// Whether no document is missing for a syntax error.
    private var isWhole = true

    private(set) var retention: [RetentionPolicy] = []
    private var access: [AccessPolicy] = []
    private var holds: [LegalHold] = []
    private var registers: [HoldRegister] = []
    private var exceptions: [PolicyException] = []
    private var sources: [Source] = []
    private var signers: [Signer] = []
    private(set) var tests: [PolicyTest] = []

    init(asOf: Instant) {
        self.asOf = asOf
        builder = Builder(asOf: asOf)
    }

    var isEmpty: Bool { documents.isEmpty }

    /// Reads one file: its documents, and all that is wrong in it.
    mutating func read(_ path: String, _ bytes: [UInt8]) {
        var file = DocumentFile(path: path)
        let yaml = YAMLFile(bytes)
        for problem in yaml.problems { file.report(problem) }
        for node in yaml.documents where !node.isNull {
            guard let document = file.document(node) else {
                isWhole = false
                continue
            }
            documents.append(document)
            build(document, &file)
        }
        isWhole = isWhole && yaml.problems.isEmpty
        diagnostics += file.diagnostics
    }

    private mutating func build(_ document: Document, _ file: inout DocumentFile) {
        switch document.kind {
        case .retentionPolicy: builder.retentionPolicy(document, &file).map { retention.append($0) }
        case .legalHold: builder.legalHold(document, &file).map { holds.append($0) }
        case .holdRegister: builder.holdRegister(document, &file).map { registers.append($0) }
        case .policyException: builder.policyException(document, &file).map { exceptions.append($0) }
        case .source: builder.source(document, &file).map { sources.append($0) }
        case .accessPolicy: builder.accessPolicy(document, &file).map { access.append($0) }
        case .signers: signers += builder.signers(document)
        case .policyTest: builder.policyTest(document, &file).map { tests.append($0) }
        }
    }

    /// Finds what no document shows by itself.
    ///
    /// - Parameter whole: what the documents were read from.
    mutating func checkTogether(_ whole: SourceLocation) {
        documents.sort { $0.location < $1.location }
        var reasoning = PolicyReasoning(
            policies: retention, access: access, holds: holds, exceptions: exceptions, asOf: asOf)
        reasoning.checkExhaustion(whole)
        diagnostics += reasoning.diagnostics
        diagnostics += CrossChecks(documents: documents, whole: whole, isWhole: isWhole).diagnostics
        diagnostics += SignerChecks(documents: documents, isWhole: isWhole).diagnostics
        if isWhole, !tests.isEmpty {
            diagnostics += TestChecks(tests, documents, policySet(digest: "")).diagnostics
        }
    }

    /// Whether errors leave open what is held: there is not one register that was read with all holds that it names, or
    /// one of these documents is wrong.
    func hidesHolds(_ diagnostics: [Diagnostic]) -> Bool {
        guard registers.count == 1, Set(registers[0].holds).isSubset(of: holds.map(\.name)) else { return true }
        return diagnostics.contains { diagnostic in
            guard diagnostic.level == .error else { return false }
            let document = documents.last {
                $0.location.file == diagnostic.location.file && $0.location.line <= diagnostic.location.line
            }
            return document.map { $0.kind == .legalHold || $0.kind == .holdRegister } ?? false
        }
    }

    /// The same documents with their expressions made for another instant, once nothing is wrong with them.
    init(_ documents: [Document], asOf: Instant) {
        self.init(asOf: asOf)
        for document in documents where document.kind.governs {
            var file = DocumentFile(path: document.location.file)
            build(document, &file)
        }
    }

    /// The set, once nothing is wrong.
    func policySet(digest: String) -> PolicySet {
        var keys = MetadataKeys()
        for source in sources { keys.add(source.fields) }
        for match in retention.map(\.match) + access.map(\.match) + holds.map(\.match) + exceptions.map(\.match) {
            keys.add(match)
        }
        for policy in retention { keys.add(policy) }
        for policy in access { keys.add(policy) }
        var set = PolicySet(
            retention: retention.sorted { $0.name < $1.name }, access: access.sorted { $0.name < $1.name },
            holds: holds.sorted { $0.name < $1.name },
            register: registers.first, exceptions: exceptions.sorted { $0.name < $1.name },
            sources: sources.sorted { $0.name < $1.name }, digest: digest, metadataKeys: keys.names.sortedByBytes())
        set.signers = signers.sorted { $0.name < $1.name }
        set.asOf = asOf
        return set
    }
}

/// The metadata keys that documents name: no others are read.
private struct MetadataKeys {
    /// Owner, subject and tenant are read also where no source maps them. A key in another spelling is another key.
    private(set) var names: [String] = []

    init() { add(Source.Fields()) }

    mutating func add(_ fields: Source.Fields) { names += [fields.owner, fields.subject, fields.tenant] }

    mutating func add(_ match: Match) {
        names += match.metadata.map(\.key)
        add(match.condition)
    }

    mutating func add(_ policy: RetentionPolicy) {
        names += policy.disclose
        guard case .custom(let expression) = policy.clock else { return }
        add(expression)
    }

    mutating func add(_ policy: AccessPolicy) {
        for variable in policy.variables { add(variable.expression) }
        for validation in policy.validations {
            add(validation.expression)
            add(validation.messageExpression)
        }
    }

    private mutating func add(_ expression: Expression?) {
        guard let expression else { return }
        names += expression.program.keysRead(ofField: RecordField.metadata.name, of: RecordField.typeName).keys
    }
}
