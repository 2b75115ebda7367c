/// Ids in the order of a list, each behind its length in two bytes, the lower one first.
///
/// It is what the ledger's file holds of a list, too; so what is read from there is checked before it is believed.
public struct IdList: Sendable, Equatable {
    /// More bytes than any id has. What is longer cannot be asked for either, and is left out.
    public static let longestId = 4_096

    private(set) var bytes: [UInt8] = []
    /// How many ids there are.
    public private(set) var count = 0

    /// No id as yet.
    public init() {}

    /// The ids in these bytes; nil where they hold anything else than so many ids.
    init?(bytes: [UInt8], count: Int) {
        var place = 0
        var found = 0
        while place < bytes.count {
            guard bytes.count - place > 2 else { return nil }
            let length = Self.length(bytes, at: place)
            guard length > 0, length <= Self.longestId, length <= bytes.count - place - 2 else { return nil }
            place += 2 + length
            found += 1
        }
        guard found == count else { return nil }
        self.bytes = bytes
        self.count = count
    }

    /// Adds an id. None is empty, and none is longer than `longestId`: such are left out.
    @inline(__always)
    public mutating func append(_ id: Span<UInt8>) {
        guard id.count > 0, id.count <= Self.longestId else { return }
        bytes.append(UInt8(truncatingIfNeeded: id.count))
        bytes.append(UInt8(truncatingIfNeeded: id.count >> 8))
        id.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        count += 1
    }

    /// Calls back with every id, in order.
    func forEach<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Void) throws(Failure) {
        var place = 0
        while place < bytes.count {
            let start = place + 2
            place = start + Self.length(bytes, at: place)
            try body(bytes.span.extracting(start..<place))
        }
    }

    @inline(__always)
    private static func length(_ bytes: [UInt8], at place: Int) -> Int {
        Int(bytes[place]) | Int(bytes[place + 1]) << 8
    }
}

extension IdList {
    /// Cuts a list where its own ids say so, so that what comes into a list or leaves it changes one piece of it, and
    /// the rest is cut as it was before.
    ///
    /// A piece ends behind every id of a kind that one in 512 is of, wherever it stands, unless it would be very short;
    /// and where it grows too long.
    func pieces() -> [Piece] {
        var pieces: [Piece] = []
        var piece = Piece()
        var place = 0
        while place < bytes.count {
            let start = place + 2
            place = start + Self.length(bytes, at: place)
            piece.count += 1
            let isLong = piece.count >= Self.most || place - piece.start >= Self.mostBytes
            let mayEnd = piece.count >= Self.fewest && Self.isLast(bytes.span.extracting(start..<place))
            guard isLong || mayEnd else { continue }
            piece.end = place
            pieces.append(piece)
            piece = Piece(start: place)
        }
        piece.end = place
        if piece.count > 0 { pieces.append(piece) }
        return pieces
    }

    /// The ids of a piece, as they stand here.
    func bytes(of piece: Piece) -> [UInt8] { Array(bytes[piece.start..<piece.end]) }

    /// A few neighbours in a list.
    struct Piece: Equatable {
        var start = 0
        var end = 0
        var count = 0
    }

    /// How many ids a piece has at most, and about how many bytes: several times more than it usually has.
    private static let most = 4_096
    /// How many a piece has at least but for the last: so nobody can make up ids of which each costs what a piece does.
    private static let fewest = 16
    private static let mostBytes = 64 << 10

    /// Ids differ at their ends, whether they are counted or drawn; the product carries that up.
    @inline(__always)
    private static func isLast(_ id: Span<UInt8>) -> Bool {
        var word: UInt64 = 0
        for place in max(0, id.count - 8)..<id.count { word = word << 8 | UInt64(id[place]) }
        return (word &* 0x9E37_79B9_7F4A_7C15) >> 55 == 0
    }
}
