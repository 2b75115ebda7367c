/// The kinds of documents that a policy directory may hold.
enum DocumentKind: String, CaseIterable {
    case retentionPolicy = "RetentionPolicy"
    case legalHold = "LegalHold"
    case holdRegister = "HoldRegister"
    case policyException = "PolicyException"
    case source = "Source"
    case accessPolicy = "AccessPolicy"
    case signers = "Signers"
    case policyTest = "PolicyTest"

    static let apiVersion = "tenure/v1"

    /// Whether such documents decide about records. What does not is no part of a digest.
    var governs: Bool { self != .policyTest }

    var about: String {
        switch self {
        case .retentionPolicy:
            "How long records must be kept, how long they may be, and what is done when they are due."
        case .legalHold: "A named matter that stops disposition of what it matches."
        case .holdRegister: "The list of all holds. An empty list says that there are none."
        case .policyException: "A reviewed, dated permission to violate some policies."
        case .source: "One place where data lives."
        case .accessPolicy: "What must be true of records: who shares them, who owns them, what state they are in."
        case .signers: "The people who may approve plans and reviews, with their public keys."
        case .policyTest:
            "Records, and the states that the documents must give them. Run by `tenure test`; no scan depends on it."
        }
    }

    /// The keys of `spec`.
    var spec: Shape {
        switch self {
        case .retentionPolicy: .object(.retentionPolicy)
        case .legalHold: .object(.legalHold)
        case .holdRegister: .object(.holdRegister)
        case .policyException: .object(.policyException)
        case .source: .object(.source)
        case .accessPolicy: .object(.accessPolicy)
        case .signers: .object(.signers)
        case .policyTest: .object(.policyTest)
        }
    }

    /// The keys of a whole document of this kind.
    var document: ObjectShape {
        ObjectShape(
            "a document",
            [
                Field(
                    "apiVersion", .choice([Self.apiVersion], noun: "version"), required: true,
                    "The version of the document's format."),
                Field("kind", .choice([rawValue], noun: "kind of document"), required: true, "What the document is."),
                Field("metadata", .object(.metadata), required: true, "What the document is called."),
                Field("spec", spec, required: true, about),
            ])
    }
}

extension ObjectShape {
    static let metadata = ObjectShape(
        "metadata",
        [
            Field("name", .name, required: true, "The document's stable name, unique among its kind."),
            Field("title", .text, "A title for people."),
            Field("labels", .map(.text), "Labels for people and tools, such as an owner."),
        ])
}
