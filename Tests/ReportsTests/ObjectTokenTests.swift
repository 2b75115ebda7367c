import Testing

@testable import Reports

@Suite struct ObjectTokenTests {
    @Test(arguments: [
        ("file-abc_123", "file-abc_123"), ("vs_1/file_2", "vs_1/file_2"), ("a b\t", "a%20b%09"), ("50%", "50%25"),
        ("\u{0}\u{1}", "%00%01"), ("é😀", "é😀"), ("\u{FFFE}", "%EF%BF%BE"), ("\u{FF01}", "\u{FF01}"), ("", "%"),
    ])
    func `an id is shown as it is, and what viewers would merge or drop as its bytes`(id: String, token: String) throws
    {
        #expect(try ObjectToken.encode(id) == token)
    }

    @Test func `a long id is cut, and its digest keeps it apart from others that begin alike`() throws {
        let long = String(repeating: "é", count: 5_000)
        let tokens = try [long, long + "a", long + "b"].map(ObjectToken.encode)
        #expect(Set(tokens).count == 3)
        #expect(tokens.allSatisfy { $0.utf8.count < 160 && $0.hasPrefix("éé") })
    }

    @Test func `a class is what stands behind the last dot`() {
        #expect(ObjectToken.classname("a.b", "c.d") == "tenure.a.b.c%2Ed")
    }
}
