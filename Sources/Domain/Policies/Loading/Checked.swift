import Chronology
import YAML

/// A value that fits its shape, and where it stands.
struct Checked: Sendable {
    indirect enum Value: Sendable {
        case null
        case text(Scalar)
        case boolean(Bool)
        case integer(Int)
        case period(Period)
        case day(Day)
        case zone(Zone)
        case list([Checked])
        case map([(key: Scalar, value: Checked)])
        case object(CheckedObject)
        case node(Node)
    }

    /// A bare date, which the document's zone turns into two instants, or an instant.
    enum Day: Sendable {
        case date(CivilDate)
        case instant(Instant)
    }

    let value: Value
    let mark: Mark
}

/// A mapping that fits its shape. Values that do not were reported, and are left out.
struct CheckedObject: Sendable {
    let mark: Mark
    private(set) var entries: [String: Checked] = [:]
    /// Where the keys stand that the document spells out, also of values that do not fit.
    private(set) var keyMarks: [String: Mark] = [:]

    init(mark: Mark) { self.mark = mark }

    mutating func note(_ name: String, keyAt mark: Mark) { keyMarks[name] = mark }

    mutating func set(_ name: String, _ value: Checked) { entries[name] = value }

    /// Whether the document spells the key out.
    func names(_ key: String) -> Bool { keyMarks[key] != nil }

    /// Where the value stands, or else its key, or else the mapping.
    func mark(of key: String) -> Mark { (names(key) ? entries[key]?.mark : nil) ?? keyMarks[key] ?? mark }
}

extension CheckedObject {
    subscript(_ key: String) -> Checked? { entries[key] }

    func scalar(_ key: String) -> Scalar? {
        guard case .text(let scalar)? = entries[key]?.value else { return nil }
        return scalar
    }

    func text(_ key: String) -> String? { scalar(key)?.text }

    func boolean(_ key: String) -> Bool? {
        guard case .boolean(let flag)? = entries[key]?.value else { return nil }
        return flag
    }

    func integer(_ key: String) -> Int? {
        guard case .integer(let number)? = entries[key]?.value else { return nil }
        return number
    }

    func period(_ key: String) -> Period? {
        guard case .period(let period)? = entries[key]?.value else { return nil }
        return period
    }

    func day(_ key: String) -> Checked.Day? {
        guard case .day(let day)? = entries[key]?.value else { return nil }
        return day
    }

    func zone(_ key: String) -> Zone? {
        guard case .zone(let zone)? = entries[key]?.value else { return nil }
        return zone
    }

    func object(_ key: String) -> CheckedObject? {
        guard case .object(let object)? = entries[key]?.value else { return nil }
        return object
    }

    func node(_ key: String) -> Node? {
        guard case .node(let node)? = entries[key]?.value else { return nil }
        return node
    }

    func list(_ key: String) -> [Checked] {
        guard case .list(let items)? = entries[key]?.value else { return [] }
        return items
    }

    func map(_ key: String) -> [(key: Scalar, value: Checked)] {
        guard case .map(let entries)? = entries[key]?.value else { return [] }
        return entries
    }

    /// The scalars of a list.
    func scalars(_ key: String) -> [Scalar] { list(key).compactMap(\.scalar) }

    /// The texts of a list.
    func texts(_ key: String) -> [String] { scalars(key).map(\.text) }

    /// A word of a vocabulary that is a Swift enumeration.
    func word<Word: RawRepresentable<String>>(_ key: String, as type: Word.Type = Word.self) -> Word? {
        text(key).flatMap(Word.init(rawValue:))
    }
}

extension Checked {
    var scalar: Scalar? {
        guard case .text(let scalar) = value else { return nil }
        return scalar
    }
}
