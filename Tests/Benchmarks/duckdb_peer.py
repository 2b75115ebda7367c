"""DuckDB, warm: the same selection in one statement. Prints CPU seconds of the later runs and the counts, as JSON.

Usage: duckdb_peer.py FILE RUNS
"""

import json
import resource
import sys
import time

import duckdb

from selection import RULES, predicate

path, runs = sys.argv[1], int(sys.argv[2])
counts = ", ".join(f"count(*) FILTER (WHERE {predicate(rule)})" for rule in RULES)
statement = f"""
    SELECT {counts} FROM (
        SELECT created_at AS created, greatest(created_at, coalesce(completed_at, 0)) AS activity,
            metadata.product AS product, metadata.tenant AS tenant
        FROM read_json('{path}', format = 'newline_delimited', maximum_object_size = 16777216, columns = {{
            id: 'VARCHAR', created_at: 'BIGINT', completed_at: 'BIGINT',
            metadata: 'STRUCT(tenant VARCHAR, product VARCHAR)'}}))
"""
connection = duckdb.connect()
connection.execute("SET threads = 2")
seconds = []
for run in range(runs + 1):
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.time()
    row = connection.execute(statement).fetchone()
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    seconds.append({"cpu": cpu, "wall": time.time() - start})
json.dump({
    "runs": seconds[1:], "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    "counts": {rule["name"]: count for rule, count in zip(RULES, row)}, "version": duckdb.__version__,
}, sys.stdout)
