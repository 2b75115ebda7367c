/// How the lists of a service can differ from the provider's.
struct Quirks: Sendable {
    var ignoresCursor = false
    var endsEmpty = false
    var isBare = false
}
