internal import Chronology
public import Disposition
internal import Records

/// A receipt as JSON, and as a page to print. Neither names anybody, and neither needs anything to be read.
public struct ReceiptReport {
    /// The version of the JSON form.
    public static let schemaVersion = "1"

    let receipt: ErasureReceipt
    let toolVersion: String

    /// A report of a receipt.
    public init(_ receipt: ErasureReceipt, toolVersion: String) {
        (self.receipt, self.toolVersion) = (receipt, toolVersion)
    }

    /// What was asked, in words that name nobody: how many identities of each form.
    var asked: [(form: String, count: Int)] {
        let forms = Dictionary(grouping: receipt.request.identities, by: \.form).mapValues(\.count)
        return forms.sorted { $0.key < $1.key }.map { ($0.key.rawValue, $0.value) }
            + receipt.request.unsearchable.sorted { $0.key < $1.key }.map { ("\($0.key), not looked for", $0.value) }
    }

    /// The receipt as JSON.
    public var json: [UInt8] {
        JSONWriter.document(Self.schemaVersion, toolVersion: toolVersion) { json in
            json.member("request", receipt.request.name)
            json.member("person", receipt.token)
            json.member("regulation", receipt.request.regulation.rawValue)
            json.member("received", receipt.request.received.description)
            json.object("answer", .inline) { json in
                json.member("by", receipt.deadline.day.description)
                json.member("rule", receipt.deadline.rule)
            }
            json.member("made", receipt.made.rfc3339)
            json.objects("asked", asked) { json, form in
                json.member("form", form.form)
                json.member("identities", form.count)
            }
            json.member("plans", receipt.plans)
            json.member("found", receipt.found)
            json.objects("dispositions", receipt.dispositions) { json, disposition in
                json.member("plan", disposition.plan)
                json.member("number", disposition.number)
                json.member("source", disposition.source)
                json.member("kind", disposition.name.kind.name)
                json.member("id", disposition.name.id)
                json.objects("with", disposition.along, layout: .inline) { json, name in
                    json.member("kind", name.kind.name)
                    json.member("id", name.id)
                }
                json.member("outcome", disposition.outcome?.rawValue)
                json.member("search", disposition.search?.rawValue)
                json.member("at", disposition.at)
                json.member("latestRemoval", disposition.latestRemoval?.description)
                evidence("evidence", disposition.evidence, &json)
            }
            json.residual(receipt.residual)
            json.objects("kept", receipt.kept) { json, kept in
                json.member("source", kept.source)
                json.member("kind", kept.name.kind.name)
                json.member("id", kept.name.id)
                json.objects("grounds", kept.grounds, layout: .inline) { json, ground in
                    json.member("ground", ground.ground.rawValue)
                    json.member("article", ground.ground.article(of: receipt.request.regulation))
                    json.member("until", ground.until)
                }
            }
            json.member("lookedAtByAPerson", receipt.review)
            json.member("everythingCouldBeLookedAt", receipt.isComplete)
            json.objects("notReadToTheEnd", receipt.unread) { json, unread in
                json.member("source", unread.source)
                json.member("kind", unread.kind)
                json.member("extent", unread.extent)
            }
            json.objects("notLookedInto", BlindSpot.allCases) { json, spot in
                json.member("what", spot.rawValue)
                json.member("sentence", spot.sentence(receipt.comparison))
            }
            json.member("caveat", LatestRemoval.caveat)
            json.object("proof") { json in
                json.member("logKey", receipt.logKey)
                json.object("opening") { json in
                    json.member("salt", receipt.opening.salt)
                    json.member("detail", receipt.opening.detail)
                }
                evidence("seal", receipt.seal, &json)
            }
        }
    }

    private func evidence(_ name: String, _ evidence: ErasureReceipt.Evidence?, _ json: inout JSONWriter) {
        guard let evidence else { return json.member(name, nil as String?) }
        json.object(name, .inline) { json in
            json.member("index", evidence.index)
            json.member("line", evidence.line)
            json.member("proof", evidence.proof)
        }
    }
}
