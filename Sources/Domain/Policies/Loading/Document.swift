import YAML

/// One document whose kind is known.
struct Document: Sendable {
    let kind: DocumentKind
    /// The name, unless it is not one.
    let name: Scalar?
    let title: String?
    /// The whole document, as far as it fits.
    let checked: CheckedObject
    /// Where the document begins.
    let location: SourceLocation
    /// Where its name stands.
    let nameLocation: SourceLocation

    var spec: CheckedObject? { checked.object("spec") }
}

extension DocumentFile {
    /// The document, or nil after a report where its kind cannot be told.
    mutating func document(_ node: Node) -> Document? {
        guard node.mapping != nil else {
            _ = mismatch(node, wanted: "a document with apiVersion, kind, metadata and spec")
            return nil
        }
        guard let word = node["kind"]?.scalar, let kind = DocumentKind(rawValue: word.text) else {
            _ = checkObject(node, as: .unknownDocument)
            return nil
        }
        guard let checked = checkObject(node, as: kind.document) else { return nil }
        let metadata = checked.object("metadata")
        return Document(
            kind: kind, name: metadata?.scalar("name"), title: metadata?.text("title"), checked: checked,
            location: location(node.mark),
            nameLocation: location(metadata?.mark(of: "name") ?? node.mark))
    }
}

extension ObjectShape {
    /// A document whose kind is missing or unknown: its other keys are checked nevertheless.
    fileprivate static let unknownDocument = ObjectShape(
        "a document",
        DocumentKind.retentionPolicy.document.fields.map { field in
            switch field.name {
            case "kind":
                let words = DocumentKind.allCases.map(\.rawValue)
                return Field(
                    "kind", .choice(words, noun: "kind of document"), required: true,
                    "one of \(words.joined(separator: ", "))")
            case "spec": return Field("spec", .unread, required: true, "What the document says.")
            default: return field
            }
        })
}
