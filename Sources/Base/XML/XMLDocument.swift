internal import CLibXML

/// A parsed document, whole in memory. It owns libxml2's tree.
@safe struct XMLDocument: ~Copyable {
    let tree: xmlDocPtr

    /// Parses without network; entities stay as they are.
    init(_ text: [UInt8]) throws(XMLError) {
        guard let count = Int32(exactly: text.count) else { throw XMLError(message: "more than 2 GB of XML") }
        guard let context = unsafe xmlNewParserCtxt() else { throw XMLError(message: "no memory to parse XML") }
        defer { unsafe xmlFreeParserCtxt(context) }
        let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
        let tree = unsafe text.withUnsafeBytes { bytes in
            unsafe xmlCtxtReadMemory(
                context, bytes.assumingMemoryBound(to: CChar.self).baseAddress, count, nil, nil, options)
        }
        guard let tree = unsafe tree else {
            throw unsafe XMLError(xmlCtxtGetLastError(context), or: "not well-formed XML")
        }
        unsafe self.tree = unsafe tree
    }

    deinit {
        unsafe xmlFreeDoc(tree)
    }
}
