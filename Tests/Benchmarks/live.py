"""The scan of a service beside the official client's paging, on the same pages of 20 kB."""

import contextlib
import json
import os
import subprocess
import sys

import selection

HERE = os.path.dirname(os.path.abspath(__file__))
LISTS = 64
KINDS = {"files": ("vectorStoreFile", 100), "messages": ("message", 20)}
GOAL_RATIO, GOAL_CPU = 25, 0.15


@contextlib.contextmanager
def served(work, shape, pages):
    """A server of LISTS lists with so many pages each; answers its port."""
    server = subprocess.Popen([os.path.join(work, "pages"), shape, str(LISTS), str(pages)], stdout=subprocess.PIPE,
                              text=True)
    try:
        yield int(server.stdout.readline())
    finally:
        server.kill()
        server.wait()


def documents(work, shape, port, in_flight):
    """A directory with a source, and one policy that reads what is measured."""
    directory = os.path.join(work, "live-policies")
    os.makedirs(directory, exist_ok=True)
    registry = []
    for kind in ("thread", "conversation", "response"):
        ids = os.path.join(work, f"{kind}-ids.txt")
        with open(ids, "w") as file:
            if shape == "messages" and kind == "thread":
                file.writelines(f"thread_Ab3d{number:010}\n" for number in range(LISTS))
        registry.append({"file": ids, "kind": kind, "complete": True})
    parts = [
        ("Source", "service", {
            "type": "openai", "address": f"http://127.0.0.1:{port}/v1", "credentials": {"env": "TENURE_BENCH_KEY"},
            "registry": registry, "transport": {"inFlight": in_flight}}),
        ("RetentionPolicy", "all", {
            "match": {"kinds": [KINDS[shape][0]]}, "clock": {"from": "created"}, "keep": {"atMost": "10y"}}),
        ("HoldRegister", "holds", {"asOf": "2026-11-20", "maxAge": "7d", "holds": []}),
    ]
    with open(os.path.join(directory, "live.yaml"), "w") as file:
        for kind, name, spec in parts:
            document = {"apiVersion": "tenure/v1", "kind": kind, "metadata": {"name": name}, "spec": spec}
            file.write(f"---\n{json.dumps(document)}\n")
    return directory


def scan(tenure, directory, report):
    """A scan with its ledger, which the runs of one setting share: all but the first know every record."""
    os.environ["TENURE_BENCH_KEY"] = "sk-bench"
    return [tenure, "scan", "--policies", directory, "--as-of", selection.AS_OF, "--report", f"json={report}",
            "--ledger", ledger(report)]


def ledger(report):
    return os.path.join(os.path.dirname(report), "live-ledger.db")


def forget(report):
    """Begins anew, without what scans of another server saw."""
    for end in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.remove(ledger(report) + end)


def check(report, shape, pages):
    """What was measured must have read everything."""
    with open(report) as file:
        policies = json.load(file)["summary"]["policies"]
    matched = sum(policy["matched"] for policy in policies)
    if matched != LISTS * pages * KINDS[shape][1]:
        sys.exit(f"live: tenure read {matched} of {LISTS * pages * KINDS[shape][1]}")


def bench(measure, tenure, work, runs):
    """Prints what it measured; answers the goals that were missed."""
    missed = []
    pages, report = 64, os.path.join(work, "live.json")
    print(f"\n{LISTS * pages:,} pages of 20 kB in {LISTS} lists: CPU seconds per 1,000 pages\n")
    for shape, (kind, elements) in KINDS.items():
        with served(work, shape, pages) as port:
            for in_flight in (1, 16, 64):
                forget(report)
                directory = documents(work, shape, port, in_flight)
                first, _, _ = measure(scan(tenure, directory, report), 1)
                check(report, shape, pages)
                cpu, wall, peak = measure(scan(tenure, directory, report), runs)
                check(report, shape, pages)
                peer = json.loads(subprocess.run(
                    [sys.executable, os.path.join(HERE, "openai_peer.py"), f"http://127.0.0.1:{port}/v1", shape,
                     str(LISTS), str(in_flight)], check=True, capture_output=True, text=True).stdout)
                if peer["elements"] != LISTS * pages * elements:
                    sys.exit(f"live: the client read {peer['elements']}")
                own, first, theirs = (used / LISTS / pages * 1000 for used in (cpu, first, peer["cpu"]))
                what = f"{kind}, {elements} a page, {in_flight} in flight"
                met = theirs / own >= GOAL_RATIO and own <= GOAL_CPU
                print(f"  {what:42}  tenure {own:.3f} ({wall:.2f} s, {peak / 1e6:.0f} MB; the first scan {first:.3f})  "
                      f"openai {peer['version']} {theirs:.2f}  {theirs / own:.0f} times"
                      f"{'; goal met' if met else '; GOAL MISSED'}")
                sys.stdout.flush()
                if not met:
                    missed.append(f"live, {what}: {own:.3f} CPU s per 1,000 pages, {theirs / own:.0f} times less than "
                                  f"the client; the goals are {GOAL_CPU} and {GOAL_RATIO}")
    print("\nmemory, 16 in flight\n")
    for shape, (kind, elements) in KINDS.items():
        peaks = []
        for pages in (16, 160):
            forget(report)
            with served(work, shape, pages) as port:
                cpu, wall, peak = measure(scan(tenure, documents(work, shape, port, 16), report), 1)
                check(report, shape, pages)
                peaks.append(peak)
                print(f"  {LISTS * pages:6,} pages, {LISTS * pages * elements:9,} of {kind:15}  {peak / 1e6:4.0f} MB, "
                      f"{cpu / LISTS / pages * 1000:.3f} CPU s per 1,000 pages")
        grown = (peaks[1] - peaks[0]) / (LISTS * (160 - 16) * elements)
        print(f"         {grown:.0f} bytes more for each record more, which the inventory keeps\n")
        sys.stdout.flush()
    return missed
