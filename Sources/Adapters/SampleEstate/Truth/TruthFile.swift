internal import Chronology
internal import Files
internal import Records

/// `truth.json`: what the generator itself knows of the estate. Written as a stream, its keys in canonical order.
///
/// A record is listed if a report names it, if two threads share it, or if it is dirty. The others are counted.
final class TruthFile {
    /// Where a piece of dirt lies.
    struct Dirt {
        let number: Int
        let what: String
        let file: String
        let line: Int
    }

    private static let mostHolds = 8

    private let file: ExportFile
    private var isFirst = true
    /// Files that several threads use, and these threads: what a test may hold (case 19).
    private var holds: [(file: String, threads: [String])] = []

    init(directory: String, plan: EstatePlan) throws(FileError) {
        file = try ExportFile(directory: directory, name: "truth.json")
        file.put(#"{"asOf":"\#(plan.asOf.rfc3339)","hardCases":\#(plan.hardCases),"overduePercent":"#)
        file.put(TruthFile.number(plan.overduePercent))
        file.put(#","records":["#)
    }

    var failure: FileError? { file.failure }

    /// Lists the record if there is something to say of it.
    func list(_ kind: Kind, id: () -> String, _ pairs: [(rule: Rule, state: State)], isShared: Bool = false) {
        guard isShared || pairs.contains(where: { $0.state.isNotable }) else { return }
        put(kind, id: id(), pairs.filter { $0.state.isNotable }, isShared: isShared, dirt: [])
    }

    /// Lists a dirty record, or a dirty line that holds none.
    func list(
        _ kind: Kind, id: String?, _ pairs: [(rule: Rule, state: State)], isShared: Bool = false, dirt: [Dirt]
    ) {
        put(kind, id: id, pairs, isShared: isShared, dirt: dirt)
    }

    /// Remembers the first few files that several threads use.
    func suggestHold(file: @autoclosure () -> String, threads: @autoclosure () -> [String]) {
        if holds.count < TruthFile.mostHolds { holds.append((file(), threads())) }
    }

    func close(_ plan: EstatePlan, _ tally: Tally, _ summary: EstateSummary) throws(FileError) {
        file.put("\n],\"seed\":\(plan.seed),\"suggestedHolds\":[")
        for (place, hold) in holds.enumerated() {
            let threads = hold.threads.map { "\"\($0)\"" }.joined(separator: ",")
            file.put((place == 0 ? "" : ",") + #"{"file":"\#(hold.file)","threads":[\#(threads)]}"#)
        }
        file.put(#"],"summary":{"bytes":\#(summary.bytes),"overdue":\#(TruthFile.object(tally.overdue)),"#)
        file.put(#""records":\#(TruthFile.object(summary.records)),"states":{"#)
        let rules = Rule.allCases.sorted { $0.policy < $1.policy }
        for (place, rule) in rules.enumerated() {
            let counts = State.allCases.map { ($0.name, tally.states[rule.rawValue][$0.rawValue]) }
            file.put((place == 0 ? "" : ",") + "\"\(rule.policy)\":" + TruthFile.object(counts.filter { $0.1 > 0 }))
        }
        file.put(#"}},"threads":\#(plan.threads)}"#)
        file.endLine()
        try file.close()
    }

    private func put(
        _ kind: Kind, id: String?, _ pairs: [(rule: Rule, state: State)], isShared: Bool, dirt: [Dirt]
    ) {
        file.put(isFirst ? "\n{" : ",\n{")
        isFirst = false
        if !dirt.isEmpty {
            let places = dirt.map {
                #"{"case":\#($0.number),"file":"\#($0.file)","line":\#($0.line),"what":"\#($0.what)"}"#
            }
            file.put(#""dirt":[\#(places.joined(separator: ","))],"#)
        }
        if let id { file.put(#""id":"\#(id)","#) }
        file.put(#""kind":"\#(kind.name)""#)
        if isShared { file.put(#","shared":true"#) }
        let states = pairs.map { ($0.rule.policy, $0.state.name) }.sorted { $0.0 < $1.0 }
        file.put(#","states":{"# + states.map { #""\#($0.0)":"\#($0.1)""# }.joined(separator: ",") + "}}")
    }

    private static func object(_ counts: [Kind: Int]) -> String {
        object(counts.map { ($0.key.name, $0.value) })
    }

    private static func object(_ counts: [(String, Int)]) -> String {
        "{" + counts.sorted { $0.0 < $1.0 }.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    /// A number as canonical JSON has it: whole where it is whole.
    private static func number(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String(value)
    }
}
