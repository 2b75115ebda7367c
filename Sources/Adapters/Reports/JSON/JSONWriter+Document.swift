extension JSONWriter {
    /// A whole document: the version of its form, the program that made it, and its own members behind them.
    public static func document(
        _ schemaVersion: String, toolVersion: String, _ members: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject(.lines)
        writer.origin(schemaVersion, toolVersion: toolVersion)
        members(&writer)
        writer.endObject()
        writer.finish()
        return writer.bytes
    }

    /// What every document begins with.
    mutating func origin(_ schemaVersion: String, toolVersion: String) {
        member("schemaVersion", schemaVersion)
        object("tool", .inline) { tool in
            tool.member("name", "tenure")
            tool.member("version", toolVersion)
        }
    }
}
