internal import Disposition
internal import Records

/// What executions and rehearsals both tell.
extension JSONWriter {
    /// Writes the gates that are closed.
    mutating func gates(_ gates: [Gate]) {
        objects("gates", gates, layout: .inline) { writer, gate in
            writer.member("code", gate.code.rawValue)
            writer.member("message", gate.description)
        }
    }

    /// Writes how many actions came to each outcome, on one line.
    mutating func outcomes(_ counts: [DispositionOutcome: Int]) {
        object("outcomes", .inline) { writer in
            for outcome in DispositionOutcome.allCases { writer.member(outcome.rawValue, counts[outcome] ?? 0) }
        }
    }

    /// Writes what stays behind on services that keep it.
    mutating func residual(_ records: [(source: String, name: Plan.Name)]) {
        object("residual") { writer in
            writer.member("records", records.count)
            writer.objects("named", records, layout: .inline) { writer, record in
                writer.member("source", record.source)
                writer.member("kind", record.name.kind.name)
                writer.member("id", record.name.id)
            }
        }
    }

    /// Writes what became of every action of a plan, in its order.
    ///
    /// - Parameter searches: what searching stores showed, by action; nil for a form that does not say that.
    mutating func actions(of plan: Plan, _ fates: [ExecutionReport.Fate], searches: [Int: StoreSearch]? = nil) {
        objects("actions", fates.indices, layout: .inline) { writer, index in
            let action = plan.actions[index]
            writer.member("number", index + 1)
            writer.member("verb", action.verb.rawValue)
            writer.member("source", action.source)
            writer.member("kind", action.name.kind.name)
            writer.member("id", action.name.id)
            writer.member("outcome", fates[index].outcome?.rawValue)
            writer.member("because", fates[index].because)
            if let searches { writer.member("search", searches[index]?.rawValue) }
        }
    }
}

extension Form {
    /// What stays behind on services that keep it.
    static let residual = object([
        "records": count, "named": list(of: object(["source": text, "kind": kind, "id": text])),
    ]).about("What stays behind: \(Residual.because).")

    /// What a search of a store showed of one record.
    static let search = one(of: StoreSearch.allCases.map(\.rawValue)).orNull
        .about("What searching its store showed; null where nothing was to be searched.")
}
