internal import JSONLines
internal import Records

/// What somebody keeps of a record, where the wire does not know it.
///
/// - Source: the design, section 3: "The wire knows no owner, subject or tenant: a `Source` maps them from metadata or from
///   its registry." Where the two differ, neither is believed, as with two records of one id.
extension RecordReader {
    mutating func readRegistry(_ kind: Kind, _ id: JSONText) {
        guard let facts = registry.facts(id.bytes.span, kind) else { return }
        // It was active then; what the service tells may be later.
        if let last = facts.lastActivity { batch.noteActivity(.microseconds(last)) }
        for attribute in RecordAttribute.allCases where facts[attribute] != StringTable.absent {
            if !state(attribute, facts[attribute]) {
                let place = registry.place(facts.place)
                note(
                    .conflictingFields, kind,
                    "its metadata and the registry (\(place.file):\(place.line)) differ about its \(attribute.name), which is now unknown",
                    losesData: false)
            }
        }
    }

    private mutating func state(_ attribute: RecordAttribute, _ code: StringTable.Code) -> Bool {
        guard code != StringTable.undecided else { return batch.state(attribute, nil) }
        return registry.strings.withBytes(code) { batch.state(attribute, $0) }
    }
}
