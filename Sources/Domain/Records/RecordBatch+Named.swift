/// What records say of others, for whoever must find those by their ids.
extension RecordBatch {
    /// Calls back with the kind and the id of what each record is a part of, uses or cites, if it is of these kinds: in
    /// the order of the records, and what many in a row are parts of once.
    public func forEachNamed(_ kinds: KindSet, _ body: (Kind, Span<UInt8>) -> Void) {
        var next = 0
        var last: (kind: Kind, target: StringTable.Code)?
        for (row, record) in rows.enumerated() {
            if record.container != StringTable.absent, let kind = record.kind.container, kinds.has(kind),
                last?.kind != kind || last?.target != record.container
            {
                last = (kind, record.container)
                body(kind, targets.bytes.span.extracting(targets.range(Int(record.container))))
            }
            while next < references.count, references[next].row == row {
                let reference = references[next]
                if kinds.has(reference.kind) {
                    body(reference.kind, targets.bytes.span.extracting(targets.range(Int(reference.target))))
                }
                next += 1
            }
        }
    }

    /// Calls back with every value of a metadata key of the layout, in the order of the records.
    public func forEachValue(ofMetadataKey key: Int, _ body: (Span<UInt8>) -> Void) {
        guard namesKey[key] else { return }
        for row in rows.indices {
            let code = metadata[row * layout.metadataKeys.count + key]
            guard code != StringTable.absent, code != StringTable.undecided else { continue }
            strings.withBytes(code) { body($0) }
        }
    }
}
