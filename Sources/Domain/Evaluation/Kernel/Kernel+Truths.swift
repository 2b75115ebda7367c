internal import CEL
internal import Records

/// Truths of a block.
extension Kernel {
    func truths(_ node: TruthNode, _ frame: Frame) -> [UInt8] {
        switch node {
        case .constant(let mark): return Array(repeating: mark, count: frame.count)
        case .terms(let terms, let decisive): return decide(terms, decisive, frame)
        case .not(let term):
            var truths = truths(term, frame)
            for place in truths.indices where truths[place] <= Mark.isTrue { truths[place] ^= 1 }
            return truths
        case .choice(let condition, let first, let second): return choose(condition, first, second, frame)
        case .comparison(let comparison, let left, let right): return compare(comparison, left, right, frame)
        case .hasTime(let column, let record):
            return has(record, frame) { columns.times(column, $0, &$1) }
        case .hasSize(let column, let record):
            return has(record, frame) { columns.sizes(column, $0, &$1) }
        case .hasContainer(let record):
            let found = containers(of: records(record, frame))
            return Self.isThere(found.found.marks, found.own, frame.count)
        case .sameText(let left, let right, let isNegated): return areSame(left, right, isNegated, frame)
        case .hasText(let text): return hasText(text, frame)
        case .textTest(let test, .id(let record)): return ids(test, records(record, frame))
        case .textTest(let test, .coded(let text)): return texts(test, text, frame)
        case .quantifier(let quantifier, let list, let body): return quantify(quantifier, list, body, frame)
        case .answers(let answers): return answers.truths(frame, records(answers.record, frame), self)
        case .general(let part): return (0..<frame.count).map { Mark.condition(part.result(frame, $0)) }
        }
    }

    /// Later terms are asked only where the earlier ones left the answer open.
    private func decide(_ terms: [TruthNode], _ decisive: UInt8, _ frame: Frame) -> [UInt8] {
        guard let first = terms.first else { return Array(repeating: decisive ^ 1, count: frame.count) }
        var truths = truths(first, frame)
        for term in terms.dropFirst() {
            let open = truths.indices.filter { truths[$0] != decisive }.map { Int32(truncatingIfNeeded: $0) }
            if open.isEmpty { break }
            if open.count == truths.count {
                let others = self.truths(term, frame)
                for place in truths.indices {
                    truths[place] = Mark.both(truths[place], others[place], decisive: decisive)
                }
            } else {
                let others = self.truths(term, frame.selecting(open))
                for (index, place) in open.enumerated() {
                    truths[Int(place)] = Mark.both(truths[Int(place)], others[index], decisive: decisive)
                }
            }
        }
        return truths
    }

    private func choose(
        _ condition: TruthNode, _ first: TruthNode, _ second: TruthNode, _ frame: Frame
    ) -> [UInt8] {
        var truths = truths(condition, frame)
        let conditions = truths
        for (flag, node) in [(Mark.isTrue, first), (Mark.isFalse, second)] {
            let places = conditions.indices.filter { conditions[$0] == flag }.map { Int32(truncatingIfNeeded: $0) }
            if places.isEmpty { continue }
            let chosen = self.truths(node, frame.selecting(places))
            for (index, place) in places.enumerated() { truths[Int(place)] = chosen[index] }
        }
        return truths
    }

    private func compare(
        _ comparison: CELComparison, _ left: NumberNode, _ right: NumberNode, _ frame: Frame
    ) -> [UInt8] {
        var left = numbers(left, frame)
        if case .constant(let constant) = right {
            left.compare(with: constant, comparison)
        } else {
            left.compare(with: numbers(right, frame), comparison)
        }
        return left.marks
    }

    /// Whether records have what a column holds.
    private func has(
        _ record: RecordNode, _ frame: Frame, _ read: ([UInt32], inout Numbers) -> Void
    ) -> [UInt8] {
        let found = records(record, frame)
        var numbers = Numbers(count: frame.count)
        read(found.rows, &numbers)
        return Self.isThere(numbers.marks, found.marks, frame.count)
    }

    /// From what reading a field came to, to what `has` says of it.
    private static func isThere(_ marks: [UInt8], _ ofRecords: [UInt8], _ count: Int) -> [UInt8] {
        (0..<count).map { place in
            if !ofRecords.isEmpty, ofRecords[place] != Mark.isThere { return ofRecords[place] }
            if marks.isEmpty || marks[place] == Mark.isThere { return Mark.isTrue }
            return marks[place] == Mark.noSuchField ? Mark.isFalse : marks[place]
        }
    }

    private func areSame(_ left: TextNode, _ right: TextNode, _ isNegated: Bool, _ frame: Frame) -> [UInt8] {
        let first = codes(left, frame)
        let second = codes(right, frame)
        return (0..<frame.count).map { place in
            if first.marks[place] != Mark.isThere { return first.marks[place] }
            if second.marks[place] != Mark.isThere { return second.marks[place] }
            return Mark.truth((first.codes[place] == second.codes[place]) != isNegated)
        }
    }

    private func codes(_ text: TextNode, _ frame: Frame) -> (codes: [UInt32], marks: [UInt8]) {
        let found = records(text.record, frame)
        let codes = found.rows.map { text.codes[$0] }
        let marks = codes.indices.map { place in
            if !found.marks.isEmpty, found.marks[place] != Mark.isThere { return found.marks[place] }
            return codes[place] == StringTable.undecided
                ? Mark.unknown : codes[place] == StringTable.absent ? text.absent : Mark.isThere
        }
        return (codes, marks)
    }

    private func ids(_ test: TextTest, _ found: FoundRecords) -> [UInt8] {
        let inventory = host.inventory
        return found.rows.indices.map { place in
            if !found.marks.isEmpty, found.marks[place] != Mark.isThere { return found.marks[place] }
            return inventory.withId(Int(found.rows[place])) { test.mark($0) }
        }
    }

    private func texts(_ test: TextTest, _ text: TextNode, _ frame: Frame) -> [UInt8] {
        var (codes, marks) = codes(text, frame)
        let strings = host.inventory.strings
        for place in marks.indices where marks[place] == Mark.isThere {
            marks[place] = strings.withBytes(codes[place]) { test.mark($0) }
        }
        return marks
    }

    private func hasText(_ text: TextNode, _ frame: Frame) -> [UInt8] {
        let found = records(text.record, frame)
        return found.rows.indices.map { place in
            if !found.marks.isEmpty, found.marks[place] != Mark.isThere { return found.marks[place] }
            let code = text.codes[found.rows[place]]
            return code == StringTable.undecided ? Mark.unknown : Mark.truth(code != StringTable.absent)
        }
    }
}
