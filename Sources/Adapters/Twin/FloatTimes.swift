internal import JSONLines

/// Writes every time of a document with a fraction, as some servers do.
enum FloatTimes {
    static func `in`(_ json: [UInt8]) -> [UInt8] {
        JSONDocument.read(json) { record in
            guard case .value(let value) = record else { return json }
            var output: [UInt8] = []
            append(value, to: &output)
            return output
        }
    }

    private static func append(_ value: JSONValue, to output: inout [UInt8]) {
        var isFirst = true
        func separate(_ output: inout [UInt8]) {
            if !isFirst { output.append(UInt8(ascii: ",")) }
            isFirst = false
        }
        switch value.kind {
        case .object:
            output.append(UInt8(ascii: "{"))
            for (key, member) in value.members {
                separate(&output)
                let name = key.string
                JSONWriting.append(name, to: &output)
                output.append(UInt8(ascii: ":"))
                append(member, to: &output)
                if member.integer != nil, name == "created" || name.hasSuffix("_at") { output += ".0".utf8 }
            }
            output.append(UInt8(ascii: "}"))
        case .array:
            output.append(UInt8(ascii: "["))
            for element in value.elements {
                separate(&output)
                append(element, to: &output)
            }
            output.append(UInt8(ascii: "]"))
        default: value.appendJSON(to: &output)
        }
    }
}
