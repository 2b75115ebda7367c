import Policies
import TestSupport
import Testing

/// Whoever can write to the repository can write anything into its lock.
@Suite struct LockFuzzTests {
    /// Signed by ann and bob, whose private keys are gone.
    private static let signed = """
        {
          "schemaVersion": "1",
          "serial": 1,
          "threshold": 2,
          "keys": [
            {
              "name": "ann",
              "publicKey": "xndKII8LJ12+BsC+NQYXGX2dW/Y2PlkHvWcpepO56o8="
            },
            {
              "name": "bob",
              "publicKey": "WSTeJKY6bHaftD3ai3qkobia+/WOFW0wUMLs6C9y38c="
            }
          ],
          "policies": [
            {
              "name": "minimum",
              "atLeast": "P5Y",
              "atMost": "P7Y",
              "overdueAfter": "P30D",
              "basis": "statutory",
              "mode": "enforce",
              "severity": "high",
              "default": false,
              "timeZone": "UTC",
              "rest": "e8a7ac659ec48d46baac7ab9174f17e5cada83b7bcc71bab79d2666170dce2b5",
              "exceptions": []
            }
          ],
          "signatures": [
            {
              "key": "ann",
              "signature": "3PmOfvinHMGGvcowbcUyAbBrRvjhdwioOfzYvEiC5hzfbXFmy0ioC0xmeLffIVwKIO/MRMBUQ8RANx0XKo98Dg=="
            },
            {
              "key": "bob",
              "signature": "Mc4/98F6GBozZxVGlLwoVthY5ydNgFIPEtFQBQjEmuUg1xfBJVcA73EtrL6brmuoZRUnC68l49IWxpJNCB6yDg=="
            }
          ]
        }

        """

    private static let fragments = [
        "\"serial\": 2,", "\"threshold\": 1,", "\"ann\"", "\"bob\"", "null", "true", "[]", "{}", "[", "]", "{", "}",
        ",", ":",
        "\"", "\\u0000", "1e9", "99999999999999999999", "-1", "\"P9999Y\"", "\"P1M\"", "&a ", "*a", "\n---\n", "# ",
        "!!str ",
        "\"exceptions\": [{\"name\": \"x\", \"digest\": \"y\"}]", "=", "/", "A", "\"rest\": \"\"", "\u{FEFF}", "\t",
    ]

    @Test func `no bytes trap, and none but what was signed is believed`() throws {
        let original = try PolicyLock(Array(Self.signed.utf8), path: "policies.lock")
        try original.verify()
        let digest = try original.digest()
        var read = 0
        let run = try Fuzzing("Lock fuzz", rounds: 1_500, share: 0.1) { (seed) throws in
            var random = SplitMix64(seed: seed)
            let bytes = random.mutation(of: [Self.signed], with: Self.fragments, places: 1...3)
            let lock: PolicyLock
            do throws(LockError) {
                lock = try PolicyLock(bytes, path: "policies.lock")
            } catch {
                #expect(error.message.hasPrefix("policies.lock:") && !error.hint.isEmpty, "seed \(seed): \(error)")
                return
            }
            read += 1
            #expect(try PolicyLock(Array(lock.text.utf8), path: "policies.lock") == lock, "seed \(seed)")
            guard (try? lock.verify()) != nil else { return }
            #expect(try lock.digest() == digest, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(read > run.inputs / 50)
        #expect(run.isWithinLimits, "seed \(run.slowestSeed): \(run.slowest)")
    }
}
