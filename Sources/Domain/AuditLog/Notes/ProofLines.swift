internal import Crypto

let proofMalformed = AuditError(
    .malformed, "", "this is no proof", hint: "`tenure audit prove` and `tenure audit consistency` write them")

/// A proof never has more hashes than a tree has levels.
private let mostHashes = 63

/// The lines before the first blank one, and what follows it.
func proofLines(_ bytes: [UInt8]) throws(AuditError) -> (lines: ArraySlice<String>, checkpoint: [UInt8]) {
    guard bytes.count <= 2 * SignedNote.largest else { throw proofMalformed }
    let parts = bytes.split(separator: 0x0A, maxSplits: mostHashes + 4, omittingEmptySubsequences: false)
    // A blank line has a line feed behind it; the end of the file has none.
    guard let blank = parts.firstIndex(where: \.isEmpty), parts[blank].startIndex < bytes.endIndex else {
        throw proofMalformed
    }
    var lines: [String] = []
    for part in parts[..<blank] {
        guard let line = String(validating: part, as: UTF8.self) else { throw proofMalformed }
        lines.append(line)
    }
    return (lines[...], Array(bytes[(parts[blank].startIndex + 1)...]))
}

/// The hashes, one a line.
func proofHashes(_ lines: ArraySlice<String>) throws(AuditError) -> [Digest] {
    guard lines.count <= mostHashes else { throw proofMalformed }
    var hashes: [Digest] = []
    for line in lines {
        guard let bytes = Base64.decode(line), let hash = Digest(bytes: bytes) else { throw proofMalformed }
        hashes.append(hash)
    }
    return hashes
}

/// The hashes as lines.
func proofText(_ hashes: [Digest]) -> String {
    hashes.map { Base64.encode($0.bytes) + "\n" }.joined()
}
