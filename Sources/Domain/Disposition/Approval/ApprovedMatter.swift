/// What is approved: a plan, or a list of what people decided about records.
///
/// A signature over one is none over the other, whatever their digests are.
public enum ApprovedMatter: String, Sendable, Hashable, CaseIterable {
    case plan
    case review

    /// The text that is signed: `tenure plan approval v1`, and `sha256:` with the digest, each with a line feed.
    public func message(digest: String) -> [UInt8] {
        Array("tenure \(rawValue) approval v1\nsha256:\(digest)\n".utf8)
    }
}
