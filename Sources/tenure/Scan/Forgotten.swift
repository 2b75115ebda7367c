internal import AuditLog
internal import Disposition
internal import Records

/// Those whose data was erased, and how to recognise them.
struct Forgotten {
    private let list: SuppressionList
    private let key: PseudonymKey

    /// - Parameters:
    ///   - path: the list; nil where nobody looks.
    ///   - key: the key of pseudonyms of which its tokens are.
    init?(list path: String?, key: String?) throws(Failure) {
        guard let path else {
            guard key == nil else { throw .usage("scan: --pseudonym-key is for --suppression FILE") }
            return nil
        }
        guard let key else { throw .usage("scan: --suppression needs --pseudonym-key FILE: the list has keyed hashes") }
        do throws(SuppressionError) {
            list = try SuppressionList(path: path, mustExist: true)
        } catch {
            throw .usage("scan: \(error)")
        }
        self.key = try KeyFile.pseudonyms(key, for: "scan")
    }

    /// The metadata keys that must be read to find them.
    var metadataKeys: [String] { list.metadataKeys }

    /// The rows of what came back.
    func rows(in inventory: Inventory) throws(Failure) -> [Int] {
        do throws(SuppressionError) {
            return try list.rows(in: inventory, key: key)
        } catch {
            throw .incomplete("scan: \(error)")
        }
    }
}
