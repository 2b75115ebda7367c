import Crypto
import Testing

@testable import AuditLog

/// The tree, against its definition and against numbers that other people computed.
@Suite struct TreeTests {
    /// The leaves that the tests of every implementation of Certificate Transparency share.
    ///
    /// - Source: google/certificate-transparency, merkletree/merkle_tree_test.cc.
    private static let leaves: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
        [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F],
    ]

    @Test func `the roots are those of Certificate Transparency's own tests`() throws {
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ]
        var hasher = try TreeHasher()
        var tree = TreeFrontier()
        #expect(try tree.root(&hasher) == nil)
        for (leaf, root) in zip(Self.leaves, roots) {
            try tree.append(try hasher.leaf(leaf.span), &hasher)
            #expect(try tree.root(&hasher)?.hex == root)
        }
    }

    @Test func `every root up to 70 entries is that of the definition`() throws {
        var hasher = try TreeHasher()
        var tree = TreeFrontier()
        let entries = Self.entries(70)
        for (index, entry) in entries.enumerated() {
            try tree.append(try hasher.leaf(entry.span), &hasher)
            #expect(try tree.root(&hasher)?.bytes == TreeModel.hash(entries[...index]))
        }
    }

    @Test func `every inclusion proof up to 40 entries is that of the definition, and proves just its entry`() throws {
        var hasher = try TreeHasher()
        let entries = Self.entries(40)
        let leaves = try Self.leaves(of: entries, &hasher)
        for size in 1...40 {
            let root = try #require(Digest(bytes: try TreeModel.hash(entries[..<size])))
            for index in 0..<size {
                let proof = try Self.hashes(ProofRanges.inclusion(of: index, in: size), leaves[..<size], &hasher)
                #expect(try proof.map(\.bytes) == TreeModel.path(index, entries[..<size]), "\(index) of \(size)")
                for other in 0..<size {
                    let proves = try TreeProofs.includes(
                        leaves[index], at: other, size: size, root: root, proof: proof, &hasher)
                    #expect(proves == (other == index), "\(index) at \(other) of \(size)")
                }
                #expect(
                    try !TreeProofs.includes(
                        leaves[index], at: index, size: size, root: root, proof: proof + [root], &hasher))
                #expect(
                    try proof.isEmpty
                        || !TreeProofs.includes(
                            leaves[index], at: index, size: size, root: root, proof: proof.dropLast(), &hasher)
                )
            }
        }
    }

    @Test func `every consistency proof up to 40 entries is that of the definition, and proves no other beginning`()
        throws
    {
        var hasher = try TreeHasher()
        let entries = Self.entries(40)
        let leaves = try Self.leaves(of: entries, &hasher)
        let roots = try (1...40).map { try #require(Digest(bytes: try TreeModel.hash(entries[..<$0]))) }
        for size in 1...40 {
            for old in 1...size {
                let proof = try Self.hashes(ProofRanges.consistency(from: old, to: size), leaves[..<size], &hasher)
                #expect(try proof.map(\.bytes) == TreeModel.subproof(old, entries[..<size], true), "\(old) to \(size)")
                for other in 1...size {
                    let proves = try TreeProofs.isConsistent(
                        oldSize: old, oldRoot: roots[other - 1], newSize: size, newRoot: roots[size - 1], proof: proof,
                        &hasher)
                    #expect(proves == (other == old), "\(other) as \(old) of \(size)")
                }
                let cut = Array(proof.dropLast())
                #expect(
                    try proof.isEmpty
                        || !TreeProofs.isConsistent(
                            oldSize: old, oldRoot: roots[old - 1], newSize: size, newRoot: roots[size - 1], proof: cut,
                            &hasher)
                )
            }
        }
    }

    @Test func `sizes and places that no tree has are refused, never trusted`() throws {
        var hasher = try TreeHasher()
        let hash = try hasher.leaf([1].span)
        for (index, size) in [(0, 0), (-1, 3), (3, 3), (Int.max, Int.max), (Int.max - 1, Int.max)] {
            #expect(try !TreeProofs.includes(hash, at: index, size: size, root: hash, proof: [], &hasher))
        }
        for (old, new) in [(0, 0), (0, 3), (4, 3), (-1, 3), (1, Int.max), (Int.max - 1, Int.max)] {
            #expect(
                try !TreeProofs.isConsistent(
                    oldSize: old, oldRoot: hash, newSize: new, newRoot: hash, proof: [], &hasher))
        }
    }

    static func entries(_ count: Int) -> [[UInt8]] { (0..<count).map { Array("entry \($0)".utf8) } }

    private static func leaves(of entries: [[UInt8]], _ hasher: inout TreeHasher) throws -> [Digest] {
        var leaves: [Digest] = []
        for entry in entries { leaves.append(try hasher.leaf(entry.span)) }
        return leaves
    }

    private static func hashes(
        _ ranges: [Range<Int>], _ leaves: ArraySlice<Digest>, _ hasher: inout TreeHasher
    ) throws -> [Digest] {
        var found = RangeHashes(ranges)
        for leaf in leaves { try found.append(leaf, &hasher) }
        return try #require(try found.hashes(&hasher))
    }
}
