internal import Evaluation
internal import Policies
internal import Records

extension ScanReport {
    /// The JSON Schema of the JSON report.
    public static var schema: String {
        form.about(
            "What one scan found, what it could not look at, and its verdict. Null is what does not apply; of a run without a result, all that it did not find out."
        ).schema("report", version: schemaVersion, title: "Tenure scan report")
    }

    static let form = ReportHeader.form(
        schemaVersion,
        [
            "options": options.orNull.about("What the caller of the scan decided."),
            "sources": .list(of: source).orNull.about("What could be looked at, by source."),
            "summary": summary.orNull,
            "findings": .list(of: finding).orNull.about(
                "By policy's name, then source, kind and id; what no policy says comes last. Null where there is no result."
            ),
            "baseline": baseline.orNull.about(
                "What the baseline is and which of its entries no finding met; null without one."),
            "problems": .list(of: problem).orNull.about(
                "What is wrong with the data itself: at most \(ProblemLog.keptPerCode) of each code in each source."),
            "incomplete": .incomplete.about("Why the scan did not see or decide everything; empty where it did."),
            "warnings": .texts.about("What deserves a look and fails nothing."),
            "absorbed": .list(of: absorbed).orNull.about(
                "Errors in expressions that another part outvoted, as in false && error, by place and code. Each makes a strict run incomplete; null where the run is not strict, for nobody looked."
            ),
            "exitCode": .one(of: [0, 1, 2, 3]).about(
                "0 clean; 1 violations, complete or not; 2 nothing was scanned; 3 incomplete."),
        ])

    private static let options = Form.object([
        "failOn": .severity.about("The least severity at which a violation fails the run."),
        "requireCoverage": .flag.about("Whether a record that no policy limits is a violation."),
        "strict": .flag.about("Whether errors that expressions absorb make the run incomplete."),
        "redact": .flag.about("Whether ids are tokens: r- and sixteen digits."),
    ])

    private static let absorbed = Form.object([
        "document": .text.about("The document's kind and name."),
        "file": .text.about("The document's file."),
        "line": .integer(atLeast: 1),
        "column": .integer(atLeast: 1).about("Where the part begins that failed."),
        "code": .text.about("What went wrong, such as no-such-key."),
        "records": .integer(atLeast: 1).about("For how many records."),
    ]).named("absorbed")

    private static let rereading = Form.object([
        "everything": .flag.about("Whether all was read."),
        "because": .text.orNull.about("Why all was read, where it was not because nothing could be left out."),
        "lastFull": .end.about("The instant of the last scan that read everything."),
        "notReadAgain": .count.about(
            "Threads, conversations and responses of which no deadline has come: they and what is in them count as when they were read."
        ),
        "readsSaved": .count.about("How many reads that saved, at least."),
    ]).named("rereading")

    private static let source = Form.object([
        "name": .text,
        "type": .text.about("What kind of place it is, such as export or openai."),
        "lostOfUnknownKind": .count.about("Lines that were lost and whose kind nobody knows."),
        "rereading": rereading.orNull.about("Of a service that earlier scans are remembered of."),
        "kinds": .list(
            of: .object([
                "kind": .kind,
                "listed": .flag.about("Whether the source has a place for the kind, and all of it was asked for."),
                "complete": .flag.about("Whether it was read to its end, so that absence is evidence."),
                "extent": .one(of: KindExtent.allCases.map(\.rawValue)).about(
                    "How much was looked at: whole; known, which is all that stands behind the ids that are known, and there may be more; part of what is known; retired; none."
                ),
                "listable": .flag.about("Whether the source can list it, so that no ids need be known."),
                "retired": .flag.about("Whether the service no longer has the surface that held it."),
                "retiredSurface": .text.orNull.about("The path that is not there."),
                "records": .count,
                "lost": .count.about("Lines, pages or records that could not be read."),
                "missing": .count.about("How many more the service counts than its lists have."),
                "unreadUses": .count.about("Of how many it is not known what they use."),
                "registryIds": .count.about("Ids that came from the registry."),
                "harvestedIds": .count.about("Further ids that other records named."),
                "rememberedIds": .count.about("Further ids that an earlier run saw, as its ledger has them."),
                "goneIds": .count.about("Of these ids, those that the service no longer has, though it has others."),
                "acceptedUntil": .text.orNull.about(
                    "The last day, as written, on which somebody accepts that it cannot be looked at."),
            ])),
        "acceptedGaps": .list(
            of: .object([
                "kinds": .list(of: .kind),
                "reason": .text,
                "ticket": .text.orNull,
                "until": .text.about("The last day, as written."),
                "inEffect": .flag.about("Whether it is still accepted."),
            ])),
    ]).named("source")

    private static let summary = Form.object([
        "records": .count,
        "violations": .count.about("Violations at or above the severity that fails the run."),
        "baselined": .count.about("Violations that the baseline holds."),
        "mayGo": .count.about("Records that may be deleted now."),
        "states": .states,
        "policies": .list(
            of: .object([
                "policy": .text,
                "kind": .one(of: ["RetentionPolicy", "AccessPolicy"]),
                "severity": .severity,
                "mode": .mode,
                "matched": .count.about("Records that the policy matches."),
                "states": .states,
            ])),
        "problems": .map(code, to: .count).about("How many problems there were of each code."),
    ]).named("summary")

    private static let finding = Form.object([
        "policy": .text.orNull,
        "rule": .text.about("atMost, atLeast or coverage, or the name of an access policy's validation."),
        "severity": .severity,
        "controls": .texts,
        "source": .text,
        "kind": .kind,
        "id": .id,
        "state": .state,
        "clock": .text.orNull.about("What the rule counts from."),
        "clockEarliest": .end.orNull,
        "clockLatest": .end.orNull,
        "keepUntil": .end.orNull.about("Before it the record must exist."),
        "matters": .texts.about("Holds that keep it."),
        "deleteAt": .end.orNull.about("When the rule's limit is reached."),
        "dueAt": .end.orNull.about("From when it should go."),
        "overdueAt": .end.orNull.about("From when it is a violation that it has not."),
        "pastMax": .flag.about("Past its limit, and kept by an obligation."),
        "mayGo": .flag.about("Whether the record may be deleted now."),
        "baselined": .flag.about("Whether the baseline holds it: a violation that fails no run."),
        "exception": .exception.orNull.about("The live exception that covers it."),
        "because": .text.about("The reason, in one line."),
    ]).about(
        "A pair of record and policy, or what stands beside the pairs. Instants of a clock that is not known exactly are late ends."
    ).named("finding")

    private static let baseline = Form.object([
        "asOf": .instant.about("When it was made or updated last."),
        "expiresAt": .instant.orNull,
        "expired": .flag.about("Whether it has ended, and covers nothing."),
        "stale": .list(of: Baseline.entry).about("Entries that no finding met, and how many fewer there were."),
    ]).named("baseline")

    private static let code = Form.one(of: Problem.Code.allCases.map(\.rawValue)).named("code")

    private static let problem = Form.object([
        "code": code,
        "source": .text,
        "file": .text.orNull.about("The file, relative to the export."),
        "line": .integer(atLeast: 1).orNull,
        "kind": .kind.orNull,
        "id": .text.orNull,
        "losesData": .flag.about("Whether it makes the scan incomplete."),
        "message": .text,
    ]).named("problem")
}
