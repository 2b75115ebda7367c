internal import CLibXML

/// An XML Schema, to check whole documents against.
///
/// libxml2 parses schema and documents without network and without expanding entities. The compiled schema belongs to
/// this value and is used by one thread at a time.
@safe public struct XMLSchema: ~Copyable {
    private let schema: xmlSchemaPtr
    /// The compiled schema points into it, so it goes last.
    private let source: XMLDocument

    /// Reads the schema in the text of an `.xsd` file.
    public init(_ text: [UInt8]) throws(XMLError) {
        let problems = Problems()
        let document = try XMLDocument(text)
        guard let context = unsafe xmlSchemaNewDocParserCtxt(document.tree) else {
            throw XMLError(message: "no memory for an XML schema")
        }
        defer { unsafe xmlSchemaFreeParserCtxt(context) }
        let compiled = unsafe problems.collecting { handler, pointer in
            unsafe xmlSchemaSetParserStructuredErrors(context, handler, pointer)
            return unsafe xmlSchemaParse(context)
        }
        guard let schema = unsafe compiled else {
            throw problems.first ?? XMLError(message: "not an XML schema")
        }
        unsafe self.schema = unsafe schema
        source = document
    }

    deinit {
        unsafe xmlSchemaFree(schema)
    }

    /// Everything that is wrong with a document, in its order; empty where it is valid.
    ///
    /// - Throws: `XMLError` where the text is not well-formed XML.
    public borrowing func problems(in text: [UInt8]) throws(XMLError) -> [XMLError] {
        let problems = Problems()
        let document = try XMLDocument(text)
        guard let context = unsafe xmlSchemaNewValidCtxt(schema) else {
            throw XMLError(message: "no memory to validate XML")
        }
        defer { unsafe xmlSchemaFreeValidCtxt(context) }
        let result = unsafe problems.collecting { handler, pointer in
            unsafe xmlSchemaSetValidStructuredErrors(context, handler, pointer)
            return unsafe xmlSchemaValidateDoc(context, document.tree)
        }
        if result != 0 && problems.all.isEmpty { return [XMLError(message: "not valid (\(result))")] }
        return problems.all
    }
}
