"""Times what is done to documents alone: lint over 200 policies that have to be compared pair by pair, and
test over 1,000 tests of them. Prints one row each: CPU and elapsed seconds of the quickest run, beside the goal.

usage: rules.py TENURE DIRECTORY [RUNS]
"""

import os
import pathlib
import resource
import subprocess
import sys
import time

KINDS = ["thread", "conversation", "response", "file", "vectorStore"]
CONDITIONS = [
    "has(object.owner) && object.owner != 'system'",
    "object.bytes > {n}00000 || object.status in ['failed', 'expired']",
    "!has(object.metadata.pinned) && object.source.startsWith('eu-{n}')",
    "has(object.metadata.tier) && object.metadata.tier.matches('^(gold|silver)-[0-9]+$')",
    "object.usedBy.exists(u, u.kind == 'message')",
    "age(object.created) > days({n}) && object.tenant in ['t{n}', 'u{n}']",
]
HEAD = "---\napiVersion: tenure/v1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec:\n"


def policy(n):
    """Every second has a condition, every tenth keeps, and each shares its product with three others."""
    text = HEAD.format(kind="RetentionPolicy", name=f"policy-{n}")
    match = [f"kinds: [{KINDS[n % 5]}, {KINDS[(n + 2) % 5]}]", f"metadata: {{product: p{n // 4}}}"]
    if n % 3 == 0:
        match.append('sources: ["eu-*", "us-?"]')
    if n % 2 == 0:
        match.append('where: "' + CONDITIONS[n // 2 % len(CONDITIONS)].format(n=n % 7 + 1) + '"')
    keep = f"{{atLeast: {n % 30 + 1}d, basis: statutory}}" if n % 10 == 9 else f"{{atMost: {n + 40}d}}"
    return text + f"  match: {{{', '.join(match)}}}\n  clock: {{from: created}}\n  keep: {keep}\n"


def test(n, policies):
    """A young record, one that is due, and one of another product."""
    number = n % policies
    while number % 2 == 0 or number % 10 == 9 or number % 3 == 0:
        number = (number + 1) % policies
    kind, product = KINDS[number % 5], f"p{number // 4}"
    records = [("young", "2026-11-19", product), ("old", "2020-01-01", product), ("other", "2020-01-01", "none")]
    text = HEAD.format(kind="PolicyTest", name=f"test-{n}")
    text += f"  asOf: 2026-11-20\n  policies: [policy-{number}]\n  records:\n"
    for name, created, of in records:
        text += f"    - {{kind: {kind}, id: {name}-{n}, source: us-1, created: {created}, metadata: {{product: {of}}}}}\n"
    text += "  expect:\n"
    for name, state in [("young", "allowed"), ("old", "overdue"), ("other", "none")]:
        text += f"    - {{policy: policy-{number}, id: {name}-{n}, state: {state}}}\n"
    return text


def write(directory, policies, tests):
    directory.mkdir(parents=True, exist_ok=True)
    register = HEAD.format(kind="HoldRegister", name="holds") + "  {asOf: 2026-11-20, maxAge: 7d, holds: []}\n"
    (directory / "rules.yaml").write_text(register + "".join(policy(n) for n in range(policies)))
    (directory / "tests.yaml").write_text("".join(test(n, policies) for n in range(tests)))


def run(command, runs):
    """CPU and elapsed seconds of the quickest run, and what it printed last."""
    best, said = None, ""
    for _ in range(runs):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        result = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "CI": "1"})
        elapsed, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        if result.returncode not in (0, 1):
            sys.exit(f"bench: {' '.join(command)}: exit {result.returncode}\n{result.stderr}{result.stdout[-2000:]}")
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = min(best or (cpu, elapsed), (cpu, elapsed))
        said = result.stdout.strip().splitlines()[-1]
    return best, said


def main():
    tenure, directory = sys.argv[1], pathlib.Path(sys.argv[2])
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    write(directory / "linted", 200, 0)
    write(directory / "tested", 200, 1000)
    as_of = ["--as-of", "2026-11-20T00:00:00Z"]
    rows = [
        ("lint, 200 policies", [tenure, "lint", "--policies", str(directory / "linted")] + as_of, "1 s"),
        ("test, 1,000 tests of 200 policies", [tenure, "test", "--policies", str(directory / "tested")], "1 s"),
    ]
    print("| documents alone | CPU s | elapsed s | goal | said |\n|---|---|---|---|---|")
    for name, command, goal in rows:
        (cpu, elapsed), said = run(command, runs)
        print(f"| {name} | {cpu:.2f} | {elapsed:.2f} | {goal} | {said} |", flush=True)


if __name__ == "__main__":
    main()
