internal import JSONLines
internal import Records

/// Only the keys that policies and sources name are read.
extension RecordReader {
    private var metadataKeyCount: Int { metadata.count }

    mutating func readMetadata(_ kind: Kind) {
        let field = kind == .vectorStoreFile ? Field.attributes : .metadata
        guard let value = fields[field], !value.isNull else { return }
        guard value.kind == .object else {
            note(.wrongType, kind, "its metadata is not an object")
            return
        }
        guard !fields.isRepeated(field) else {
            for key in 0..<metadataKeyCount { batch.setMetadataUndecided(key) }
            return
        }
        metadata.read(value)
        if metadata.hasRepeated { note(.duplicateKey, kind, "its metadata has a key twice; the value is not believed") }
        for key in 0..<metadataKeyCount {
            guard let value = metadata[key] else { continue }
            if metadata.hasRepeated, metadata.isRepeated(key) {
                batch.setMetadataUndecided(key)
            } else if let text = value.text {
                batch.setMetadata(key, text.bytes.span)
            } else if !value.isNull {
                var json: [UInt8] = []
                value.appendJSON(to: &json)
                batch.setMetadata(key, json.span)
            }
        }
    }
}
