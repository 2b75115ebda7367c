"""Measures a plan over a million due records, how often an execution waits for the disk, and the audit log. Used by
bench.py.

The plan is all of `tenure plan make`: an export is read and decided, the plan is written, and the summary is printed.
The execution runs against the twin, and the calls of the system that wait for the disk are counted from outside.
"""

import datetime
import json
import os
import re
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
LOG_BENCH = os.path.join(ROOT, ".build", "release", "AuditLogBench")

# Of a thread's eighteen records and a half nearly all are due under these rules.
DUE_A_THREAD = 18.0
RULES = """apiVersion: tenure/v1
kind: RetentionPolicy
metadata: {name: everything}
spec:
  match: {kinds: [assistant, thread, message, run, runStep, file, vectorStore, vectorStoreFile, batch]}
  clock: {from: created}
  keep: {atMost: 1d}
  whileUsed: delete
  whenDue: delete
---
apiVersion: tenure/v1
kind: HoldRegister
metadata: {name: holds}
spec: {asOf: 2026-11-19, maxAge: 100y, holds: []}
"""
PLAN_SECONDS, PLAN_BYTES = 10, 1.5e9
APPENDS_A_SECOND, VERIFY_SECONDS = 100_000, 5


def plan(measure, tenure, work, records, runs):
    """Prints what a plan of so many due records takes; answers the goals that were missed."""
    export = os.path.join(work, "estate-due")
    rules = os.path.join(work, "plan-rules")
    path = os.path.join(work, "plan.json")
    os.makedirs(rules, exist_ok=True)
    with open(os.path.join(rules, "rules.yaml"), "w") as file:
        file.write(RULES)
    threads = round(records / DUE_A_THREAD)
    subprocess.run([tenure, "estate", "--seed", "1", "--threads", str(threads), "--as-of", "2026-01-01T00:00:00Z",
                    "--out", export], check=True, stdout=subprocess.DEVNULL)
    command = [tenure, "plan", "make", path, "--as", "bench", "--export", export, "--policies", rules]
    cpu, wall, peak = measure(command, runs=runs, good=(0, 3))
    shown = subprocess.run(command, capture_output=True, text=True).stdout
    asked = next(line.split()[2] for line in shown.splitlines() if line.strip().startswith("everything"))
    due = int(asked.replace(",", ""))
    size = os.path.getsize(path)
    met = wall <= PLAN_SECONDS and peak <= PLAN_BYTES and due >= records
    print(f"\na plan over {due:,} due records: {wall:.2f} s, {cpu:.2f} CPU-s, {peak / 1e6:,.0f} MB, "
          f"{size / 1e6:,.0f} MB of plan; {'goal met' if met else 'GOAL MISSED'}")
    read, took, most = measure([tenure, "plan", "show", path], runs=1)
    print(f"reading it and printing every call: {took:.2f} s, {read:.2f} CPU-s, {most / 1e6:,.0f} MB", flush=True)
    shutil.rmtree(export)
    os.remove(path)
    if met:
        return []
    return [f"plan: {due:,} due records in {wall:.2f} s and {peak / 1e6:,.0f} MB, the goals are {records:,}, "
            f"{PLAN_SECONDS} and {PLAN_BYTES / 1e6:,.0f}"]


SYNCS_AN_ACTION = 2
THREADS = 40
APPLY_RULES = """apiVersion: tenure/v1
kind: RetentionPolicy
metadata: {{name: threads}}
spec: {{match: {{kinds: [thread]}}, clock: {{from: created}}, keep: {{atMost: 1d}}, whenDue: delete}}
---
apiVersion: tenure/v1
kind: Source
metadata: {{name: live}}
spec:
  type: openai
  address: '{address}'
  credentials: {{env: TWIN_KEY}}
  registry: [{{file: '{estate}/threads.ndjson', kind: thread, complete: true}}]
---
apiVersion: tenure/v1
kind: HoldRegister
metadata: {{name: holds}}
spec: {{asOf: {today}, maxAge: 30d, holds: []}}
"""


def synchronizations(command, work, environment):
    """How often the system was asked to bring a file to the disk, and what the command printed."""
    trace = os.path.join(work, "syncs.txt")
    calls = "fdatasync,fsync,sync,syncfs,sync_file_range,msync"
    ran = subprocess.run(["strace", "-f", "-qq", "-e", f"trace={calls}", "-e", "signal=none", "-o", trace] + command,
                         check=True, capture_output=True, text=True, cwd=work, env=environment)
    with open(trace) as file:
        return sum(1 for line in file if re.search(r"sync\w*\(", line)), ran.stdout


def execution(tenure, work):
    """Prints how often an execution waits for the disk an action; answers the goals that were missed."""
    tenure, place = os.path.abspath(tenure), os.path.abspath(os.path.join(work, "apply"))
    shutil.rmtree(place, ignore_errors=True)
    os.makedirs(os.path.join(place, "policies"))
    estate, key = os.path.join(place, "estate"), os.path.join(place, "audit.pem")
    subprocess.run([tenure, "estate", "--seed", "1", "--threads", str(THREADS), "--as-of", "2026-01-01T00:00:00Z",
                    "--out", estate], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True, stderr=subprocess.DEVNULL)
    pseudonyms = os.path.join(place, "pseudonyms.key")
    with open(pseudonyms, "w") as file:
        file.write("0f" * 32)
    for path in (key, pseudonyms):
        os.chmod(path, 0o600)
    environment = dict(os.environ, TWIN_KEY="sk-twin")
    with subprocess.Popen([tenure, "twin", "--estate", estate, "--port", "0"], stdout=subprocess.PIPE,
                          text=True) as twin:
        try:
            address = twin.stdout.readline().split()[0]
            with open(os.path.join(place, "policies", "rules.yaml"), "w") as file:
                file.write(APPLY_RULES.format(address=address, estate=estate, today=datetime.date.today()))
            for words in (["audit", "init", "--log", "log", "--origin", "a.example/log", "--key", key],
                          ["plan", "make", "--as", "bench"]):
                subprocess.run([tenure] + words, cwd=place, env=environment, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
            command = [tenure, "apply", "--execute", "--format", "json", "--audit-log", "log", "--audit-key", key,
                       "--pseudonym-key", pseudonyms]
            all_syncs, printed = synchronizations(command, place, environment)
            own_syncs, _ = synchronizations(command, place, environment)
        finally:
            twin.terminate()
    actions = len(json.loads(printed)["actions"])
    each = (all_syncs - own_syncs) / actions
    met = each <= SYNCS_AN_ACTION
    print(f"\nan execution of {actions} actions: {all_syncs} waits for the disk, {own_syncs} of them for the run itself, "
          f"{each:.2f} an action; {'goal met' if met else 'GOAL MISSED'}", flush=True)
    shutil.rmtree(place)
    return [] if met else [f"apply: {each:.2f} waits for the disk an action, the goal is {SYNCS_AN_ACTION}"]


def log(measure, work, entries, runs):
    """Prints how fast the audit log takes entries and is verified; answers the goals that were missed."""
    directory, key = os.path.join(work, "audit"), os.path.join(work, "audit.pem")
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True, stderr=subprocess.DEVNULL)
    os.chmod(key, 0o600)
    walls = []
    for _ in range(runs):
        shutil.rmtree(directory, ignore_errors=True)
        walls.append(measure([LOG_BENCH, "write", directory, key, str(entries), "1000"], runs=1)[1])
    rate = entries / sorted(walls)[len(walls) // 2]
    cpu, wall, peak = measure([LOG_BENCH, "verify", directory], runs=runs)
    shutil.rmtree(directory)
    met = rate >= APPENDS_A_SECOND, wall <= VERIFY_SECONDS
    print(f"\nthe audit log: {rate:,.0f} entries a second in batches of a thousand; "
          f"{'goal met' if met[0] else 'GOAL MISSED'}")
    print(f"verifying {entries:,} entries: {wall:.2f} s, {cpu:.2f} CPU-s, {peak / 1e6:,.0f} MB; "
          f"{'goal met' if met[1] else 'GOAL MISSED'}", flush=True)
    missed = [] if met[0] else [f"audit log: {rate:,.0f} entries a second, the goal is {APPENDS_A_SECOND:,}"]
    return missed if met[1] else missed + [f"audit log: verified in {wall:.2f} s, the goal is {VERIFY_SECONDS}"]


def bench(measure, tenure, work, records, runs):
    """All of it; answers the goals that were missed."""
    missed = plan(measure, tenure, work, records, runs) + execution(tenure, work)
    return missed + log(measure, work, records, runs)
