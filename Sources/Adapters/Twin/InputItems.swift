/// What a response was given, as an estate has it: a text, or a list of items.
///
/// Those that come without an id get one of the response's: a list needs something that its next page begins behind.
struct InputItems {
    let items: [JSON]

    init(_ input: JSON, of response: String) {
        let given: [JSON] =
            if input.text != nil {
                [["type": "message", "role": "user", "content": [["type": "input_text", "text": input]]]]
            } else {
                input.elements
            }
        items = given.enumerated().map { place, item in
            guard item["id"] == nil else { return item }
            return .object([.init(name: "id", value: .string("\(response)_\(place)"))] + item.members)
        }
    }

    /// As they stand on the shelf.
    func stocked(below response: String) -> [StockedObject] {
        items.map { StockedObject(id: $0["id"]?.text ?? "", parent: response, created: 0, json: $0.bytes) }
    }
}
