import Chronology
import Connectors
import Foundation
import Records
import TestSupport

/// An export that lives as long as a test.
final class TemporaryExport {
    private let scratch: Scratch

    init(_ files: [String: String]) throws {
        scratch = try Scratch()
        for (name, text) in files { try scratch.write(name, text) }
    }

    var directory: String { scratch.path }

    func write(_ name: String, _ bytes: [UInt8]) throws { try scratch.write(name, bytes) }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: scratch.path(name)) }

    func bytes(_ name: String) throws -> [UInt8] { Array(try scratch.bytes(name)) }

    func read(keys: [String] = ["owner", "product", "tenant"], threads: Int = 2) throws -> Inventory {
        // 2026-11-20T00:00:00Z
        let rules = TimeRules(asOf: Moment(seconds: 1_795_132_800))
        var builder = InventoryBuilder(metadataKeys: keys, rules: rules)
        let layout = RecordBatch.Layout(source: "export", metadataKeys: keys, rules: rules)
        try ExportConnector(directory: directory, layout: layout, threads: threads).read(into: &builder)
        return builder.seal()
    }
}

extension Inventory {
    /// Every record in one line, in an order of its own, to compare what was read.
    var lines: [String] { (0..<count).map(line).sorted() }

    private func line(_ row: Int) -> String {
        var parts = ["\(kinds[row].name) \(id(row))"]
        if containers[row] == Inventory.unknownContainer { parts.append("in ?") }
        if containers[row] < Inventory.unknownContainer { parts.append("in \(id(Int(containers[row])))") }
        parts.append("created \(text(created(row)))")
        if let activity = ownActivity(row) { parts.append("active \(text(activity))") }
        if let modified = modified(row) { parts.append("modified \(text(modified))") }
        if let expires = expires(row) { parts.append("expires \(text(expires))") }
        if let role = roles[row].name { parts.append(role) }
        if let status = strings.string(statuses[row]) { parts.append(status) }
        if let bytes = bytes(row) { parts.append("\(bytes) B") }
        if let tokens = tokens(row) { parts.append("\(tokens) tokens") }
        for (key, name) in metadataKeys.enumerated() {
            let code = metadataColumn(key)[row]
            if code == StringTable.undecided { parts.append("\(name)=?") }
            if let value = strings.string(code) { parts.append("\(name)=\(value)") }
        }
        let leaving = edges.leaving(row).map { edge in
            "\(edges.relation[edge]) \(kinds[Int(edges.to[edge])].name) \(id(Int(edges.to[edge])))"
        }
        return (parts + leaving.sorted()).joined(separator: ", ")
    }

    private func text(_ interval: Interval) -> String {
        interval.isPoint ? text(interval.earliest) : "\(text(interval.earliest))...\(text(interval.latest))"
    }

    private func text(_ moment: Moment) -> String {
        if moment == rules.asOf { return "now" }
        if moment == .beginning { return "-" }
        if moment == .unbounded { return "+" }
        let (seconds, rest) = moment.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return rest == 0 ? "\(seconds)" : "\(seconds)+\(rest)us"
    }

    /// The problems as `file:line code`.
    var places: [String] {
        problems.sorted.map { problem in
            "\(problem.place.map { "\($0.file):\($0.line) " } ?? "")\(problem.code.rawValue)"
        }
    }

    var complete: [Kind] { coverage[0].completeKinds.kinds }
}
