/// What the wire does not know of a record, and somebody may.
public enum RecordAttribute: UInt8, Sendable, Hashable, CaseIterable {
    case owner, subject, tenant

    /// The attribute's name in expressions.
    public var name: String { String(describing: self) }
}

/// An attribute that somebody states besides the record's metadata.
struct StatedAttribute: Sendable {
    let row: UInt32
    let attribute: RecordAttribute
    /// What is stated, or `undecided` where it is not the same throughout.
    let code: StringTable.Code
}

extension RecordBatch {
    /// States an attribute of the record, whose metadata is set by now. Where the metadata says something else, neither is
    /// believed: nobody knows.
    ///
    /// - Parameter value: nil where it was stated in several ways.
    /// - Returns: whether the metadata agrees, or says nothing.
    public mutating func state(_ attribute: RecordAttribute, _ value: Span<UInt8>?) -> Bool {
        var code = StringTable.undecided
        if let value { code = strings.code(value) }
        stated.append(StatedAttribute(row: UInt32(rows.count), attribute: attribute, code: code))
        guard let key = layout.key(of: attribute) else { return true }
        let own = metadata[rows.count * layout.metadataKeys.count + key]
        return own == StringTable.absent || own == StringTable.undecided || code == StringTable.undecided || own == code
    }
}

extension RecordBatch.Layout {
    /// The metadata key that gives an attribute, where one does.
    func key(of attribute: RecordAttribute) -> Int? {
        switch attribute {
        case .owner: owner
        case .subject: subject
        case .tenant: tenant
        }
    }
}

extension Columns {
    /// Joins what is stated with what the metadata says.
    mutating func join(_ stated: ArraySlice<StatedAttribute>, through map: [StringTable.Code], after firstRow: Int) {
        for statement in stated {
            let code = statement.code == StringTable.undecided ? statement.code : map[Int(statement.code)]
            let row = firstRow + Int(statement.row)
            switch statement.attribute {
            case .owner: Self.join(code, to: &owners, row)
            case .subject: Self.join(code, to: &subjects, row)
            case .tenant: Self.join(code, to: &tenants, row)
            }
        }
    }

    private static func join(_ code: StringTable.Code, to column: inout [StringTable.Code], _ row: Int) {
        if column.count <= row {
            column.append(contentsOf: repeatElement(StringTable.absent, count: row + 1 - column.count))
        }
        let own = column[row]
        column[row] = own == StringTable.absent || own == code ? code : StringTable.undecided
    }
}
