internal import Chronology
internal import Disposition
internal import Evaluation
internal import Records

extension ErasureReport {
    /// The report as JSON: every record that was found, with the path that led to it.
    public var json: [UInt8] {
        JSONWriter.document(Self.schemaVersion, toolVersion: toolVersion) { json in
            json.member("request", request.name)
            json.member("regulation", request.regulation.rawValue)
            json.member("person", token)
            json.member("received", request.received.description)
            due("confirm", dates.confirm, &json)
            due("answer", deadline, &json)
            json.object("plan", .inline) { json in
                json.member("file", path)
                json.member("sha256", plan.digest)
                json.member("expires", plan.binding.expires.description)
            }
            json.objects("goes", decision.going) { json, row in found(row, &json) }
            json.objects("kept", decision.kept) { json, kept in
                found(kept.row, &json)
                json.objects("grounds", kept.grounds, layout: .inline) { json, ground in
                    json.member("ground", ground.ground.rawValue)
                    json.member("article", ground.ground.article(of: request.regulation))
                    json.member("document", ground.document)
                    json.member("until", ground.until)
                }
            }
            json.objects("review", decision.review) { json, looked in
                found(looked.row, &json)
                json.member("reason", looked.reason.name)
            }
            json.member("reviewList", list)
            json.member("reviewSettled", isSettled)
            json.objects("irreversibleDerivatives", decision.irreversible) { json, row in named(row, &json) }
            json.objects("notReadToTheEnd", decision.unread) { json, unread in
                json.member("source", unread.source)
                json.member("kind", unread.kind)
                json.member("extent", unread.extent)
            }
            json.objects("ownerless", decision.discovery.ownerless) { json, ownerless in
                json.member("source", ownerless.source)
                json.member("kind", ownerless.kind)
                json.member("records", ownerless.records)
            }
            json.objects("unsearchable", request.unsearchable.sorted { $0.key < $1.key }) { json, form in
                json.member("form", form.key)
                json.member("identities", form.value)
            }
            json.objects("notLookedInto", BlindSpot.allCases) { json, spot in
                json.member("what", spot.rawValue)
                json.member("sentence", spot.sentence(decision.discovery.comparison))
            }
            json.member("closedGates", gates.map(\.description))
        }
    }

    private func due(_ name: String, _ due: DueDates.Due?, _ json: inout JSONWriter) {
        guard let due else { return json.member(name, nil as String?) }
        json.object(name, .inline) { json in
            json.member("by", due.day.description)
            json.member("rule", due.rule)
        }
    }

    private func found(_ row: Int, _ json: inout JSONWriter) {
        named(row, &json)
        json.objects("path", decision.discovery.path(to: row), layout: .inline) { json, step in
            named(step.row, &json)
            switch step.way {
            case .named(let field, let form):
                json.member("names", self.field(field))
                json.member("form", form.rawValue)
            case .through(let link, _): json.member("link", link.rawValue)
            }
        }
    }

    private func named(_ row: Int, _ json: inout JSONWriter) {
        json.member("source", source(row))
        json.member("kind", inventory.kinds[row].name)
        json.member("id", inventory.id(row))
    }

    private func field(_ field: FoundRecord.Field) -> String {
        switch field {
        case .subject: "subject"
        case .owner: "owner"
        case .id: "id"
        case .metadata(let index): "metadata.\(inventory.metadataKeys[index])"
        }
    }
}
