import Chronology
import Records

/// The records of an inventory as lines of JSON, for tools that are measured beside Tenure.
///
/// Times are seconds; a container and a file that is used are given as the numbers of their lines, so that no tool has
/// to look ids up.
struct RecordLines {
    let inventory: Inventory

    func print() {
        var used = [UInt32: UInt32]()
        let edges = inventory.edges
        for edge in 0..<edges.count where edges.relation[edge] == .uses { used[edges.from[edge]] = edges.to[edge] }
        for row in 0..<inventory.count { Swift.print(line(row, uses: used[UInt32(row)])) }
    }

    private func line(_ row: Int, uses used: UInt32?) -> String {
        var fields = ["\"n\":\(row)", text("id", inventory.id(row)), text("kind", inventory.kinds[row].name)]
        fields.append("\"created\":\(seconds(inventory.created(row)) ?? 0)")
        for (key, name) in inventory.metadataKeys.enumerated() {
            let value = inventory.strings.string(inventory.metadataCode(key, row))
            if let value { fields.append(text(name, value)) }
        }
        if let status = inventory.strings.string(inventory.statuses[row]) { fields.append(text("status", status)) }
        if let bytes = inventory.bytes(row) { fields.append("\"bytes\":\(bytes)") }
        if let expires = inventory.expires(row).flatMap(seconds) { fields.append("\"expires\":\(expires)") }
        let container = inventory.containers[row]
        if container < Inventory.unknownContainer { fields.append("\"container\":\(container)") }
        if let used { fields.append("\"uses\":\(used)") }
        return "{" + fields.joined(separator: ",") + "}"
    }

    /// No text of the benchmark's estate needs an escape.
    private func text(_ name: String, _ value: String) -> String { "\"\(name)\":\"\(value)\"" }

    private func seconds(_ time: Interval) -> Int64? { time.isPoint ? time.earliest.microseconds / 1_000_000 : nil }
}
