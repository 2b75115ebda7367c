internal import Records

extension Problem.Code {
    /// What the code means, for where a problem's own words could name an id.
    var summary: String {
        switch self {
        case .malformedLine: "a line is not one JSON object"
        case .unknownKind: "an object of a kind that is not known"
        case .duplicateKey: "an object has one key twice"
        case .duplicateId: "two records of one id differ"
        case .missingId: "a record has no id"
        case .missingContainer: "a record names no container"
        case .danglingReference: "a record refers to one that is not there"
        case .implausibleTime: "a time cannot be right"
        case .futureTime: "a time lies in the future"
        case .clockDrift: "a time lies a little in the future"
        case .truncated: "a file ends in the middle"
        case .unreadable: "a file could not be read"
        case .tooLarge: "an object is too large"
        case .wrongType: "a field has the wrong type"
        case .incompleteRegistry: "a registry that is said to be complete is not"
        case .conflictingFields: "an owner, subject or tenant is stated in two ways"
        case .countsDiffer: "a list has fewer elements than the service counts"
        case .unprovenAbsence: "records that must be kept are absent, and so is all else that was known"
        }
    }
}
