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
        let marks = found.rows.indices.map { place in
            if !found.marks.isEmpty, found.marks[place] != Mark.isThere { return found.marks[place] }
            let row = Int(found.rows[place])
            let needed =
                switch list.relation {
                case .contained: kinds[row].parts
                case .used: kinds[row].targets
                case .using: kinds[row].users
                }
            return needed.isSubset(of: host.facts.completeKinds(of: row)) ? Mark.isThere : Mark.unknown
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
        numbers.marks = forEach(list, body, frame) { place, truth, mark in
            if truth == Mark.isTrue { numbers.values[place] += 1 }
            guard Mark.isFailure(truth) else { return mark }
            return mark == Mark.isThere || mark == truth ? truth : Mark.ask
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
        var truths = [UInt8](repeating: decisive ^ 1, count: frame.count)
        let marks = forEach(list, body, frame) { place, truth, mark in
            truths[place] = Mark.bothInAnyOrder(truths[place], truth, decisive: decisive)
            return mark
        }
        for place in marks.indices where marks[place] != Mark.isThere { truths[place] = marks[place] }
        return truths
    }

    /// Asks a condition about every element of every list, in stretches, and hands over each answer in no order that
    /// means anything.
    ///
    /// - Returns: a mark for each evaluation: why its list cannot be read, or what the last answer made of it.
    private func forEach(
        _ list: ListNode, _ body: TruthNode, _ frame: Frame, _ note: (Int, UInt8, UInt8) -> UInt8
    ) -> [UInt8] {
        var (owners, marks, records) = lists(list, frame)
        var places: [Int32] = []
        var elements: [UInt32] = []
        func flush() {
            let truths = truths(body, Frame(rows: frame.selecting(places).rows + [elements]))
            for (index, place) in places.enumerated() {
                marks[Int(place)] = note(Int(place), truths[index], marks[Int(place)])
            }
            places.removeAll(keepingCapacity: true)
            elements.removeAll(keepingCapacity: true)
        }
        var counts = [Int](repeating: 0, count: owners.count)
        for place in owners.indices where marks[place] == Mark.isThere {
            counts[place] = records.count(of: Int(owners[place]))
            for index in 0..<counts[place] {
                places.append(Int32(truncatingIfNeeded: place))
                elements.append(records.anyRow(at: index, of: Int(owners[place])))
                if places.count == Self.stretch { flush() }
            }
        }
        if !places.isEmpty { flush() }
        // Of a list that is so long that its budget may not do, only the general evaluator counts exactly.
        let longest = allowance / max(1, body.costOfElement)
        for place in counts.indices where counts[place] > longest { marks[place] = Mark.ask }
        return marks
    }
}
