import Testing
import TextForms

@Suite struct ComposingTests {
    @Test func `letters and their accents are composed, so that what looks the same has the same bytes (case 47)`() {
        let apart = "Zoe\u{308}"
        #expect(Array(apart.utf8) != Array("Zo\u{EB}".utf8))
        #expect(apart.composed.map { Array($0.utf8) } == Array("Zo\u{EB}".utf8))
        #expect("".composed == "")
        #expect(String(repeating: "e\u{301}", count: 50_000).composed?.utf8.count == 100_000)
        // The one that grows: three letters for one.
        let grows = String(repeating: "\u{FB2C}", count: 1_000)
        #expect(grows.composed?.unicodeScalars.count == 3_000)
    }

    @Test(arguments: [
        ("Example.ORG", "example.org"), ("m\u{FC}ller.example", "xn--mller-kva.example"),
        ("mu\u{308}ller.example", "xn--mller-kva.example"), ("xn--mller-kva.example", "xn--mller-kva.example"),
        ("stra\u{DF}e.example", "xn--strae-oqa.example"),
    ])
    func `a host is spelt as the DNS has it (case 47)`(host: String, ascii: String) {
        #expect(host.asciiHost == ascii)
    }

    @Test(arguments: ["", "a..b", "-a.example", "xn--\u{FC}.example", String(repeating: "a", count: 64) + ".example"])
    func `what no host can be called is none`(host: String) { #expect(host.asciiHost == nil) }
}
