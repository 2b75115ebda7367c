/// A field by name, and by index where the checker knew the object's type.
///
/// A class, so that handing it over counts one reference and not one for each part.
final class FieldAccess: Sendable {
    let name: String
    private let expected: CELObjectType?
    private let index: Int
    /// The errors of reading what is absent, made once because records without a field are common.
    let absentField: CELError
    let absentKey: CELError

    init(name: String, expected: CELObjectType?, range: Range<Int>) {
        self.name = name
        self.expected = expected
        index = expected?.index(of: name) ?? -1
        absentField = CELError(.noSuchField, "'\(name)' is absent", at: range)
        absentKey = CELError(.noSuchKey, "there is no key '\(name)'", at: range)
    }

    /// The index of the field in objects of that type, or nil.
    func index(in type: CELObjectType) -> Int? {
        if type === expected, index >= 0 { return index }
        return type.index(of: name)
    }
}
