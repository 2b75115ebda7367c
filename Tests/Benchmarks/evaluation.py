"""Measures what evaluating records in memory costs, beside DuckDB, Cloud Custodian and cel-python. Used by bench.py.

Nanoseconds are of CPU time on one thread, for each record that is asked, the median of several runs.
"""

import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BENCH = os.path.join(ROOT, ".build", "release", "EvaluationBench")
TABULAR_GOAL = 12
GENERAL_GOAL = 150

# A tool that is slow is asked of fewer records; what it takes for each does not hang on how many there are.
PEERS = [("duckdb", "DuckDB", 1_000_000, 5), ("custodian", "Custodian", 50_000, 1), ("cel-python", "cel-python", 5_000, 1)]


def tenure(records, runs):
    """The lines of EvaluationBench by group and name: how many records, nanoseconds for each, how many found."""
    output = subprocess.run([BENCH, str(records), str(runs)], check=True, capture_output=True, text=True).stdout
    lines = [line.split("\t") for line in output.splitlines()]
    return {(group, name): (int(asked), float(figure), int(found)) for group, name, asked, figure, found in lines}


def peer(tool, records, runs, work):
    """What a tool makes of the same records, after a check that it finds as many as Tenure."""
    path = os.path.join(work, "records.ndjson")
    with open(path, "wb") as file:
        subprocess.run([BENCH, "lines", str(records)], check=True, stdout=file)
    measured = json.loads(subprocess.run(
        [sys.executable, os.path.join(HERE, "evaluation_peers.py"), tool, path, str(runs)], check=True,
        capture_output=True, text=True).stdout)
    os.remove(path)
    own = tenure(records, 1)
    for name, result in measured["conditions"].items():
        asked, _, found = own["general", name]
        if (asked, found) != (result["asked"], result["found"]):
            sys.exit(f"{tool} and tenure disagree about '{name}': {result}, {found} of {asked}")
    return measured


def show(rows, head, title):
    widths = [max(len(row[i]) for row in [head] + rows) for i in range(len(head))]
    print(f"\n{title}\n")
    for row in [head] + rows:
        cells = [cell.ljust(width) if i in (0, len(head) - 1) else cell.rjust(width)
                 for i, (cell, width) in enumerate(zip(row, widths))]
        print("  ".join(cells).rstrip())


def bench(records, runs, work):
    """Prints both tables; answers the goals that were missed."""
    own = tenure(records, runs)
    peers = {tool: peer(tool, min(count, records), peer_runs, work) for tool, _, count, peer_runs in PEERS}
    missed = []

    def verdict(what, figure, goal):
        if figure <= goal:
            return f"goal of {goal} met"
        missed.append(f"{what}: {figure:.1f} ns a record, the goal is {goal}")
        return f"GOAL OF {goal} MISSED"

    asked, total, found = own["tabular", "20 policies"]
    rows = [(name, f"{figure:.1f}", "") for (group, name), (_, figure, _) in own.items() if group == "phase"]
    rows.append(("in all, what is carried along references apart", f"{total:.1f}",
                 verdict("20 tabular policies", total, TABULAR_GOAL)))
    rows.append(("carried along references (obliged, settled)", f"{own['closure', '20 policies'][1]:.1f}", ""))
    memory = own["memory", "peak"][1]
    show(rows, ("", "ns/record", ""),
         f"20 tabular policies over {asked:,} records in memory, {found:,} findings ({100 * found / asked:.1f} %); "
         f"peak memory {memory / 1e6:,.0f} MB, records included")

    rows = []
    for (group, name), (asked, figure, found) in own.items():
        if group == "general":
            conditions = [peers[tool]["conditions"].get(name) for tool, _, _, _ in PEERS]
            rows.append((name, f"{asked:,}", f"{found:,}", f"{figure:.1f}",
                         *(f"{condition['ns']:,.0f}" if condition else "-" for condition in conditions),
                         verdict(name, figure, GENERAL_GOAL)))
    head = ("", "asked", "found", "tenure", *(title for _, title, _, _ in PEERS), "")
    show(rows, head, "general conditions, ns of CPU time for each record asked, one thread")
    for tool, title, count, _ in PEERS:
        print(f"{title} {peers[tool]['version']}: over {min(count, records):,} records, "
              f"peak memory {peers[tool]['peak'] / 1e6:,.0f} MB")
    print("-: the tool has no words for it, or Tenure derives what is asked. All find the same records.")
    sys.stdout.flush()
    return missed
