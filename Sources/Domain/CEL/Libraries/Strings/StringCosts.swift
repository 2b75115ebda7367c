/// What the functions of ``CELLibrary/strings`` charge for arguments of some sizes.
enum StringCosts {
    static func cost(of function: String, _ arguments: [CELExtent]) -> CELCallEstimate {
        let texts = arguments.map(\.bytes)
        switch function {
        case "charAt": return CELCallEstimate(texts[0].tenth, giving: .text(CELBounds(upTo: 4)))
        case "indexOf", "lastIndexOf": return CELCallEstimate(texts[0].searched(for: texts[1]))
        case "substring", "trim": return CELCallEstimate(texts[0].tenth, giving: .text(texts[0].orNone))
        case "lowerAscii", "upperAscii", "reverse": return CELCallEstimate(texts[0].tenth, giving: .text(texts[0]))
        case "split": return split(texts[0], at: texts[1], isLimited: arguments.count > 2)
        case "replace": return replace(texts[1], by: texts[2], in: texts[0])
        case "join": return join(arguments[0], by: arguments.count > 1 ? texts[1] : .none)
        case "strings.quote":
            let made = texts[0] * 2 + CELBounds(exactly: 2)
            return CELCallEstimate(made.tenth, giving: .text(CELBounds(texts[0].least + 2, made.most)))
        default: return format(texts[0], arguments[1])
        }
    }

    /// How often a part can occur in a text: an empty one at every byte, and any once.
    private static func occurrences(of part: CELBounds, in text: CELBounds) -> CELBounds {
        let most = text.most == CELBounds.unlimited ? text.most : text.most / max(part.least, 1)
        return CELBounds(upTo: most.saturatingSum(1))
    }

    private static func split(_ text: CELBounds, at separator: CELBounds, isLimited: Bool) -> CELCallEstimate {
        let pieces = occurrences(of: separator, in: text)
        let made = (pieces * Footprint.element + text).tenth
        // A text that is not empty gives a piece at least; what is limited to none is not looked at.
        let least = isLimited ? 0 : text.searched(for: separator).least + (text.least > 0 ? Footprint.element / 10 : 0)
        let most = text.searched(for: separator).most.saturatingSum(made.most)
        return CELCallEstimate(CELBounds(least, most), giving: .list(pieces, of: .text(text.orNone)))
    }

    private static func replace(_ part: CELBounds, by other: CELBounds, in text: CELBounds) -> CELCallEstimate {
        let times = occurrences(of: part, in: text) + CELBounds(upTo: 1)
        let cost = text.searched(for: part) + text.tenth + times * (other.tenth + .one)
        return CELCallEstimate(cost, giving: .text((text + times * other).orNone))
    }

    private static func join(_ list: CELExtent, by separator: CELBounds) -> CELCallEstimate {
        let piece = list.element.bytes + separator
        let cost = list.count * (piece + CELBounds(exactly: 10)).tenth
        return CELCallEstimate(cost, giving: .text((list.count * piece).orNone))
    }

    /// Each clause takes two bytes of the template or more, and one argument.
    private static func format(_ template: CELBounds, _ arguments: CELExtent) -> CELCallEstimate {
        let clauses = arguments.count.smaller(template.divided(by: 2)).orNone
        let written = Formatter.written(arguments.element)
        let cost = template.tenth.orNone + clauses * (written.cost + written.bytes.tenth)
        return CELCallEstimate(cost, giving: .text((template + clauses * written.bytes).orNone))
    }
}

extension Formatter {
    /// A number with as many digits as a clause may ask for, before the point and after it; longer than any time.
    private static let longestNumber = CELBounds(upTo: 1400)

    /// What one value costs to write, by whichever clause, and how many bytes that may be.
    fileprivate static func written(_ value: CELExtent) -> (cost: CELBounds, bytes: CELBounds) {
        switch value {
        case .text(let bytes):
            // Two digits for each byte in %x; three bytes for each that is no UTF-8 in %s.
            let made = (bytes * 3).joined(longestNumber)
            return ((.one + (bytes * 2).tenth).orNone, made.orNone)
        case .list(let count, let element): return joined(count, [written(element)])
        case .map(let count, let keys, let values): return joined(count, [written(keys), written(values)])
        case .anything: return (.any, .any)
        case .scalar, .optional, .object: return (CELBounds(upTo: 1), longestNumber)
        }
    }

    private static func joined(
        _ count: CELBounds, _ parts: [(cost: CELBounds, bytes: CELBounds)]
    ) -> (cost: CELBounds, bytes: CELBounds) {
        let punctuation = CELBounds(upTo: 2 * parts.count)
        let bytes = count * parts.reduce(punctuation) { $0 + $1.bytes } + CELBounds(upTo: 4)
        let cost = count * parts.reduce(CELBounds.none) { $0 + $1.cost } + bytes.tenth + .one
        return (cost.orNone, bytes.orNone)
    }
}
