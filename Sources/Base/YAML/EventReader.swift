internal import CYAML

/// libyaml's events, one by one, copied out of C.
///
/// libyaml's parser holds pointers into itself, so it lives in one heap block from initialisation to deletion, and is
/// used by one owner at a time. Events own memory until `yaml_event_delete`.
@safe struct EventReader: ~Copyable {
    /// An event with its span in code points of the input.
    struct Event {
        enum Payload {
            case streamEnd
            case documentStart
            case documentEnd
            case alias(String)
            case scalar(text: String, style: Scalar.Style, isPlain: Bool, anchor: String?, tag: String?)
            case sequenceStart(anchor: String?, tag: String?)
            case sequenceEnd
            case mappingStart(anchor: String?, tag: String?)
            case mappingEnd
            case other
        }

        let payload: Payload
        let start: Int
        let end: Int
    }

    /// Why libyaml stopped, at a code point of the input.
    struct Failure: Error {
        let message: String
        let index: Int
        let context: (message: String, index: Int)?
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let isReady: Bool

    /// - Parameter bytes: text in UTF-8. It is copied.
    init(_ bytes: ArraySlice<UInt8>) {
        unsafe parser = .allocate(capacity: 1)
        unsafe input = .allocate(capacity: max(bytes.count, 1))
        _ = unsafe input.initialize(from: bytes)
        isReady = unsafe yaml_parser_initialize(parser) == 1
        guard isReady else { return }
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    }

    deinit {
        if isReady { unsafe yaml_parser_delete(parser) }
        unsafe parser.deallocate()
        unsafe input.deallocate()
    }

    /// The next event. After `streamEnd` or a failure there is none.
    mutating func next() throws(Failure) -> Event {
        guard isReady else { throw Failure(message: "no memory for a YAML parser", index: 0, context: nil) }
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { unsafe yaml_event_delete(&event) }
        return unsafe Event(
            payload: Self.payload(event), start: Int(clamping: event.start_mark.index),
            end: Int(clamping: event.end_mark.index))
    }

    private func failure() -> Failure {
        let state = unsafe parser.pointee
        let message = unsafe Self.string(state.problem) ?? "out of memory"
        let context = unsafe Self.string(state.context)
        let contextIndex = unsafe Int(clamping: state.context_mark.index)
        return unsafe Failure(
            message: message, index: Int(clamping: state.problem_mark.index),
            context: context.map { ($0, contextIndex) })
    }

    private static func payload(_ event: yaml_event_t) -> Event.Payload {
        switch unsafe event.type {
        case YAML_STREAM_END_EVENT: return .streamEnd
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        case YAML_ALIAS_EVENT:
            return unsafe .alias(string(event.data.alias.anchor) ?? "")
        case YAML_SEQUENCE_START_EVENT:
            let data = unsafe event.data.sequence_start
            return unsafe .sequenceStart(anchor: string(data.anchor), tag: string(data.tag))
        case YAML_MAPPING_START_EVENT:
            let data = unsafe event.data.mapping_start
            return unsafe .mappingStart(anchor: string(data.anchor), tag: string(data.tag))
        case YAML_SCALAR_EVENT:
            let data = unsafe event.data.scalar
            let text = unsafe String(
                decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
            let isPlain = unsafe data.style == YAML_PLAIN_SCALAR_STYLE && data.plain_implicit != 0
            return unsafe .scalar(
                text: text, style: style(data.style), isPlain: isPlain, anchor: string(data.anchor),
                tag: string(data.tag))
        default: return .other
        }
    }

    private static func style(_ style: yaml_scalar_style_t) -> Scalar.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
    }

    private static func string(_ pointer: UnsafePointer<CChar>?) -> String? {
        guard let pointer = unsafe pointer else { return nil }
        return unsafe String(cString: pointer)
    }

    private static func string(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        guard let pointer = unsafe pointer else { return nil }
        return unsafe String(cString: pointer)
    }
}
