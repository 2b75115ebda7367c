import CEL
import Policies
import Testing

@testable import Evaluation

@Suite struct FailingPartTests {
    @Test(arguments: [
        ("x > 1 && x > 5 && x > 7", "x > 5"), ("x > 1 && (x < 9 && x == 4)", "x == 4"),
        ("cel.bind(y, x + 1, y > 1 && y > 5)", "y > 5"),
        ("x > 1 && cel.bind(y, x, cel.bind(z, y, z > 2 && 1 / (z - 3) > 0))", "1 / (z - 3) > 0"),
        ("x > 1 && cel.bind(y, 1 / (x - 3), y > 0)", "cel.bind(y, 1 / (x - 3), y > 0)"),
        ("x > 5 || x > 7", "x > 5 || x > 7"), ("optional.of(x).optMap(y, y > 5).orValue(true)", "the whole"),
    ])
    func `the smallest part is found that keeps a condition from holding`(condition: String, part: String) throws {
        var environment = CELEnvironment(libraries: CELLibrary.all)
        environment.declare(variable: "x", .int)
        let program = try environment.compile(condition, expecting: .bool)
        let found = try #require(FailingPart.find(program, CELBindings([.value(.int(3))])))
        #expect(program.syntax.text(of: found) == (part == "the whole" ? condition : part))
    }
}
