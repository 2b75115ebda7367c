/// When something is true of a record, and when it is false. Where neither is, it fails or is not known.
struct Reading {
    var holds: Formula
    var fails: Formula

    static let always = Reading(holds: .truth, fails: .falsehood)
    static let never = Reading(holds: .falsehood, fails: .truth)

    var negation: Reading { Reading(holds: fails, fails: holds) }

    /// What is false for certain decides, whatever else fails.
    static func all(_ parts: [Reading]) -> Reading {
        Reading(holds: .conjunction(parts.map(\.holds)), fails: .disjunction(parts.map(\.fails)))
    }

    static func any(_ parts: [Reading]) -> Reading { all(parts.map(\.negation)).negation }

    static func either(_ condition: Reading, _ first: Reading, _ second: Reading) -> Reading {
        Reading(
            holds: .disjunction([
                .conjunction([condition.holds, first.holds]), .conjunction([condition.fails, second.holds]),
            ]),
            fails: .disjunction([
                .conjunction([condition.holds, first.fails]), .conjunction([condition.fails, second.fails]),
            ]))
    }

    /// What an atom says of a field: true or false where the field is there, and a failure where it is not.
    static func atom(_ field: TextField, _ predicate: TextPredicate) -> Reading {
        Reading(
            holds: .holds(.text(field, predicate)),
            fails: .conjunction([.holds(.text(field, .anything)), .fails(.text(field, predicate))]))
    }
}
