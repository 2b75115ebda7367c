internal import JSONLines
internal import Records

/// Times on the wire are seconds since 1970, whole or with a fraction. Nothing else is a time, and no unit is guessed.
extension RecordReader {
    mutating func readTimes(_ kind: Kind) {
        if let created = createdReading(kind) { batch.setCreated(created) }
        readActivity(kind)
        switch kind {
        case .vectorStore:
            batch.noteActivity(reading(.lastActiveAt))
            if !hasExpiry() { readExpiry(.days, secondsPerUnit: 86_400) }
        case .container:
            batch.noteActivity(reading(.lastActiveAt))
            readExpiry(.minutes, secondsPerUnit: 60)
        case .file, .batch, .upload: _ = hasExpiry()
        default: break
        }
    }

    /// When the record was created; nil where the kind has no such time.
    @inline(__always)
    private func createdReading(_ kind: Kind) -> RecordBatch.Reading? {
        switch kind {
        case .item: fields[.createdAt] == nil ? nil : reading(.createdAt)
        case .chatCompletion: reading(.created)
        default: reading(.createdAt)
        }
    }

    /// The times at which something happened to the record itself, besides its creation.
    private mutating func readActivity(_ kind: Kind) {
        switch kind {
        case .message:
            noteActivity(.completedAt)
            noteActivity(.incompleteAt)
        case .item, .response, .chatCompletion: noteActivity(.completedAt)
        case .run:
            for field in [Field.startedAt, .cancelledAt, .failedAt, .completedAt] { noteActivity(field) }
        case .runStep:
            for field in [Field.expiredAt, .cancelledAt, .failedAt, .completedAt] { noteActivity(field) }
        case .batch:
            for field in [Field.inProgressAt, .finalizingAt, .completedAt, .failedAt] { noteActivity(field) }
            for field in [Field.expiredAt, .cancellingAt, .cancelledAt] { noteActivity(field) }
        default: break
        }
    }

    @inline(__always)
    private mutating func noteActivity(_ field: Field) {
        if let value = fields[field], !value.isNull { batch.noteActivity(reading(field)) }
    }

    private mutating func hasExpiry() -> Bool {
        guard let value = fields[.expiresAt], !value.isNull else { return false }
        batch.setExpires(reading(.expiresAt))
        return true
    }

    /// The expiry that follows from the last activity, where the record has a rule for it.
    private mutating func readExpiry(_ unit: InnerField, secondsPerUnit: Int64) {
        guard let rule = fields[.expiresAfter], rule.kind == .object else { return }
        inner.read(rule)
        guard let count = inner[inner: unit]?.integer, count >= 0, count < 1 << 32, !inner.hasRepeated,
            !fields.isRepeated(.expiresAfter), inner[inner: .anchor]?.text?.equals("last_active_at") ?? true,
            case .microseconds(let last) = reading(.lastActiveAt), last != 0
        else {
            batch.setExpires(.missing)
            return
        }
        // Any number of days may stand there.
        let (life, isTooLong) = count.multipliedReportingOverflow(by: secondsPerUnit * 1_000_000)
        let (expires, isTooFar) = last.addingReportingOverflow(life)
        batch.setExpires(isTooLong || isTooFar ? .unreadable : .microseconds(expires))
    }

    @inline(__always)
    private func reading(_ field: Field) -> RecordBatch.Reading {
        fields.isRepeated(field) ? .unreadable : RecordBatch.Reading(fields[field])
    }
}

extension RecordBatch.Reading {
    /// What a value says as a number of seconds since 1970.
    init(_ value: JSONValue?) {
        guard let value, !value.isNull else {
            self = .missing
            return
        }
        switch value.number {
        case .integer(let seconds)?:
            let (microseconds, isTooFar) = seconds.multipliedReportingOverflow(by: 1_000_000)
            self = isTooFar ? .unreadable : .microseconds(microseconds)
        case .double(let seconds)?:
            self = Int64(exactly: (seconds * 1_000_000).rounded()).map { .microseconds($0) } ?? .unreadable
        case .unsigned?, nil: self = .unreadable
        }
    }
}
