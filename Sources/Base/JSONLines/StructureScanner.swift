/// Finds the records of a file whose documents span lines, by brackets and strings alone.
///
/// Every element of an array that is a document of its own is a record, and every element of an envelope's `data`.
/// What is left of an envelope follows as a record with an empty `data`. The records themselves are judged by the
/// parser; this judges only what stands between them. Together they accept what a parser of the whole would accept,
/// in the memory of one record.
struct StructureScanner {
    private enum Place {
        /// Between documents.
        case top
        /// In an array: before its first element, before another one, behind one.
        case arrayStart, arrayNext, arrayAfter
        /// In a record that brackets or quotes close, or in one that is a bare word.
        case record, word
        /// In a document that is an object, and may turn out to be an envelope.
        case object
    }

    private enum Key { case expected, reading(matched: Int), isData, colon, other }

    private var place = Place.top
    private var depth = 0
    private var inString = false
    private var escaped = false
    /// The line that was reached, from 0.
    private(set) var line = 0
    private var defectLine = -1

    private var recordStart = 0
    private var recordLine = 0
    private var isTooLong = false
    private var isDocument = false

    private var key = Key.other
    private var inEnvelope = false
    /// The object so far, without what was cut out of it.
    private var envelope: [UInt8] = []
    private var envelopeLine = 0
    private var isEnvelopeTooLong = false

    private let maximumRecordBytes: Int
    private let maximumDefects = 4096

    init(maximumRecordBytes: Int) { self.maximumRecordBytes = maximumRecordBytes }

    /// Reads on, and returns how far it came: less than everything where the window was full.
    @unsafe
    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, into window: inout Window, capacity: Int) -> Int {
        var index = 0
        while index < bytes.count {
            switch place {
            case .top, .arrayStart, .arrayNext, .arrayAfter:
                guard window.buffer.count < capacity, window.defects.count < maximumDefects else { return index }
                if unsafe between(bytes[index], &window) { index += 1 }
            case .record: index = unsafe record(bytes, index, &window)
            case .word: index = unsafe word(bytes, index, &window)
            case .object: index = unsafe object(bytes, index, &window)
            }
        }
        return index
    }

    /// The end of the file: whatever is open is cut off.
    mutating func finish(into window: inout Window) {
        switch place {
        case .top: break
        case .word where isDocument: close(&window)
        case .record, .word:
            window.buffer.count = recordStart
            window.defects.append((recordLine, .structure))
        case .object: window.defects.append((envelopeLine, .structure))
        case .arrayStart, .arrayNext, .arrayAfter: window.defects.append((line, .structure))
        }
    }

    private mutating func report(_ window: inout Window) {
        guard defectLine != line else { return }
        defectLine = line
        window.defects.append((line, .structure))
    }
}

// Between records.
extension StructureScanner {
    /// Takes one byte; false leaves it to the record that it begins.
    private mutating func between(_ byte: UInt8, _ window: inout Window) -> Bool {
        if isBlank(byte) {
            if byte == newline { line += 1 }
            return true
        }
        switch (byte, place) {
        case (UInt8(ascii: ","), .arrayAfter): place = .arrayNext
        case (UInt8(ascii: "]"), .arrayStart), (UInt8(ascii: "]"), .arrayAfter): closeArray()
        case (UInt8(ascii: "]"), .arrayNext):
            report(&window)
            closeArray()
        case (UInt8(ascii: "["), .top): place = .arrayStart
        case (UInt8(ascii: "{"), .top):
            openObject()
            return false
        case (UInt8(ascii: ","), _), (UInt8(ascii: "]"), _), (UInt8(ascii: "}"), _), (UInt8(ascii: ":"), _):
            report(&window)
        default:
            if place == .arrayAfter { report(&window) }
            open(byte, window)
            return false
        }
        return true
    }

    private mutating func closeArray() {
        guard inEnvelope else {
            place = .top
            return
        }
        inEnvelope = false
        envelope.append(UInt8(ascii: "]"))
        place = .object
        key = .other
        depth = 1
    }
}

// In a record.
extension StructureScanner {
    private mutating func open(_ byte: UInt8, _ window: Window) {
        recordStart = window.buffer.count
        recordLine = line
        isTooLong = false
        isDocument = place == .top
        depth = 0
        inString = false
        escaped = false
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""): place = .record
        default: place = .word
        }
    }

    @unsafe
    private mutating func record(
        _ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ window: inout Window
    ) -> Int {
        var index = from
        while index < bytes.count {
            let byte = unsafe bytes[index]
            index += 1
            if inString {
                if escaped {
                    escaped = false
                } else if byte == UInt8(ascii: "\\") {
                    escaped = true
                } else if byte == UInt8(ascii: "\"") {
                    inString = false
                    if depth == 0 { break }
                }
                if byte == newline { line += 1 }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): inString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case newline: line += 1
            default: break
            }
            if depth == 0, !inString { break }
        }
        let isClosed = depth == 0 && !inString
        unsafe keep(UnsafeBufferPointer(rebasing: bytes[from..<index]), &window)
        if isClosed { close(&window) }
        return index
    }

    @unsafe
    private mutating func word(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ window: inout Window) -> Int {
        var index = from
        while index < bytes.count, unsafe !endsWord(bytes[index]) { index += 1 }
        unsafe keep(UnsafeBufferPointer(rebasing: bytes[from..<index]), &window)
        if index < bytes.count { close(&window) }
        return index
    }

    private func endsWord(_ byte: UInt8) -> Bool {
        isBlank(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]")
    }

    @unsafe
    private mutating func keep(_ bytes: UnsafeBufferPointer<UInt8>, _ window: inout Window) {
        if window.buffer.count - recordStart + bytes.count > maximumRecordBytes {
            isTooLong = true
            window.buffer.count = recordStart
        }
        if !isTooLong { unsafe window.buffer.append(bytes) }
    }

    private mutating func close(_ window: inout Window) {
        place = isDocument ? .top : .arrayAfter
        if isTooLong {
            window.defects.append((recordLine, .tooLong))
        } else {
            window.cuts?.append(.init(start: recordStart, count: window.buffer.count - recordStart, line: recordLine))
        }
    }
}

// In a document that is an object.
extension StructureScanner {
    private mutating func openObject() {
        place = .object
        envelope.removeAll(keepingCapacity: true)
        envelopeLine = line
        isEnvelopeTooLong = false
        depth = 0
        inString = false
        escaped = false
        key = .other
    }

    @unsafe
    private mutating func object(
        _ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ window: inout Window
    ) -> Int {
        var index = from
        var isData = false
        while index < bytes.count, !isData {
            let byte = unsafe bytes[index]
            index += 1
            if byte == newline { line += 1 }
            if inString {
                stringByte(byte)
            } else {
                isData = bareByte(byte)
                if depth == 0 { break }
            }
        }
        if envelope.count + index - from > maximumRecordBytes { isEnvelopeTooLong = true }
        if !isEnvelopeTooLong { unsafe envelope.append(contentsOf: bytes[from..<index]) }
        if isData {
            place = .arrayStart
            inEnvelope = true
        } else if depth == 0, !inString {
            closeObject(&window)
        }
        return index
    }

    private mutating func stringByte(_ byte: UInt8) {
        if escaped {
            escaped = false
        } else if byte == UInt8(ascii: "\\") {
            escaped = true
            key = .other
        } else if byte == UInt8(ascii: "\"") {
            inString = false
            if case .reading(let matched) = key { key = matched == 4 ? .isData : .other }
        } else if case .reading(let matched) = key {
            key = matched < 4 && byte == Self.data[matched] ? .reading(matched: matched + 1) : .other
        }
    }

    private static let data: [UInt8] = Array("data".utf8)

    /// Takes a byte outside strings. True where it opens the array of an envelope's `data`.
    private mutating func bareByte(_ byte: UInt8) -> Bool {
        if isBlank(byte) { return false }
        var following = Key.other
        switch byte {
        case UInt8(ascii: "\""):
            inString = true
            if depth == 1, case .expected = key { following = .reading(matched: 0) }
        case UInt8(ascii: ":"):
            if case .isData = key { following = .colon }
        case UInt8(ascii: "["):
            if depth == 1, case .colon = key { return true }
            depth += 1
        case UInt8(ascii: "{"):
            depth += 1
            if depth == 1 { following = .expected }
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: ","):
            if depth == 1 { following = .expected }
        default: break
        }
        key = following
        return false
    }

    private mutating func closeObject(_ window: inout Window) {
        place = .top
        guard !isEnvelopeTooLong else {
            window.defects.append((envelopeLine, .tooLong))
            return
        }
        let start = window.buffer.count
        unsafe envelope.withUnsafeBufferPointer { unsafe window.buffer.append($0) }
        window.cuts?.append(.init(start: start, count: envelope.count, line: envelopeLine))
    }
}
