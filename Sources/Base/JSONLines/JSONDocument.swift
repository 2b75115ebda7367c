/// Documents that are in memory already, such as the answers of a server, one after another.
///
/// What the parser needs is kept from one to the next: up to 14 bytes for each of the largest, or of the first 4 MiB.
/// For one thread at a time.
public final class JSONDocuments {
    private var parser = JSONParser()

    /// Nothing read as yet.
    public init() {}

    /// Parses and validates all of a document, and calls back with its root or with what is wrong.
    public func read<Result>(
        _ bytes: consuming [UInt8], _ body: (JSONRecord) throws -> Result
    ) rethrows -> Result {
        let count = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: JSONParser.padding))
        return try unsafe bytes.withUnsafeBufferPointer { bytes in
            try unsafe parser.parse(UnsafeBufferPointer(rebasing: bytes[..<count])) {
                try body(.value($0))
            } failed: {
                try body(.defect($0))
            }
        }
    }
}

/// One document that is in memory already.
public enum JSONDocument {
    /// Parses and validates all of it, and calls back with its root or with what is wrong.
    public static func read<Result>(_ bytes: consuming [UInt8], _ body: (JSONRecord) throws -> Result) rethrows
        -> Result
    {
        try JSONDocuments().read(bytes, body)
    }
}
