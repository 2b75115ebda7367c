import Policies

extension World {
    /// A smaller world that still fails, by leaving out whatever can be left out.
    func shrunk(while fails: (World) -> Bool) -> World {
        var world = self
        var isSmaller = true
        while isSmaller {
            isSmaller = false
            for smaller in world.smaller where fails(smaller) {
                world = smaller
                isSmaller = true
                break
            }
        }
        return world
    }

    private var smaller: [World] {
        var worlds: [World] = []
        func without(_ change: (inout World) -> Void) {
            var copy = self
            change(&copy)
            worlds.append(copy)
        }
        for index in records.indices { without { $0.records.remove(at: index) } }
        for index in policies.indices { without { $0.policies.remove(at: index) } }
        for index in holds.indices { without { $0.holds.remove(at: index) } }
        for index in exceptions.indices { without { $0.exceptions.remove(at: index) } }
        for index in access.indices {
            without { $0.access.remove(at: index) }
            for validation in access[index].validations.indices {
                without { $0.access[index].validations.remove(at: validation) }
            }
        }
        for index in records.indices {
            let record = records[index]
            for edge in record.uses.indices { without { $0.records[index].uses.remove(at: edge) } }
            for edge in record.cites.indices { without { $0.records[index].cites.remove(at: edge) } }
            for key in record.metadata.keys.sorted() { without { $0.records[index].metadata[key] = nil } }
            if !record.activity.isEmpty { without { $0.records[index].activity = [] } }
            if record.expires != nil { without { $0.records[index].expires = nil } }
            if record.bytes != nil { without { $0.records[index].bytes = nil } }
            if record.modified != nil { without { $0.records[index].modified = nil } }
        }
        for index in sources.indices where sources[index].complete.count < WorldSource(name: "").complete.count {
            without { $0.sources[index].complete = WorldSource(name: "").complete }
        }
        for index in policies.indices {
            if policies[index].match.kinds != nil { without { $0.policies[index].match.kinds = nil } }
            if policies[index].match.condition != nil { without { $0.policies[index].match.condition = nil } }
            if policies[index].overdueAfter != nil { without { $0.policies[index].overdueAfter = nil } }
            if policies[index].atLeast != nil, policies[index].atMost != nil {
                without { $0.policies[index].atLeast = nil }
                without { $0.policies[index].atMost = nil }
            }
        }
        if requireCoverage { without { $0.requireCoverage = false } }
        return worlds
    }
}
