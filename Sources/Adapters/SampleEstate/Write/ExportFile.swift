internal import Files

/// One file of the export: bytes are gathered here and handed on in large pieces.
///
/// Writing does not throw, so that the loops stay plain: the first failure is kept, and what follows is dropped.
final class ExportFile {
    private static let capacity = 512 << 10

    let name: String
    /// How many bytes the file has so far.
    private(set) var size = 0
    /// How many lines were ended.
    private(set) var lines = 0
    private(set) var failure: FileError?

    private let buffer: UnsafeMutableRawBufferPointer
    private var used = 0
    private var file: OutputFile?

    init(directory: String, name: String) throws(FileError) {
        self.name = name
        file = try OutputFile(path: Files.path(directory, name))
        buffer = .allocate(byteCount: ExportFile.capacity, alignment: 16)
    }

    deinit { buffer.deallocate() }

    @inline(__always)
    func put(_ text: StaticString) {
        copy(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    func put(_ text: String) {
        var text = text
        text.withUTF8 { copy(UnsafeRawBufferPointer($0)) }
    }

    @inline(__always)
    func put(_ prefix: StaticString, _ token: Token) {
        put(prefix)
        withUnsafeBytes(of: token.words) { copy($0) }
    }

    /// The digits of a number.
    func put(_ number: Int64) {
        guard number >= 0 else {
            put("-")
            return put(magnitude: number.magnitude)
        }
        put(magnitude: number.magnitude)
    }

    /// A number, zeroes before it up to three digits.
    func put(threeDigits number: Int) {
        if number < 100 { put("0") }
        if number < 10 { put("0") }
        put(Int64(number))
    }

    @inline(__always)
    func put(_ corpus: Corpus, _ slice: Corpus.Slice) {
        corpus.bytes.withUnsafeBytes { copy(UnsafeRawBufferPointer(rebasing: $0[slice])) }
    }

    func endLine() {
        put("\n")
        lines += 1
    }

    /// Writes what is left and closes the file.
    func close() throws(FileError) {
        flush()
        if let failure { throw failure }
        if let open = file.take() { try open.close() }
    }

    private func put(magnitude: UInt64) {
        var rest = magnitude
        var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
        withUnsafeMutableBytes(of: &digits) { digits in
            var place = digits.count
            repeat {
                place -= 1
                digits[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            copy(UnsafeRawBufferPointer(rebasing: digits[place...]))
        }
    }

    @inline(__always)
    private func copy(_ bytes: UnsafeRawBufferPointer) {
        if bytes.count > ExportFile.capacity - used { return copySlowly(bytes) }
        UnsafeMutableRawBufferPointer(rebasing: buffer[used...]).copyMemory(from: bytes)
        used += bytes.count
    }

    private func copySlowly(_ bytes: UnsafeRawBufferPointer) {
        flush()
        guard bytes.count > ExportFile.capacity else { return copy(bytes) }
        write(bytes)
    }

    private func flush() {
        write(UnsafeRawBufferPointer(rebasing: buffer[..<used]))
        used = 0
    }

    private func write(_ bytes: UnsafeRawBufferPointer) {
        size += bytes.count
        guard failure == nil else { return }
        do throws(FileError) {
            try file?.write(bytes)
        } catch {
            failure = error
        }
    }
}
