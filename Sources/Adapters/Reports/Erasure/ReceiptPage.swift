internal import Chronology
internal import Disposition
internal import Records
internal import Terminal

extension ReceiptReport {
    /// The receipt as a page: one file, no script, nothing that is loaded from elsewhere.
    public var page: String {
        let receipt = receipt
        let body =
            [
                "<h1>Receipt of erasure</h1>", facts, headline, section("What was deleted", deleted),
                section("What is not deleted yet", notYet), section("What the law keeps", kept),
                section("What a person looks at", looked), section("What was not looked into", unseen), proof,
            ].joined(separator: "\n")
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>Receipt of erasure \(escaped(receipt.request.name))</title>
            <style>
            body { font: 11pt/1.5 serif; max-width: 46em; margin: 2em auto; padding: 0 1em; }
            h1 { font-size: 1.6em; } h2 { font-size: 1.15em; margin-top: 1.6em; }
            table { border-collapse: collapse; width: 100%; font-size: .9em; }
            th, td { text-align: left; vertical-align: top; padding: .2em .6em .2em 0; border-bottom: 1px solid #bbb; }
            code { font-size: .85em; overflow-wrap: anywhere; }
            @media print { body { margin: 0; } tr { break-inside: avoid; } }
            </style>
            </head>
            <body>
            \(body)
            </body>
            </html>

            """
    }

    private var facts: String {
        table(
            nil,
            [
                ["Request", escaped(receipt.request.name)],
                ["You are called", "<code>\(escaped(receipt.token))</code>"],
                ["Law", escaped(receipt.request.regulation.rawValue)],
                ["Received", receipt.request.received.description],
                ["To be answered by", "\(receipt.deadline.day): \(escaped(receipt.deadline.rule))"],
                ["Made", receipt.made.rfc3339],
                ["You are known by", escaped(asked.map { "\($0.count) × \($0.form)" }.joined(separator: ", "))],
            ])
    }

    private var headline: String {
        let found = "\(receipt.found) records were found to be yours: \(receipt.gone) are gone"
        let rest = "\(receipt.open.count) are not deleted yet, \(receipt.kept.count) are kept by law"
        return "<p><strong>\(found), \(rest).</strong></p>"
    }

    private var deleted: String {
        let rows = receipt.dispositions.filter { $0.outcome?.isGone ?? false }.map { disposition in
            [
                name(disposition.source, disposition.name) + along(disposition) + searched(disposition),
                escaped(disposition.at ?? ""), disposition.latestRemoval?.description ?? "its provider states none",
                disposition.evidence.map { String($0.index) } ?? "",
            ]
        }
        guard !rows.isEmpty else { return "" }
        return table(["Record", "Gone, and read back", "Removed from its provider's disks by", "Log entry"], rows)
            + "<p>\(escaped(LatestRemoval.caveat))</p>"
    }

    private func along(_ disposition: ErasureReceipt.Disposition) -> String {
        guard !disposition.along.isEmpty else { return "" }
        return ", with "
            + disposition.along.map { "<code>\(escaped("\($0.kind.name)/\($0.id)"))</code>" }
            .joined(separator: ", ")
    }

    private func searched(_ disposition: ErasureReceipt.Disposition) -> String {
        switch disposition.search {
        case .notFound: "; a search of its store does not find its contents any more"
        case .found: "; a search of its store still finds its contents"
        case .unshown: "; a search of its store could not show whether its contents are gone"
        case nil: ""
        }
    }

    private var notYet: String {
        let rows = receipt.open.map { open in
            [name(open.source, open.name), (open.outcome?.rawValue ?? "not begun") + searched(open)]
        }
        guard !rows.isEmpty else { return "" }
        return table(["Record", "How it stands"], rows) + residual
    }

    private var residual: String {
        let records = receipt.residual.map { name($0.source, $0.name) }
        guard !records.isEmpty else { return "" }
        return
            "<p>Residual: \(records.count) of these records stay behind; of each, \(Residual.because): "
            + "\(records.joined(separator: ", ")).</p>"
    }

    private var kept: String {
        let rows = receipt.kept.map { kept in
            let grounds = kept.grounds.map { ground in
                let article = ground.ground.article(of: receipt.request.regulation)
                return escaped(
                    "\(ground.ground.sentence) (\(article)), \(ground.until.map { "until \($0)" } ?? "without a date yet")"
                )
            }
            return [name(kept.source, kept.name), grounds.joined(separator: "; ")]
        }
        guard !rows.isEmpty else { return "" }
        return table(["Record", "Why"], rows) + "<p>The request stays open for these.</p>"
    }

    private var looked: String {
        receipt.review == 0
            ? ""
            : "<p>\(receipt.review) records are not yours alone, or could not be decided: a person looks at them.</p>"
    }

    private var unseen: String {
        let gaps =
            receipt.isComplete
            ? "" : "<p>Not everything that the sources have could be looked at when the plan was made.</p>"
        let places = receipt.unread.map { "\($0.source): \($0.kind), \(words($0.extent))" }
        return gaps + list(places) + list(BlindSpot.allCases.map { $0.sentence(receipt.comparison) })
    }

    /// How much of a kind was looked at, for people.
    private func words(_ extent: String) -> String {
        switch KindExtent(rawValue: extent) {
        case .known: "of which only the records were looked at whose ids are known"
        case .part: "of which a part was lost"
        case .retired: "which its provider no longer shows"
        case .whole, .none?, nil: "which could not be looked at"
        }
    }

    private func list(_ lines: [String]) -> String {
        lines.isEmpty ? "" : "<ul>" + lines.map { "<li>\(escaped($0))</li>" }.joined() + "</ul>"
    }

    private var proof: String {
        """
        <h2>How to check it</h2>
        <p>Each deletion is an entry of a log that cannot be edited unseen. The JSON form of this receipt has every entry,
        the proof that the log holds it (C2SP tlog-proof), and what the last entry commits to. The log's key is
        <code>\(escaped(receipt.logKey))</code>; the plans are
        <code>\(escaped(receipt.plans.map { "sha256:\($0)" }.joined(separator: ", ")))</code>.</p>
        """
    }

    private func section(_ title: String, _ content: String) -> String {
        content.isEmpty ? "" : "<h2>\(title)</h2>\n\(content)"
    }

    private func table(_ head: [String]?, _ rows: [[String]]) -> String {
        let first = head.map { "<tr>" + $0.map { "<th>\($0)</th>" }.joined() + "</tr>\n" } ?? ""
        let lines = rows.map { "<tr>" + $0.map { "<td>\($0)</td>" }.joined() + "</tr>" }
        return "<table>\n\(first)\(lines.joined(separator: "\n"))\n</table>"
    }

    private func name(_ source: String, _ name: Plan.Name) -> String {
        "<code>\(escaped("\(source)/\(name.kind.name)/\(name.id)"))</code>"
    }

    /// Text that steers neither the page nor a terminal.
    private func escaped(_ text: String) -> String {
        var result = ""
        for character in text.visible {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }
}
