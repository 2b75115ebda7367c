extension Inventory {
    /// The same inventory with rows for records that are gone, behind those that are there.
    ///
    /// They have a source, a kind and an id, so that reports can name them, and nothing else: no lookup finds them, and
    /// nothing refers to them. Sources that were not read are left out.
    public func naming(_ gone: [GoneRecord]) -> Inventory {
        var columns = self.columns
        for record in gone {
            guard let source = sourceNames.firstIndex(of: record.source) else { continue }
            columns.kinds.append(record.kind)
            columns.sources.append(UInt16(source))
            columns.created.append(0)
            columns.activity.append(0)
            columns.facts.append(TimeFacts(created: .missing, activity: .absent))
            columns.roles.append(.unknown)
            columns.status.append(StringTable.absent)
            columns.owners.append(StringTable.absent)
            columns.subjects.append(StringTable.absent)
            columns.tenants.append(StringTable.absent)
            columns.containers.append(Inventory.noContainer)
            for key in columns.metadata.indices { columns.metadata[key].append(StringTable.absent) }
            columns.idBytes.append(contentsOf: record.id.utf8)
            columns.idEnds.append(UInt32(clamping: columns.idBytes.count))
        }
        return Inventory(
            sourceNames: sourceNames, coverage: coverage, metadataKeys: metadataKeys, strings: strings, edges: edges,
            loose: loose, problems: problems, rules: rules, columns: columns, places: places, index: index)
    }

    /// The same inventory with something more that is wrong with the data.
    public func noting(_ problem: Problem) -> Inventory {
        var copy = self
        copy.problems.add(problem)
        return copy
    }
}
