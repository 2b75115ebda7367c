internal import Chronology

extension Evaluator {
    mutating func apply(_ function: UnaryFunction, _ value: CELValue) -> CELResult {
        let result: CELResult? =
            switch function {
            case .not:
                if case .bool(let flag) = value { .success(.bool(!flag)) } else { nil }
            case .negate: Arithmetic.negate(value)
            case .size: size(value)
            case .type: .success(.type(value.type))
            case .dyn: .success(value)
            case .bool: Conversions.bool(value)
            case .int: Conversions.int(value)
            case .uint: Conversions.uint(value)
            case .double: Conversions.double(value)
            case .string: string(value)
            case .bytes: bytes(value)
            case .timestamp: Conversions.timestamp(value)
            case .duration: Conversions.duration(value)
            default: TimePart(rawValue: function.rawValue).map { Times.part($0, of: value, in: nil) }
            }
        return result ?? .mismatch(function.rawValue, value)
    }

    private mutating func size(_ value: CELValue) -> CELResult? {
        switch value {
        case .string(let text):
            charge(text.utf8.count / 10)
            return .success(.int(Int64(text.unicodeScalars.count)))
        case .bytes(let bytes): return .success(.int(Int64(bytes.count)))
        case .list(let list): return .success(.int(Int64(list.count)))
        case .map(let map): return .success(.int(Int64(map.count)))
        default: return nil
        }
    }

    private mutating func string(_ value: CELValue) -> CELResult? {
        switch value {
        case .bytes(let bytes):
            charge(bytes.count / 10)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                return .failure(CELError(.invalidArgument, "the bytes are no UTF-8"))
            }
            return .success(.string(text))
        default: return Text.converted(value).map { .success(.string($0)) }
        }
    }

    private mutating func bytes(_ value: CELValue) -> CELResult? {
        switch value {
        case .bytes: return .success(value)
        case .string(let text):
            charge(text.utf8.count / 10)
            return .success(.bytes(Array(text.utf8)))
        default: return nil
        }
    }
}

/// The functions that are named like types.
enum Conversions {
    static func bool(_ value: CELValue) -> CELResult? {
        switch value {
        case .bool: .success(value)
        case .string("1"), .string("t"), .string("T"), .string("true"), .string("TRUE"), .string("True"):
            .success(.bool(true))
        case .string("0"), .string("f"), .string("F"), .string("false"), .string("FALSE"), .string("False"):
            .success(.bool(false))
        case .string(let text): unreadable(text, as: "a bool")
        default: nil
        }
    }

    static func int(_ value: CELValue) -> CELResult? {
        switch value {
        case .int: return .success(value)
        case .uint(let number): return Int64(exactly: number).map { .success(.int($0)) } ?? outside("an int")
        case .double(let number):
            // The bounds themselves are refused, for doubles next to them round to them.
            guard number > -0x1p63, number < 0x1p63 else { return outside("an int") }
            return .success(.int(Int64(number)))
        case .string(let text): return Int64(text).map { .success(.int($0)) } ?? unreadable(text, as: "an int")
        case .timestamp(let time): return .success(.int(time.seconds))
        default: return nil
        }
    }

    static func uint(_ value: CELValue) -> CELResult? {
        switch value {
        case .uint: return .success(value)
        case .int(let number): return UInt64(exactly: number).map { .success(.uint($0)) } ?? outside("a uint")
        case .double(let number):
            guard number >= 0, number < 0x1p64 else { return outside("a uint") }
            return .success(.uint(UInt64(number)))
        case .string(let text):
            guard text.utf8.first?.isDigit == true, let number = UInt64(text) else {
                return unreadable(text, as: "a uint")
            }
            return .success(.uint(number))
        default: return nil
        }
    }

    static func double(_ value: CELValue) -> CELResult? {
        switch value {
        case .double: .success(value)
        case .int(let number): .success(.double(Double(number)))
        case .uint(let number): .success(.double(Double(number)))
        case .string(let text): Double(text).map { .success(.double($0)) } ?? unreadable(text, as: "a double")
        default: nil
        }
    }

    static func timestamp(_ value: CELValue) -> CELResult? {
        switch value {
        case .timestamp: return .success(value)
        case .int(let seconds): return Times.timestamp(seconds: seconds)
        case .string(let text):
            do throws(ChronologyError) {
                return .success(.timestamp(try Instant(rfc3339: text)))
            } catch {
                return .failure(CELError(.invalidArgument, error.description))
            }
        default: return nil
        }
    }

    static func duration(_ value: CELValue) -> CELResult? {
        switch value {
        case .duration: return .success(value)
        case .string(let text):
            guard let duration = CELDuration(text) else {
                let message =
                    "\(Text.shown(value)) is no duration: hours, minutes and seconds as in '36h' or '1h30m', no days"
                return .failure(CELError(.invalidArgument, message))
            }
            return .success(.duration(duration))
        default: return nil
        }
    }

    private static func outside(_ type: String) -> CELResult {
        .failure(CELError(.outOfRange, "the number does not fit in \(type)"))
    }

    private static func unreadable(_ text: String, as type: String) -> CELResult {
        .failure(CELError(.invalidArgument, "\(Text.shown(.string(text))) is not \(type)"))
    }
}
