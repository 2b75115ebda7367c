internal import Chronology
internal import Patterns

extension Evaluator {
    mutating func search(_ function: BinaryFunction, _ left: CELValue, _ right: CELValue) -> CELResult? {
        guard case .string(let text) = left, case .string(let part) = right else { return nil }
        switch function {
        case .startsWith:
            charge(part.utf8.count / 10)
            return .success(.bool(Text.starts(text, with: part)))
        case .endsWith:
            charge(part.utf8.count / 10)
            return .success(.bool(Text.ends(text, with: part)))
        case .contains:
            charge((text.utf8.count / 10 + 1) * (part.utf8.count / 10 + 1) - 1)
            return .success(.bool(!isExhausted && Text.contains(text, part)))
        default:
            charge(part.utf8.count)
            guard !isExhausted else { return nil }
            do throws(PatternError) {
                let pattern = try Pattern(part)
                charge(Price.of(pattern))
                return search(text, pattern)
            } catch {
                if error.code == .outOfMemory { charge(Price.failedPattern) }
                return .failure(CELError(.invalidArgument, error.description))
            }
        }
    }

    /// `matches` with a pattern that is known.
    mutating func matches(_ operand: Int, _ pattern: Int) -> CELResult {
        let pattern = plan.tables.patterns[pattern]
        switch evaluate(operand) {
        case .success(.string(let text)): return search(text, pattern)
        case .success(let value): return .mismatch("matches", value, .string(pattern.text))
        case .failure(let error): return .failure(error)
        }
    }

    private mutating func search(_ text: String, _ pattern: Pattern) -> CELResult {
        // Four instructions are a step, as four characters of a pattern are in Kubernetes; a class of characters is one
        // character of a pattern, or a few, and hundreds of instructions.
        charge((text.utf8.count / 10 + 1) * (pattern.size / 4 + 1) - 1)
        guard !isExhausted else { return .success(.bool(false)) }
        do throws(PatternError) {
            return .success(.bool(try pattern.matches(text)))
        } catch {
            return .failure(CELError(.host, error.description))
        }
    }

    /// A part of a time in a zone that is known.
    mutating func timePart(_ part: TimePart, _ operand: Int, _ zone: Int) -> CELResult {
        switch evaluate(operand) {
        case .success(let value): Times.part(part, of: value, in: plan.tables.zones[zone])
        case .failure(let error): .failure(error)
        }
    }

    mutating func timePart(_ function: BinaryFunction, _ time: CELValue, _ zone: CELValue) -> CELResult? {
        guard let part = TimePart(rawValue: function.rawValue), case .string(let name) = zone else { return nil }
        charge(Price.zone)
        guard !isExhausted else { return nil }
        do throws(ChronologyError) {
            return Times.part(part, of: time, in: try ClockZone(name))
        } catch {
            charge(Price.unknownZone)
            return .failure(CELError(.invalidArgument, error.description))
        }
    }
}
