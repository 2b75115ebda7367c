/// Definitions that several schemas share.
enum SchemaParts {
    /// Members of `$defs`.
    static let common = """
        "tool": {
              "type": "object",
              "additionalProperties": false,
              "required": ["name", "version"],
              "properties": {"name": {"const": "tenure"}, "version": {"type": "string"}}
            },
            "count": {"type": "integer", "minimum": 0},
            "amount": {
              "description": "How much a set of records comes to.",
              "type": "object",
              "additionalProperties": false,
              "required": ["records", "bytes", "unsized", "oldest"],
              "properties": {
                "records": {"$ref": "#/$defs/count"},
                "bytes": {"$ref": "#/$defs/count", "description": "As far as sizes are known."},
                "unsized": {"$ref": "#/$defs/count", "description": "Records of which the size is not known."},
                "oldest": {"type": ["string", "null"], "description": "When the oldest of them was created."}
              }
            },
            "incomplete": {
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["source", "message"],
                "properties": {"source": {"type": ["string", "null"]}, "message": {"type": "string"}}
              }
            }
        """

    static func list(_ words: [String]) -> String {
        "[" + words.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }
}
