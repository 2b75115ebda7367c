internal import Policies

/// Places in files as SARIF names them: by URI references that are relative to the working directory.
struct SARIFPlaces {
    /// The directory to which references are relative, or nil where nobody knows.
    let workingDirectory: String?

    /// Writes `physicalLocation`. Line 0 stands for the file as a whole.
    func write(_ location: SourceLocation, to writer: inout JSONWriter) {
        writer.object("physicalLocation", .inline) { writer in
            writer.object("artifactLocation", .inline) { $0.member("uri", uri(location.file)) }
            guard location.line > 0 else { return }
            writer.object("region", .inline) { region in
                region.member("startLine", location.line)
                region.member("startColumn", max(location.column, 1))
            }
        }
    }

    /// `policies/a%20b.yaml`. A path outside of the working directory stays absolute, as a file URI.
    func uri(_ path: String) -> String {
        var parts = path.split(separator: "/").filter { $0 != "." }
        guard path.hasPrefix("/") else { return Self.encoded(parts) }
        if let workingDirectory {
            let above = workingDirectory.split(separator: "/")
            if !above.isEmpty, parts.starts(with: above), parts.count > above.count {
                parts.removeFirst(above.count)
                return Self.encoded(parts)
            }
        }
        return "file:///" + Self.encoded(parts)
    }

    /// - Source: RFC 3986, section 3.3; a colon is encoded too, for it must not look like a scheme.
    private static func encoded(_ parts: [Substring]) -> String {
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "/")) }
            for byte in part.utf8 {
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "~"):
                    bytes.append(byte)
                default:
                    bytes.append(UInt8(ascii: "%"))
                    bytes += Array(String(byte >> 4, radix: 16, uppercase: true).utf8)
                    bytes += Array(String(byte & 15, radix: 16, uppercase: true).utf8)
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
