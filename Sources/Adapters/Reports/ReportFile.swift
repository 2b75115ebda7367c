internal import Files

/// Where the bytes of a report go, piece by piece.
typealias ReportSink = ([UInt8]) throws(ReportError) -> Void

/// Writes a file that appears when `compose` is done, and not when it throws.
func writeFile(_ path: String, _ compose: (_ sink: ReportSink) throws(ReportError) -> Void) throws(ReportError) {
    var file = try open(path)
    try compose { bytes throws(ReportError) in
        do throws(FileError) { try file.write(bytes) } catch { throw .file(error) }
    }
    do throws(FileError) { try file.commit() } catch { throw .file(error) }
}

private func open(_ path: String) throws(ReportError) -> AtomicFile {
    do throws(FileError) { return try AtomicFile(path: path) } catch { throw .file(error) }
}
