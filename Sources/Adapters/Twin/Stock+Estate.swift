internal import Files
internal import JSONLines

extension Stock {
    /// Reads an estate: a directory with one NDJSON file a kind.
    init(estate directory: String) throws(TwinError) {
        guard Files.kind(of: directory) == .directory else {
            throw TwinError("\(directory): no such directory", hint: "make one: tenure estate --out \(directory)")
        }
        var shelves: [String: [StockedObject]] = [:]
        for shelf in Shelf.all {
            guard let file = shelf.file else { continue }
            let path = Files.path(directory, "\(file).ndjson")
            guard Files.kind(of: path) != nil else { continue }
            var defect: (line: Int, text: String)?
            JSONFiles([path], threads: 1).read { window in
                var read: [(Int, Result<StockedLine, StockDefect>)] = []
                window.forEach { line, record in
                    for result in StockedLine.read(record, shelf) { read.append((line, result)) }
                }
                return read
            } consume: { place, read in
                for (line, result) in read {
                    switch result {
                    case .success(let line):
                        shelves[shelf.object, default: []].append(line.object)
                        if !line.given.isEmpty { shelves[Shelf.inputItems.object, default: []] += line.given }
                    case .failure(let what): defect = defect ?? (place.firstLine + line, what.text)
                    }
                }
            }
            if let defect {
                throw TwinError(
                    "\(path):\(defect.line): \(defect.text)", hint: "serve an estate without --hard-cases, or an export"
                )
            }
        }
        self.init(shelves)
    }
}

/// Why a line is no object that can be served.
struct StockDefect: Error {
    let text: String
}

/// What an object of an estate's line puts on the shelves.
private struct StockedLine {
    let object: StockedObject
    /// What a response was given, which the service has on a list of its own.
    var given: [StockedObject] = []

    /// What a line holds: an object, or the objects of a page of a list, as exports have them too.
    static func read(_ record: JSONRecord, _ shelf: Shelf) -> [Result<StockedLine, StockDefect>] {
        guard case .value(let value) = record, value.kind == .object else {
            return [.failure(StockDefect(text: "not an object"))]
        }
        if value["object"]?.text?.string == "list", let data = value["data"], data.kind == .array {
            return data.elements.map { element in
                element.kind == .object
                    ? read(element, shelf) : .failure(StockDefect(text: "an element of the list is not an object"))
            }
        }
        return [read(value, shelf)]
    }

    private static func read(_ value: JSONValue, _ shelf: Shelf) -> Result<StockedLine, StockDefect> {
        var json: [UInt8] = []
        var texts: [String: String] = [:]
        var created: Int64 = 0
        var input = JSON.null
        for (key, member) in value.members {
            let name = key.string
            if let text = member.text, name == "id" || name == shelf.parentKey {
                texts[name] = text.string
            }
            if name == "created_at" || name == "created" { created = member.integer ?? 0 }
            if shelf.hidesParentKey, name == shelf.parentKey { continue }
            if shelf.hidesInput, name == "input" {
                input = JSON(member)
                continue
            }
            json.append(UInt8(ascii: json.isEmpty ? "{" : ","))
            JSONWriting.append(name, to: &json)
            json.append(UInt8(ascii: ":"))
            member.appendJSON(to: &json)
        }
        json.append(UInt8(ascii: "}"))
        guard let id = texts["id"], !id.isEmpty else { return .failure(StockDefect(text: "no id")) }
        var parent = ""
        if let key = shelf.parentKey {
            guard let text = texts[key] else { return .failure(StockDefect(text: "no \(key)")) }
            parent = text
        }
        let object = StockedObject(id: id, parent: parent, created: created, json: json)
        return .success(StockedLine(object: object, given: InputItems(input, of: id).stocked(below: id)))
    }
}
