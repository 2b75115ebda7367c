"""The conditions of EvaluationBench in other tools, over the same records in memory.

Usage: evaluation_peers.py duckdb|cel-python|custodian LINES RUNS

LINES is what `EvaluationBench lines` wrote. Loading, converting and compiling are not timed. Prints as JSON for each
condition the CPU nanoseconds for each record asked (the median of the runs), how many were asked and how many matched.
"""

import importlib.metadata
import json
import resource
import statistics
import sys
import time

AS_OF = 1795132800
DAY = 86400

# By the names in BenchPolicies.swift: the kind that is asked, then the condition as SQL over `r`, as CEL, and as value
# filters of Cloud Custodian, all of which must match. None is what a tool has no words for.
CONDITIONS = {
    "text and age": (
        "message", f"starts_with(tenant, 't17') AND {AS_OF} - created > {290 * DAY}",
        "object.metadata.tenant.startsWith('t17') && now - object.created > duration('25056000s')",
        [{"key": "metadata.tenant", "op": "regex", "value": "^t17"},
         {"key": "created", "op": "less-than", "value": AS_OF - 290 * DAY}]),
    "texts that all differ": (
        "message", "contains(id, '777') AND ends_with(id, '7')",
        "object.id.contains('777') && object.id.endsWith('7')",
        [{"key": "id", "op": "regex", "value": ".*777"}, {"key": "id", "op": "regex", "value": ".*7$"}]),
    "metadata of many values": (
        "message", "\"user\" IS NOT NULL AND contains(\"user\", '42') AND NOT ends_with(\"user\", '0')",
        "has(object.metadata.user) && object.metadata.user.contains('42') && !object.metadata.user.endsWith('0')",
        [{"key": "metadata.user", "value": "present"}, {"key": "metadata.user", "op": "regex", "value": ".*42"},
         {"key": "metadata.user", "op": "regex", "value": ".*[^0]$"}]),
    "has and a number": (
        "file", "expires IS NULL AND bytes > 9800000",
        "!has(object.expires) && object.bytes > 9800000",
        [{"key": "expires", "value": "absent"}, {"key": "bytes", "op": "greater-than", "value": 9800000}]),
    "status and time": (
        "run", f"status IN ('queued', 'in_progress') AND {AS_OF} - created > {300 * DAY}",
        "object.status in ['queued', 'in_progress'] && now - object.created > duration('25920000s')",
        [{"key": "status", "op": "in", "value": ["queued", "in_progress"]},
         {"key": "created", "op": "less-than", "value": AS_OF - 300 * DAY}]),
    "container": (
        "message", "EXISTS (FROM thread c WHERE c.n = r.container AND c.tenant = 't180' AND c.created IS NOT NULL)",
        "object.container.tenant == 't180' && has(object.container.created)",
        [{"key": "container.tenant", "value": "t180"}, {"key": "container.created", "value": "present"}]),
    "used by another tenant": (
        "file", "EXISTS (FROM message u WHERE u.uses = r.n AND u.tenant <> r.tenant)",
        "object.usedBy.exists(u, u.tenant != object.tenant)", None),
    "all parts": (
        "thread", f"NOT EXISTS (FROM part p WHERE p.container = r.n AND p.created - r.created >= {100 * 3600})",
        "object.contains.all(p, p.created - object.created < duration('360000s'))", None),
    "number of some parts": (
        "thread", "NOT EXISTS (FROM part p WHERE p.container = r.n AND p.kind = 'run')",
        "size(object.contains.filter(p, p.kind == 'run')) == 0",
        [{"key": "length(contains[?kind=='run'])", "value": 0}]),
    # Ten months before the as-of instant, 2026-11-20.
    "pattern": (
        "message", "regexp_matches(tenant, '^t1[0-4]+$') AND created < 1768867200",
        "object.metadata.tenant.matches('^t1[0-4]+$') && object.created < timestamp('2026-01-20T00:00:00Z')",
        [{"key": "metadata.tenant", "op": "regex", "value": "^t1[0-4]+$"},
         {"key": "created", "op": "less-than", "value": 1768867200}]),
}


def timed(runs, ask):
    """The median CPU seconds of the runs, and what the last answered."""
    seconds = []
    for _ in range(runs):
        start = time.process_time()
        found = ask()
        seconds.append(time.process_time() - start)
    return statistics.median(seconds), found


def duckdb(path, runs):
    import duckdb
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    columns = {name: "BIGINT" for name in ("n", "created", "bytes", "expires", "container", "uses")}
    columns |= {name: "VARCHAR" for name in ("id", "kind", "tenant", "product", "user", "status")}
    connection.execute(f"CREATE TABLE record AS FROM read_json('{path}', columns = {columns})")
    for kind in ("thread", "message", "run", "file"):
        connection.execute(f"CREATE TABLE \"{kind}\" AS FROM record WHERE kind = '{kind}' ORDER BY n")
    connection.execute("CREATE TABLE part AS FROM record WHERE container IS NOT NULL ORDER BY n")
    connection.execute("DROP TABLE record")
    for name, (kind, condition, _, _) in CONDITIONS.items():
        asked = connection.execute(f'SELECT count(*) FROM "{kind}"').fetchone()[0]
        statement = f'SELECT count(*) FROM "{kind}" r WHERE {condition}'
        yield name, asked, timed(runs, lambda: connection.execute(statement).fetchone()[0])


def records(path, time_of):
    """The records by kind as nested values, with `metadata` and what refers to what."""
    rows = []
    with open(path) as file:
        for line in file:
            row = json.loads(line)
            row["metadata"] = {key: row[key] for key in ("product", "tenant", "user")}
            row["contains"], row["usedBy"] = [], []
            for key in ("created", "expires"):
                if key in row:
                    row[key] = time_of(row[key])
            rows.append(row)
    by_kind = {}
    for row in rows:
        by_kind.setdefault(row["kind"], []).append(row)
        if "container" in row:
            row["container"] = rows[row["container"]]
            row["container"]["contains"].append(row)
        if "uses" in row:
            rows[row["uses"]]["usedBy"].append(row)
    return by_kind


def cel_python(path, runs):
    import datetime
    import celpy
    from celpy import celtypes

    def instant(seconds):
        return celtypes.TimestampType(datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc))

    def value(field):
        if isinstance(field, dict):
            return celtypes.MapType({celtypes.StringType(key): value(part) for key, part in field.items()})
        if isinstance(field, list):
            return celtypes.ListType(value(part) for part in field)
        return {int: celtypes.IntType, str: celtypes.StringType}.get(type(field), lambda same: same)(field)

    environment = celpy.Environment()
    for name, (kind, _, condition, _) in CONDITIONS.items():
        # What refers to what goes round in circles, so of related records only what is one step away is converted.
        objects = []
        for row in records(path, instant)[kind]:
            own = {key: field for key, field in row.items() if key not in ("container", "contains", "usedBy", "uses")}
            near = {}
            for key in ("container", "contains", "usedBy"):
                flat = [{name: field for name, field in other.items()
                         if name not in ("container", "contains", "usedBy", "uses")}
                        for other in ([row[key]] if isinstance(row.get(key), dict) else row.get(key, []))]
                if flat or key != "container":
                    near[key] = flat[0] if key == "container" else flat
            objects.append({"object": value(own | near), "now": instant(AS_OF)})
        program = environment.program(environment.compile(condition))
        yield name, len(objects), timed(runs, lambda: sum(bool(program.evaluate(row)) for row in objects))


def custodian(path, runs):
    from c7n.filters.core import ValueFilter
    by_kind = records(path, lambda seconds: seconds)
    for name, (kind, _, _, wanted) in CONDITIONS.items():
        if wanted is None:
            continue
        filters = [ValueFilter({"type": "value"} | part) for part in wanted]
        objects = by_kind[kind]
        yield name, len(objects), timed(
            runs, lambda: sum(all(part.match(row) for part in filters) for row in objects))


TOOLS = {"duckdb": (duckdb, "duckdb"), "cel-python": (cel_python, "cel-python"), "custodian": (custodian, "c7n")}

if __name__ == "__main__":
    run, package = TOOLS[sys.argv[1]]
    conditions = {
        name: {"ns": seconds / asked * 1e9, "asked": asked, "found": found}
        for name, asked, (seconds, found) in run(sys.argv[2], int(sys.argv[3]))}
    json.dump({
        "version": importlib.metadata.version(package), "conditions": conditions,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}, sys.stdout)
