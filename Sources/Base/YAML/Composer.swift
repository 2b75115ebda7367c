/// Builds nodes from events: duplicate keys, aliases, merge keys and depth are decided here.
struct Composer {
    private let source: SourceText
    private let limits: Limits
    private(set) var documents: [Node] = []
    private(set) var problems: [Problem] = []
    private var anchors: [String: Anchored] = [:]
    private var nodes = 0
    private var aliasNodes = 0
    /// Where the part of the file begins that is being parsed.
    private var base = SourceText.Place(byte: 0, codePoint: 0)

    /// A node that an alias may name, with what the alias then stands for.
    private struct Anchored {
        let node: Node
        let count: Int
        let height: Int
    }

    /// A composed node with its size and height, aliases expanded.
    private struct Composed {
        let node: Node
        var count = 1
        var height = 1
    }

    /// What ends a document before its end.
    private enum Stop: Error {
        /// libyaml cannot go on: reading resumes at the next document.
        case syntax(byte: Int)
        /// A limit: nothing more of the file is read.
        case limit
    }

    init(source: SourceText, limits: Limits) {
        self.source = source
        self.limits = limits
    }

    /// Reads all documents, going on behind syntax errors.
    mutating func composeAll() {
        while true {
            var documentStart = base.byte - 1
            do throws(Stop) {
                try composeStream(&documentStart)
                return
            } catch {
                guard case .syntax(let byte) = error, problems.count <= limits.problems,
                    let next = source.documentMarker(fromLineOfByte: byte, after: max(documentStart, base.byte))
                else { return }
                base = next
            }
        }
    }

    private mutating func composeStream(_ documentStart: inout Int) throws(Stop) {
        var events = EventReader(source.bytes[base.byte...])
        while true {
            let event = try next(&events)
            switch event.payload {
            case .streamEnd: return
            case .documentStart:
                documentStart = source.byte(ofCodePoint: base.codePoint + event.start)
                anchors = [:]
                let composed = try node(try next(&events), from: &events, depth: 1)
                documents.append(composed.node)
            default: break
            }
        }
    }

    private mutating func next(_ events: inout EventReader) throws(Stop) -> EventReader.Event {
        do throws(EventReader.Failure) {
            return try events.next()
        } catch {
            let index = base.codePoint + error.index
            var message = error.message
            if let context = error.context {
                let place = mark(context.index)
                message += " \(context.message)" + (context.index == error.index ? "" : ", which began at \(place)")
            }
            problems.append(
                Problem(.syntax, at: source.mark(atCodePoint: index), message, hint: Self.hint(error.message)))
            throw .syntax(byte: source.byte(ofCodePoint: index))
        }
    }

    private static func hint(_ message: String) -> String {
        if message.contains("cannot start any token") {
            return "quote the value if it begins with a special character, and indent with spaces, not tabs"
        }
        if message.contains("mapping values are not allowed") {
            return "quote a value that contains `: `, or put the key on a line of its own"
        }
        if message.contains("expected <document start>") {
            return "indent this like the lines before it, or begin a new document with `---`"
        }
        return "check the indentation, the brackets and the quotes from there on"
    }

    private func mark(_ index: Int) -> Mark { source.mark(atCodePoint: base.codePoint + index) }

    private mutating func node(
        _ event: EventReader.Event, from events: inout EventReader, depth: Int
    ) throws(Stop) -> Composed {
        let mark = mark(event.start)
        nodes += 1
        guard nodes <= limits.nodes else {
            throw stop(.size, mark, "the file has more than \(limits.nodes) values", "split it into several files")
        }
        guard depth <= limits.depth else { throw tooDeep(mark) }
        switch event.payload {
        case .alias(let name):
            return try alias(name, at: mark, depth: depth)
        case .scalar(let text, let style, let isPlain, let anchor, let tag):
            check(tag: tag, allowed: "tag:yaml.org,2002:str", at: mark)
            let composed = Composed(node: scalarNode(event, mark, text, style, isPlain))
            remember(anchor, composed)
            return composed
        case .sequenceStart(let anchor, let tag):
            check(tag: tag, allowed: "tag:yaml.org,2002:seq", at: mark)
            let composed = try sequence(at: mark, from: &events, depth: depth)
            remember(anchor, composed)
            return composed
        case .mappingStart(let anchor, let tag):
            check(tag: tag, allowed: "tag:yaml.org,2002:map", at: mark)
            let composed = try mapping(at: mark, from: &events, depth: depth)
            remember(anchor, composed)
            return composed
        default:
            return Composed(node: nullNode(event, mark))
        }
    }

    private mutating func sequence(
        at mark: Mark, from events: inout EventReader, depth: Int
    ) throws(Stop) -> Composed {
        var items: [Node] = []
        var count = 1
        var height = 0
        while true {
            let event = try next(&events)
            if case .sequenceEnd = event.payload { break }
            let item = try node(event, from: &events, depth: depth + 1)
            items.append(item.node)
            count += item.count
            height = max(height, item.height)
        }
        return Composed(node: Node(content: .sequence(items), mark: mark), count: count, height: height + 1)
    }

    private mutating func mapping(
        at mark: Mark, from events: inout EventReader, depth: Int
    ) throws(Stop) -> Composed {
        var entries: [Node.Entry] = []
        var seen: [String: Mark] = [:]
        var count = 1
        var height = 0
        while true {
            let event = try next(&events)
            if case .mappingEnd = event.payload { break }
            let key = try node(event, from: &events, depth: depth + 1)
            let value = try node(try next(&events), from: &events, depth: depth + 1)
            count += key.count + value.count
            height = max(height, key.height, value.height)
            guard let name = accepted(key.node, seen: &seen) else { continue }
            entries.append(Node.Entry(key: name, value: value.node))
        }
        return Composed(node: Node(content: .mapping(entries), mark: mark), count: count, height: height + 1)
    }

    /// The key, unless it is one that a mapping may not have.
    private mutating func accepted(_ key: Node, seen: inout [String: Mark]) -> Scalar? {
        guard let scalar = key.scalar else {
            problems.append(
                Problem(
                    .key, at: key.mark, "a key must be a single word or string", hint: "quote it if it has brackets"))
            return nil
        }
        if scalar.isPlain, scalar.text == "<<" {
            problems.append(
                Problem(
                    .mergeKey, at: key.mark, "merge keys (`<<`) are not supported",
                    hint: "write the keys out, or use an alias for a whole value"))
            return nil
        }
        guard let first = seen[scalar.text] else {
            seen[scalar.text] = key.mark
            return scalar.standing(at: key.mark)
        }
        problems.append(
            Problem(
                .duplicateKey, at: key.mark, "key '\(excerpt(scalar.text))' is already there at \(first)",
                hint: "remove one of the two; neither would silently win"))
        return nil
    }

    private mutating func alias(_ name: String, at mark: Mark, depth: Int) throws(Stop) -> Composed {
        guard let anchored = anchors[name] else {
            problems.append(
                Problem(
                    .aliasUnknown, at: mark, "alias *\(excerpt(name)) names nothing in this document",
                    hint: "define it before its use with &\(excerpt(name)), or quote a value that begins with *"))
            return Composed(node: Node(content: .sequence([]), mark: mark))
        }
        aliasNodes += anchored.count
        guard aliasNodes <= limits.aliasNodes else {
            throw stop(
                .aliasExpansion, mark, "aliases stand for more than \(limits.aliasNodes) values",
                "write the values out, or split the file")
        }
        guard depth - 1 + anchored.height <= limits.depth else { throw tooDeep(mark) }
        return Composed(
            node: Node(content: anchored.node.content, mark: mark), count: anchored.count, height: anchored.height)
    }

    private mutating func remember(_ anchor: String?, _ composed: Composed) {
        guard let anchor else { return }
        anchors[anchor] = Anchored(node: composed.node, count: composed.count, height: composed.height)
    }

    private mutating func check(tag: String?, allowed: String, at mark: Mark) {
        guard let tag, tag != allowed, tag != "!" else { return }
        problems.append(
            Problem(
                .tag, at: mark, "tag '\(excerpt(tag))' is not supported",
                hint: "remove it: every key knows what it takes"))
    }

    private mutating func tooDeep(_ mark: Mark) -> Stop {
        stop(.depth, mark, "nesting is deeper than \(limits.depth)", "flatten the document; nothing here nests so deep")
    }

    private mutating func stop(_ code: Problem.Code, _ mark: Mark, _ message: String, _ hint: String) -> Stop {
        problems.append(Problem(code, at: mark, message, hint: hint))
        return .limit
    }

    private func scalarNode(
        _ event: EventReader.Event, _ mark: Mark, _ text: String, _ style: Scalar.Style, _ isPlain: Bool
    ) -> Node {
        let origin = Scalar.Origin(
            source: source, start: base.codePoint + event.start, end: base.codePoint + event.end)
        let scalar = Scalar(text: text, style: style, mark: mark, isPlain: isPlain, origin: origin)
        return Node(content: .scalar(scalar), mark: mark)
    }

    private func nullNode(_ event: EventReader.Event, _ mark: Mark) -> Node {
        scalarNode(event, mark, "", .plain, true)
    }

    private func excerpt(_ text: String) -> String {
        text.unicodeScalars.count <= 60 ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(60))) + "…"
    }
}
