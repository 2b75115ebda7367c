import CEL
import Testing

/// The worked example of the module's documentation.
@Suite struct ExampleTests {
    private final class Files: CELObjectSource {
        let objectType = CELObjectType(name: "file", fields: [.init("name", .string), .init("bytes", .int)])
        let names = ["a.txt", "b.log"]
        let sizes: [Int64] = [10, 4096]

        func field(at index: Int, of row: Int) -> CELLookup {
            index == 0 ? .value(.string(names[row])) : .value(.int(sizes[row]))
        }
    }

    @Test func `the documentation's example does what it says`() throws {
        let files = Files()
        var environment = CELEnvironment()
        environment.declare(object: files.objectType)
        environment.declare(variable: "file", .object("file"))
        let program = try environment.compile("file.bytes > 1024 && file.name.endsWith('.log')", expecting: .bool)
        let conditions = files.names.indices.map { row in
            program.evaluate(CELBindings([.value(.object(CELObject(files, row: row)))])).condition
        }
        #expect(conditions == [false, true])
        #expect(
            complaints(about: "file.byte > 1", in: environment) == [
                "1:6: file has no field 'byte'; did you mean 'bytes'?"
            ])
    }

    @Test func `the documentation's estimate is what it says`() throws {
        var environment = CELEnvironment()
        environment.declare(variable: "names", .list(.string))
        let sizes = CELSizes(variables: ["names": .list(CELBounds(upTo: 100), of: .text(CELBounds(upTo: 64)))])
        let program = try environment.compile("names.all(a, names.exists(b, a + 'x' == b))")
        let estimate = program.estimatedCost(of: sizes)
        #expect(estimate.isCertain(within: .standard) && !program.estimatedCost().isCertain(within: .standard))
        #expect((170_000...190_000).contains(estimate.cost.most), "\(estimate)")
        #expect(estimate.cost.least == 2 && estimate.total == estimate.cost)
    }
}
