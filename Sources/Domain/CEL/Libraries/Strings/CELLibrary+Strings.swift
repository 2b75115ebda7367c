extension CELLibrary {
    /// What can be done with strings: find, cut, join, replace, format. Places count code points, from 0.
    public static let strings = CELLibrary(
        name: "strings",
        functions: (finding + cutting + changing + joining + [formatting]).map { function in
            function.estimated { StringCosts.cost(of: function.name, $0) }
        })

    private static let finding: [CELFunction] = [
        .reading("charAt", [.string, .int], returns: .string) { arguments, meter throws(CELError) in
            let text = try arguments.string(0)
            try meter.look(bytes: text.utf8.count)
            let start = try CodePoints.index(try arguments.int(1), in: text)
            return .string(text.unicodeScalars[start...].first.map { String($0) } ?? "")
        },
        .reading("indexOf", [.string, .string], returns: .int) { arguments, meter throws(CELError) in
            let (text, part) = (try arguments.string(0), try arguments.string(1))
            try meter.search(for: part, in: text)
            return .int(Int64(CodePoints.first(part, in: text, from: text.startIndex)))
        },
        .reading("indexOf", [.string, .string, .int], returns: .int) { arguments, meter throws(CELError) in
            let (text, part) = (try arguments.string(0), try arguments.string(1))
            try meter.search(for: part, in: text)
            let start = try CodePoints.index(try arguments.int(2), in: text)
            return .int(Int64(CodePoints.first(part, in: text, from: start)))
        },
        .reading("lastIndexOf", [.string, .string], returns: .int) { arguments, meter throws(CELError) in
            let (text, part) = (try arguments.string(0), try arguments.string(1))
            try meter.search(for: part, in: text)
            return .int(Int64(CodePoints.last(part, in: text, upTo: text.endIndex)))
        },
        .reading("lastIndexOf", [.string, .string, .int], returns: .int) { arguments, meter throws(CELError) in
            let (text, part) = (try arguments.string(0), try arguments.string(1))
            try meter.search(for: part, in: text)
            let end = try CodePoints.index(try arguments.int(2), in: text)
            return .int(Int64(CodePoints.last(part, in: text, upTo: end)))
        },
    ]

    private static let cutting: [CELFunction] = [
        .reading("substring", [.string, .int], returns: .string) { arguments, meter throws(CELError) in
            let text = try arguments.string(0)
            try meter.make(bytes: text.utf8.count)
            return .string(String(text.unicodeScalars[try CodePoints.index(try arguments.int(1), in: text)...]))
        },
        .reading("substring", [.string, .int, .int], returns: .string) { arguments, meter throws(CELError) in
            let text = try arguments.string(0)
            try meter.make(bytes: text.utf8.count)
            let (first, second) = (try arguments.int(1), try arguments.int(2))
            let start = try CodePoints.index(first, in: text)
            let end = try CodePoints.index(second, in: text)
            guard start <= end else {
                throw CELError(.invalidArgument, "a substring from \(first) to \(second) ends before it begins")
            }
            return .string(String(text.unicodeScalars[start..<end]))
        },
        .reading("trim", [.string], returns: .string) { arguments, meter throws(CELError) in
            let text = try arguments.string(0)
            try meter.make(bytes: text.utf8.count)
            return .string(CodePoints.trimmed(text))
        },
        .reading("split", [.string, .string], returns: .list(.string)) { arguments, meter throws(CELError) in
            try Pieces.split(try arguments.string(0), at: try arguments.string(1), limit: -1, &meter)
        },
        .reading("split", [.string, .string, .int], returns: .list(.string)) { arguments, meter throws(CELError) in
            try Pieces.split(try arguments.string(0), at: try arguments.string(1), limit: try arguments.int(2), &meter)
        },
    ]

    private static let changing: [CELFunction] = [
        .reading("lowerAscii", [.string], returns: .string) { arguments, meter throws(CELError) in
            let text = try arguments.string(0)
            try meter.make(bytes: text.utf8.count)
            return .string(CodePoints.mapped(text) { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
        },
        .reading("upperAscii", [.string], returns: .string) { arguments, meter throws(CELError) in
            let text = try arguments.string(0)
            try meter.make(bytes: text.utf8.count)
            return .string(CodePoints.mapped(text) { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 })
        },
        .reading("reverse", [.string], returns: .string) { arguments, meter throws(CELError) in
            let text = try arguments.string(0)
            try meter.make(bytes: text.utf8.count)
            return .string(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
        },
        .reading("replace", [.string, .string, .string], returns: .string) { arguments, meter throws(CELError) in
            try Pieces.replace(
                try arguments.string(1), by: try arguments.string(2), in: try arguments.string(0), limit: -1, &meter)
        },
        .reading("replace", [.string, .string, .string, .int], returns: .string) { arguments, meter throws(CELError) in
            try Pieces.replace(
                try arguments.string(1), by: try arguments.string(2), in: try arguments.string(0),
                limit: try arguments.int(3), &meter)
        },
    ]

    private static let joining: [CELFunction] = [
        .reading("join", [.list(.string)], returns: .string) { arguments, meter throws(CELError) in
            try Pieces.join(try arguments.list(0), by: "", &meter)
        },
        .reading("join", [.list(.string), .string], returns: .string) { arguments, meter throws(CELError) in
            try Pieces.join(try arguments.list(0), by: try arguments.string(1), &meter)
        },
        .reading("strings.quote", [.string], returns: .string, isMember: false) { arguments, meter throws(CELError) in
            let text = try arguments.string(0)
            try meter.make(bytes: 2 * text.utf8.count + 2)
            return .string(CodePoints.quoted(text))
        },
    ]

    private static let formatting = CELFunction.reading("format", [.string, .list(.dyn)], returns: .string) {
        arguments, meter throws(CELError) in
        var formatter = Formatter(try arguments.list(1), meter)
        defer { meter = formatter.meter }
        return .string(try formatter.format(try arguments.string(0)))
    }
}
