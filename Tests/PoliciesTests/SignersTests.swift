import Crypto
import Policies
import Testing

/// Who may approve: people with one key each, and policies that ask for what these can give.
@Suite struct SignersTests {
    private static let ann = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="
    private static let bob = "YWJjZGVmZ2hpamFiY2RlZmdoaWphYmNkZWZnaGlqYWI="
    private static let people = signers("{name: ann, publicKey: \(ann)}, {name: bob, publicKey: \(bob)}")

    private static func signers(name: String = "people", _ entries: String) -> String {
        document("Signers", name: name, "{keys: [\(entries)]}")
    }

    @Test func `people are loaded with their keys, in Base64 or in PEM as openssl prints them`() {
        let pem = """
            apiVersion: tenure/v1
            kind: Signers
            metadata: {name: more}
            spec:
              keys:
                - name: zoe
                  publicKey: |
                    -----BEGIN PUBLIC KEY-----
                    MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
                    -----END PUBLIC KEY-----

            """
        let loaded = load(noHolds, policy(), Self.people, pem)
        #expect(loaded.places == [])
        #expect(loaded.policies?.signers.map(\.name) == ["ann", "bob", "zoe"])
        #expect(loaded.policies?.signers[0].key.text == Self.ann)
        #expect(loaded.policies?.signers[2].key.text == "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=")
        #expect(loaded.policies?.digest != load(noHolds, policy(), Self.people).policies?.digest)
    }

    @Test(arguments: [
        (signers("{name: ann, publicKey: AAAA}"), ["4:38 invalid-key"]),
        (signers("{name: ann}"), ["4:15 missing-key"]),
        (signers(""), ["4:14 empty-list"]),
        (signers("{name: ann, publicKey: \(ann)}, {name: ann, publicKey: \(bob)}"), ["4:92 duplicate-signer"]),
        (signers("{name: ann, publicKey: \(ann)}, {name: ANN, publicKey: \(bob)}"), ["4:92 duplicate-signer"]),
        (signers("{name: ann, publicKey: \(ann)}, {name: bob, publicKey: \(ann)}"), ["4:108 duplicate-signer"]),
        (
            people + signers(name: "more", "{name: ann, publicKey: \(bob)}"),
            ["9:22 duplicate-signer", "9:38 duplicate-signer"]
        ),
    ])
    func `a person has one key, and a key one person (case 67)`(text: String, expected: [String]) {
        #expect(load(noHolds, policy(), text).errors == expected)
    }

    @Test(arguments: [
        ("{count: 2, from: [ann, bob]}", []), ("{count: 2}", []),
        ("{count: 3}", ["9:22 approvals-impossible"]),
        ("{count: 3, from: [ann, bob]}", ["9:22 approvals-impossible"]),
        ("{count: 1, from: [ann, ann]}", ["9:37 duplicate-key"]),
        ("{count: 1, from: [ann, bbo]}", ["9:37 unknown-signer"]),
    ])
    func `a policy asks for approvals that the signers can give`(demand: String, expected: [String]) {
        let text = policy("whenDue: delete\n  approvals: \(demand)")
        #expect(load(noHolds, text, Self.people).errors == expected)
    }

    @Test func `without signers nobody can approve, which is an error before anything is planned`() {
        let text = policy("whenDue: delete\n  approvals: {count: 1}")
        #expect(load(noHolds, text).errors == ["9:22 approvals-impossible"])
        let demand = load(noHolds, text, Self.people).policies?.retention.first?.approvals
        #expect(demand == RetentionPolicy.Approvals(count: 1, from: []))
    }
}
