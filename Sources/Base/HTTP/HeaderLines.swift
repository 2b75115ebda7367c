/// The headers of an answer as they came: most are never asked for.
struct HeaderLines: Sendable {
    /// `name:value` in one line each, the names in small letters, no blanks around the values.
    private var bytes: [UInt8] = []

    private static let newline = UInt8(ascii: "\n")
    private static let colon = UInt8(ascii: ":")

    init() {}

    init(_ headers: [HTTPHeader]) {
        for header in headers {
            let line = Array("\(header.name):\(header.value)".utf8)
            unsafe line.withUnsafeBytes { unsafe append($0) }
        }
    }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Takes in a line; one without a colon says nothing.
    @unsafe
    mutating func append(_ line: UnsafeRawBufferPointer) {
        guard let colon = unsafe line.firstIndex(of: Self.colon) else { return }
        if bytes.isEmpty { bytes.reserveCapacity(512) }
        let start = bytes.count
        unsafe bytes.append(contentsOf: line[..<colon])
        for place in start..<bytes.count where (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[place]) {
            bytes[place] |= 0x20
        }
        bytes.append(Self.colon)
        var value = unsafe line[(colon + 1)...]
        while let first = unsafe value.first, first <= 0x20 { unsafe value = value.dropFirst() }
        while let last = unsafe value.last, last <= 0x20 { unsafe value = value.dropLast() }
        let end = bytes.count
        unsafe bytes.append(contentsOf: value)
        for place in end..<bytes.count where bytes[place] == Self.newline { bytes[place] = UInt8(ascii: " ") }
        bytes.append(Self.newline)
    }

    /// All of them, in their order.
    var all: [HTTPHeader] {
        bytes.split(separator: Self.newline).map { line in
            let colon = line.firstIndex(of: Self.colon) ?? line.endIndex
            return HTTPHeader(
                String(decoding: line[..<colon], as: UTF8.self),
                String(decoding: line[colon...].dropFirst(), as: UTF8.self))
        }
    }

    /// The first value of a header, its name in small letters.
    subscript(name: String) -> String? {
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: Self.newline) ?? bytes.endIndex
            let line = bytes[start..<end]
            if line.starts(with: name.utf8), line.dropFirst(name.utf8.count).first == Self.colon {
                return String(decoding: line.dropFirst(name.utf8.count + 1), as: UTF8.self)
            }
            start = end + 1
        }
        return nil
    }
}
