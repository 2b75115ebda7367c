import Testing
import XML

@Suite struct XMLSchemaTests {
    private static let schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:element name="count" type="xs:int"/>
        </xs:schema>
        """

    private func problems(_ document: String) throws -> [XMLError] {
        let schema = try XMLSchema(Array(Self.schema.utf8))
        return try schema.problems(in: Array(document.utf8))
    }

    @Test func `a valid document has no problems`() throws {
        #expect(try problems("<count>3</count>").isEmpty)
    }

    @Test func `a problem says its line`() throws {
        let found = try problems("<?xml version='1.0'?>\n\n<count>three</count>")
        #expect(found.first?.line == 3)
        #expect(found.first?.message.contains("'three' is not a valid value") == true)
    }

    @Test(arguments: ["<count>3", "", "<count>\u{1}</count>", "<a/><b/>"])
    func `what is not XML is an error`(document: String) throws {
        #expect(throws: XMLError.self) { try problems(document) }
    }

    @Test func `what is no schema is an error with its line`() {
        let wrong = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>\n<xs:nonsense/></xs:schema>"
        let error = #expect(throws: XMLError.self) { _ = try XMLSchema(Array(wrong.utf8)) }
        #expect(error?.line == 2)
    }

    @Test func `entities are not expanded`() throws {
        let bomb = """
            <!DOCTYPE count [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
            <count>&c;</count>
            """
        #expect(try !problems(bomb).isEmpty)
    }
}
