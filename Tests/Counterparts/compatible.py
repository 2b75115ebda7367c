"""Scans a service that others wrote, and compares what is found with what must be.

    compatible.py TENURE SERVER_PYTHON FAKETIME WORK

The service is the package openai-responses on a socket, under the library of faketime, so that it stamps objects in
the past. The
official client fills it. What must be found is computed here from when each object was made, by itself.
"""
import csv
import json
import os
import subprocess
import sys
import warnings
from datetime import datetime, timedelta, timezone

import openai

warnings.simplefilter("ignore", DeprecationWarning)

HERE = os.path.dirname(os.path.abspath(__file__))
AS_OF = datetime(2026, 11, 20, tzinfo=timezone.utc)
DAY = timedelta(days=1)
POLICIES = """
apiVersion: tenure/v1
kind: RetentionPolicy
metadata: {name: threads}
spec:
  match: {kinds: [thread]}
  clock: {from: lastActivity, counts: [user]}
  keep: {atMost: 90d}
  overdueAfter: 7d
---
apiVersion: tenure/v1
kind: RetentionPolicy
metadata: {name: files}
spec:
  match: {kinds: [file]}
  clock: {from: created}
  keep: {atMost: 180d}
---
apiVersion: tenure/v1
kind: RetentionPolicy
metadata: {name: stores}
spec:
  match: {kinds: [vectorStore]}
  clock: {from: lastActivity}
  keep: {atMost: 300d}
---
apiVersion: tenure/v1
kind: RetentionPolicy
metadata: {name: assistants}
spec:
  match: {kinds: [assistant]}
  clock: {from: created}
  keep: {atMost: 60d}
---
apiVersion: tenure/v1
kind: LegalHold
metadata: {name: matter}
spec:
  matter: Acme
  match: {kinds: [thread], metadata: {tenant: acme}}
  from: 2026-01-01
  approvedBy: counsel
---
apiVersion: tenure/v1
kind: HoldRegister
metadata: {name: holds}
spec: {asOf: 2026-11-19, maxAge: 7d, holds: [matter]}
---
apiVersion: tenure/v1
kind: Source
metadata: {name: other}
spec:
  type: openai
  address: URL
  credentials: {env: TENURE_COUNTERPART_KEY}
  registry: [{file: REGISTRY, kind: thread, complete: true}]
  acceptedGaps:
    - kinds: [conversation, item, response, chatCompletion, container, containerFile, batch, upload]
      reason: The service has none of them
      ticket: PRIV-1
      until: 2027-01-01
"""


class Service:
    """The service, its client, and its clock."""

    def __init__(self, python, faketime, work):
        self.clock = os.path.join(work, "clock")
        self.at(300)
        environment = {**os.environ, "LD_PRELOAD": faketime, "FAKETIME_TIMESTAMP_FILE": self.clock,
                       "FAKETIME_NO_CACHE": "1", "TZ": "UTC", "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen([python, os.path.join(HERE, "responses_server.py"), "0"], text=True,
                                        stdout=subprocess.PIPE, env=environment)
        self.url = self.process.stdout.readline().strip()
        self.client = openai.OpenAI(api_key="any", base_url=self.url, max_retries=0, timeout=60)

    def at(self, days):
        """Sets the service's clock to so many days before the scan."""
        with open(self.clock, "w") as file:
            file.write((AS_OF - days * DAY).strftime("%Y-%m-%d %H:%M:%S"))


def seed(service):
    """Fills the service. Gives the ids of the threads, and what must be found: (policy, id) and its state."""
    client, threads, expected = service.client, [], {}

    def thread(name, created, messages, run=None, **metadata):
        service.at(created)
        made = client.beta.threads.create(metadata={"name": name, **metadata})
        threads.append(made.id)
        for days in messages:
            service.at(days)
            client.beta.threads.messages.create(made.id, role="user", content=name)
        if run is not None:
            service.at(run)
            client.beta.threads.runs.create(made.id, assistant_id=assistant.id)
        # The newest of the thread, its messages and its runs; due at 90 days, a violation from 97.
        age = min([created, *messages, *([] if run is None else [run])])
        state = "allowed" if age < 90 else "held" if metadata.get("tenant") == "acme" else \
            "due" if age < 97 else "overdue"
        if state != "allowed":
            expected["threads", made.id] = state
        return made

    service.at(50)
    assistant = client.beta.assistants.create(model="gpt-4o", name="young")
    service.at(61)
    old = client.beta.assistants.create(model="gpt-4o", name="old")
    expected["assistants", old.id] = "overdue"
    thread("never used", 200, [])
    thread("long ago", 300, [250, 200, 98])
    thread("just due", 300, [90])
    thread("at the tolerance's end", 300, [97])
    thread("a day before", 300, [96])
    thread("alive", 300, [200, 89])
    thread("alive by a run", 300, [200], run=10)
    thread("held", 300, [250], tenant="acme")
    thread("held and alive", 300, [5], tenant="acme")
    thread("twenty messages", 299, [298] * 20)
    gone = thread("gone", 299, [298])
    client.beta.threads.delete(gone.id)
    del expected["threads", gone.id]
    # Once more: this service says 200, and that it deleted nothing.
    assert not client.beta.threads.delete(gone.id).deleted

    def file(days):
        service.at(days)
        return client.files.create(file=("f.txt", b"x"), purpose="assistants").id

    young, loose, used, removed = file(179), file(180), file(250), file(251)
    expected["files", loose] = "overdue"
    expected["files", used] = "in-use"
    service.at(310)
    store = client.vector_stores.create(name="s", file_ids=[used, removed, young])
    # The service never says when a store was active last: at some time since it was made.
    assert client.vector_stores.retrieve(store.id).last_active_at is None
    expected["stores", store.id] = "undetermined"
    # A file that is gone stays in the store's list here.
    client.files.delete(removed)
    assert removed in [file.id for file in client.vector_stores.files.list(store.id)]
    return threads, expected


def scan(tenure, work, url, threads):
    policies = os.path.join(work, "policies")
    os.makedirs(policies, exist_ok=True)
    registry = os.path.join(policies, "threads.csv")
    with open(registry, "w", newline="") as file:
        csv.writer(file).writerows([["id"], *([id] for id in threads)])
    with open(os.path.join(policies, "rules.yaml"), "w") as file:
        file.write(POLICIES.replace("URL", url).replace("REGISTRY", registry))
    report = os.path.join(work, "report.json")
    run = subprocess.run([tenure, "scan", "--policies", policies, "--as-of", AS_OF.strftime("%Y-%m-%dT%H:%M:%SZ"),
                          "--report", f"json={report}"], text=True, capture_output=True,
                         env={**os.environ, "TENURE_COUNTERPART_KEY": "any"})
    assert run.returncode in (1, 3), run.stderr
    with open(report) as file:
        return run.returncode, json.load(file)


def found(report):
    return {(finding["policy"], finding["id"]): finding["state"] for finding in report["findings"]}


def complete(report):
    return {kind["kind"] for source in report["sources"] for kind in source["kinds"] if kind["complete"]}


def main(tenure, python, faketime, work):
    os.makedirs(work, exist_ok=True)
    service = Service(python, faketime, work)
    try:
        threads, expected = seed(service)
        code, report = scan(tenure, work, service.url, threads)
        assert found(report) == expected, {
            "missing": sorted(expected.items() - found(report).items()),
            "too many": sorted(found(report).items() - expected.items())}
        assert code == 1
        kinds = {"thread", "message", "run", "runStep", "assistant", "file", "vectorStore", "vectorStoreFile"}
        assert complete(report) == kinds, complete(report)

        # With more than twenty messages the service says that there are more, and gives none.
        service.at(298)
        for _ in range(25):
            service.client.beta.threads.messages.create(threads[0], role="user", content="x")
        _, report = scan(tenure, work, service.url, threads)
        assert "message" not in complete(report)
        states = {state for (policy, _), state in found(report).items() if policy == "threads"}
        # What was read makes some fine for certain; nothing that was not read makes any overdue.
        assert "overdue" not in states and "due" not in states, states
        print(f"openai-responses, scanned live: {len(expected)} findings as expected, and none from a list that lies")
    finally:
        service.process.terminate()
        service.process.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
