public import Records

/// The records of a test by their ids.
///
/// A test may have as many expectations as records, and each expectation asks for one of them.
public struct TestRecordIndex: Sendable {
    private var byId: [String: [TestRecord]] = [:]

    /// Of several records that state one, as several lines of an export may, the first stands for all.
    public init(_ test: PolicyTest) {
        struct Name: Hashable {
            let source: String
            let kind: Kind
            let id: String
        }
        var seen: Set<Name> = []
        for record in test.records
        where seen.insert(Name(source: record.source, kind: record.kind, id: record.id)).inserted {
            byId[record.id, default: []].append(record)
        }
    }

    /// The ids, in no order.
    var ids: some Collection<String> { byId.keys }

    /// The records of this id, in the order of the document.
    func records(withId id: String) -> [TestRecord] { byId[id] ?? [] }

    /// The records of which an expectation can speak: those of its id, and of its kind and source where it names them.
    public func records(of expectation: TestExpectation) -> [TestRecord] {
        records(withId: expectation.id).filter { record in
            expectation.kind ?? record.kind.name == record.kind.name
                && expectation.source ?? record.source == record.source
        }
    }

    /// The record of this source, kind and id.
    public func record(source: String, kind: Kind, id: String) -> TestRecord? {
        records(withId: id).first { $0.source == source && $0.kind == kind }
    }
}
