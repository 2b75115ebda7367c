/// One document that is in memory already, such as the answer of a server.
public enum JSONDocument {
    /// Parses and validates all of it, and calls back with its root or with what is wrong.
    public static func read<Result>(_ bytes: consuming [UInt8], _ body: (JSONRecord) throws -> Result) rethrows
        -> Result
    {
        var parser = JSONParser()
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
