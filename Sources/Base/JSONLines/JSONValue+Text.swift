extension JSONValue {
    /// Writes the value as compact JSON.
    ///
    /// The value is as deep as the parser allows, so the recursion is bounded.
    public func appendJSON(to output: inout [UInt8]) {
        switch kind {
        case .null: output += "null".utf8
        case .bool: output += (bool == true ? "true" : "false").utf8
        case .number: appendNumber(to: &output)
        case .string: text.map { $0.appendJSON(to: &output) }
        case .array:
            output.append(UInt8(ascii: "["))
            var isFirst = true
            for element in elements {
                if !isFirst { output.append(UInt8(ascii: ",")) }
                isFirst = false
                element.appendJSON(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object:
            output.append(UInt8(ascii: "{"))
            var isFirst = true
            for (key, value) in members {
                if !isFirst { output.append(UInt8(ascii: ",")) }
                isFirst = false
                key.appendJSON(to: &output)
                output.append(UInt8(ascii: ":"))
                value.appendJSON(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    private func appendNumber(to output: inout [UInt8]) {
        switch number {
        case .integer(let value)?: output += String(value).utf8
        case .unsigned(let value)?: output += String(value).utf8
        case .double(let value)?: output += String(value).utf8
        case nil: break
        }
    }
}

extension JSONText {
    fileprivate func appendJSON(to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for index in 0..<count {
            let byte = unsafe start[index]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): output += "\\n".utf8
            case UInt8(ascii: "\r"): output += "\\r".utf8
            case UInt8(ascii: "\t"): output += "\\t".utf8
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                output += "\\u00".utf8
                output += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
