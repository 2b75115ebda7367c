extension JSONWriter {
    /// Writes a member that is a string, or null.
    public mutating func member(_ name: String, _ value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }

    /// Writes a member that is a whole number, or null.
    public mutating func member(_ name: String, _ value: Int?) {
        key(name)
        if let value { integer(value) } else { null() }
    }

    /// Writes a member that is true or false.
    public mutating func member(_ name: String, _ value: Bool) {
        key(name)
        boolean(value)
    }

    /// Writes a member that is a list of strings, on one line.
    public mutating func member(_ name: String, _ values: [String]) {
        key(name)
        beginArray()
        for value in values { string(value) }
        endArray()
    }

    /// Writes a member that is an object.
    public mutating func object(_ name: String, _ layout: Layout = .lines, _ members: (inout JSONWriter) -> Void) {
        key(name)
        beginObject(layout)
        members(&self)
        endObject()
    }

    /// Writes a member that is a list of objects, each on one line.
    public mutating func objects<Element>(
        _ name: String, _ elements: some Sequence<Element>, layout: Layout = .lines,
        _ members: (inout JSONWriter, Element) -> Void
    ) {
        key(name)
        beginArray(layout)
        for element in elements {
            beginObject()
            members(&self, element)
            endObject()
        }
        endArray()
    }
}
