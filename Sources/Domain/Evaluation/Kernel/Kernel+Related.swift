internal import CEL
internal import Records

/// Related records of a block.
extension Kernel {
    func records(_ node: RecordNode, _ frame: Frame) -> FoundRecords {
        switch node {
        case .variable(let place): return FoundRecords(rows: frame.rows[place])
        case .container(let record):
            var (found, own) = containers(of: records(record, frame))
            for place in own.indices where own[place] != Mark.isThere { found.marks[place] = own[place] }
            return found
        case .element(let list, let index):
            let (owners, marks, records) = lists(list, frame)
            var found = FoundRecords(rows: owners, marks: marks)
            for place in owners.indices where marks[place] == Mark.isThere {
                if index >= 0, index < records.count(of: Int(owners[place])) {
                    found.rows[place] = UInt32(records.row(at: index, of: Int(owners[place])))
                } else {
                    found.marks[place] = Mark.invalidArgument
                }
            }
            return found
        }
    }

    /// The containers of records, and beside them why a record itself is missing.
    func containers(of records: FoundRecords) -> (found: FoundRecords, own: [UInt8]) {
        let containers = host.inventory.containers
        let further = host.facts.furtherContainers
        var found = FoundRecords(rows: records.rows, marks: Array(repeating: Mark.isThere, count: records.rows.count))
        for place in records.rows.indices {
            let row = Int(records.rows[place])
            let container = containers[row]
            if container == Inventory.unknownContainer {
                found.marks[place] = Mark.unknown
            } else if container == Inventory.noContainer {
                if let first = further[row].first {
                    found.rows[place] = first
                } else {
                    found.marks[place] = Mark.noSuchField
                }
            } else if further[row].isEmpty {
                found.rows[place] = container
            } else {
                found.marks[place] = Mark.unknown
            }
        }
        return (found, records.marks)
    }

    /// The records whose lists are meant, why a list cannot be read, and all lists.
    private func lists(_ list: ListNode, _ frame: Frame) -> (owners: [UInt32], marks: [UInt8], RelatedRecords) {
        let found = records(list.record, frame)
        let kinds = host.inventory.kinds
        let sources = host.inventory.sources
        var marks = found.marks.isEmpty ? Array(repeating: Mark.isThere, count: found.rows.count) : found.marks
        // Records of one source and kind stand together, so the last answer is nearly always the next.
        var asked: (kind: Kind, source: UInt16)?
        var isComplete = false
        for place in marks.indices where marks[place] == Mark.isThere {
            let row = Int(found.rows[place])
            let (kind, source) = (kinds[row], sources[row])
            if asked.map({ $0.kind != kind || $0.source != source }) ?? true {
                asked = (kind, source)
                isComplete = list.relation.kinds(of: kind).isSubset(of: host.facts.decidedKinds(of: row))
            }
            if !isComplete { marks[place] = Mark.unknown }
        }
        let records =
            switch list.relation {
            case .contained: host.facts.contained
            case .used: host.facts.used
            case .using: host.facts.users
            }
        return (found.rows, marks, records)
    }

    func counts(_ list: ListNode, _ frame: Frame) -> Numbers {
        let (owners, marks, records) = lists(list, frame)
        var numbers = Numbers(count: frame.count)
        numbers.marks = marks
        for place in owners.indices where marks[place] == Mark.isThere {
            numbers.values[place] = Int64(records.count(of: Int(owners[place])))
        }
        return numbers
    }

    /// How many elements a condition holds for. The first error among them counts for all, so where there are several
    /// the general evaluator says which is first.
    func counts(_ list: ListNode, where body: TruthNode, _ frame: Frame) -> Numbers {
        var numbers = Numbers(count: frame.count)
        numbers.marks = forEach(list, body, frame) { place, truths, mark in
            var mark = mark
            for index in truths.indices {
                let truth = truths[unchecked: index]
                if truth == Mark.isTrue { numbers.values[place] += 1 }
                guard Mark.isFailure(truth) else { continue }
                mark = mark == Mark.isThere || mark == truth ? truth : Mark.ask
            }
            return mark
        }
        return numbers
    }

    func quantify(_ quantifier: Quantifier, _ list: ListNode, _ body: TruthNode, _ frame: Frame) -> [UInt8] {
        if quantifier == .existsOne {
            var numbers = counts(list, where: body, frame)
            numbers.compare(with: 1, .equal)
            return numbers.marks
        }
        let decisive = quantifier == .all ? Mark.isFalse : Mark.isTrue
        var results = [UInt8](repeating: decisive ^ 1, count: frame.count)
        let marks = forEach(list, body, frame) { place, truths, mark in
            var result = results[place]
            var isPlain = result <= Mark.isTrue
            var isDecided = result == decisive
            for index in truths.indices {
                isPlain = isPlain && truths[unchecked: index] <= Mark.isTrue
                isDecided = isDecided || truths[unchecked: index] == decisive
            }
            if isPlain {
                result = isDecided ? decisive : result
            } else {
                for index in truths.indices {
                    result = Mark.bothInAnyOrder(result, truths[index], decisive: decisive)
                }
            }
            results[place] = result
            return mark
        }
        for place in marks.indices where marks[place] != Mark.isThere { results[place] = marks[place] }
        return results
    }

    /// Asks a condition about every element of every list, in stretches, and hands over the answers of each list, or of
    /// a part of it, in no order that means anything.
    ///
    /// - Returns: a mark for each evaluation: why its list cannot be read, or what the last call made of it.
    @inline(__always)
    private func forEach(
        _ list: ListNode, _ body: TruthNode, _ frame: Frame,
        _ note: (_ place: Int, _ truths: Span<UInt8>, _ mark: UInt8) -> UInt8
    ) -> [UInt8] {
        var (owners, marks, records) = lists(list, frame)
        let elements = records.anyOrder
        var stretch = Stretch()
        func flush() {
            let answers = truths(body, stretch.frame(over: frame))
            let truths = answers.span
            var start = 0
            for (place, count) in stretch.parts {
                marks[place] = note(place, truths.extracting(start..<start + count), marks[place])
                start += count
            }
            stretch.clear()
        }
        var counts = [Int](repeating: 0, count: owners.count)
        for place in owners.indices where marks[place] == Mark.isThere {
            var rest = elements.places(of: Int(owners[place]))
            counts[place] = rest.count
            while !rest.isEmpty {
                rest = stretch.take(rest, of: elements, for: place)
                if stretch.isFull { flush() }
            }
        }
        if !stretch.parts.isEmpty { flush() }
        // Of a list that is so long that its budget may not do, only the general evaluator counts exactly. What an
        // element costs shows when all were asked.
        let longest = allowance / max(1, body.costOfElement)
        for place in counts.indices where counts[place] > longest { marks[place] = Mark.ask }
        return marks
    }
}

/// Elements of lists that are looked at together.
private struct Stretch {
    private var elements = [UInt32](repeating: 0, count: Kernel.stretch)
    private var count = 0
    /// Whose elements they are, and how many of them, in turn.
    private(set) var parts: [(place: Int, count: Int)] = []

    var isFull: Bool { count == elements.count }

    /// Takes as many as there is room for, and returns the rest.
    @inline(__always)
    mutating func take(_ places: Range<Int>, of rows: CompressedRows, for place: Int) -> Range<Int> {
        let taken = places.prefix(elements.count - count)
        rows.copy(taken, to: &elements, at: count)
        count += taken.count
        parts.append((place, taken.count))
        return taken.upperBound..<places.upperBound
    }

    mutating func clear() {
        count = 0
        parts.removeAll(keepingCapacity: true)
    }

    /// The outer evaluation's variables beside each element, and the element as one more variable.
    func frame(over outer: Frame) -> Frame {
        let repeated = outer.rows.map { column in
            var rows: [UInt32] = []
            rows.reserveCapacity(self.count)
            for (place, count) in parts { rows.append(contentsOf: repeatElement(column[place], count: count)) }
            return rows
        }
        return Frame(rows: repeated + [Array(elements[..<self.count])])
    }
}

extension RelatedRecords.Relation {
    /// The kinds that must have been read to their end for a record's list to be known.
    fileprivate func kinds(of kind: Kind) -> KindSet {
        switch self {
        case .contained: kind.parts
        case .used: kind.targets
        case .using: kind.users
        }
    }
}
