/// Finds the parts of bytes that are canonical JSON, without reading what is in them.
///
/// The bytes must be what `CanonicalForm.isObject` accepts; of others the ranges mean nothing, and none is out of bounds.
public enum CanonicalParts {
    /// The ranges of the values of the object that stands at a range, by the bytes of their names as written.
    public static func members(of object: Range<Int>, in bytes: Span<UInt8>) -> [(name: Range<Int>, value: Range<Int>)]
    {
        var members: [(name: Range<Int>, value: Range<Int>)] = []
        var place = object.lowerBound + 1
        while place < object.upperBound, bytes[place] == UInt8(ascii: "\"") {
            let end = Self.end(ofValueAt: place, before: object.upperBound, in: bytes)
            guard end < object.upperBound else { return members }
            let value = end + 1..<Self.end(ofValueAt: end + 1, before: object.upperBound, in: bytes)
            members.append((place + 1..<end - 1, value))
            place = value.upperBound + 1
        }
        return members
    }

    /// Calls with the range of each element of the array that stands at a range.
    public static func forEachElement<Failure: Error>(
        of array: Range<Int>, in bytes: Span<UInt8>, _ body: (Range<Int>) throws(Failure) -> Void
    ) throws(Failure) {
        var place = array.lowerBound + 1
        while place < array.upperBound - 1 {
            let end = Self.end(ofValueAt: place, before: array.upperBound - 1, in: bytes)
            try body(place..<end)
            place = end + 1
        }
    }

    /// Where a value ends.
    private static func end(ofValueAt start: Int, before limit: Int, in bytes: Span<UInt8>) -> Int {
        var place = start
        var depth = 0
        while place < limit {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                place += 1
                while place < limit, bytes[place] != UInt8(ascii: "\"") {
                    place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
                }
                if depth == 0 { return min(place + 1, limit) }
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return place }
                depth -= 1
                if depth == 0 { return place + 1 }
            case UInt8(ascii: ",") where depth == 0: return place
            default: break
            }
            place += 1
        }
        return limit
    }
}
