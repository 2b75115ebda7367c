"""How much of an unchanged service a second scan reads again."""

import contextlib
import datetime
import http.server
import json
import os
import socketserver
import subprocess
import sys
import threading
import time

THREADS, DUE, DAY = 2_000, 20, 86_400
GOAL = 0.03


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True


@contextlib.contextmanager
def served(now):
    """Threads of three messages, and two runs of a step each; of a hundred one is due today. Answers the port, and a
    list of which the first element counts what is asked of threads."""
    asked = [0]
    lock = threading.Lock()

    def active(thread):
        return now - (95 if thread % (THREADS // DUE) == 0 else 20 + thread % 40) * DAY

    def body(path):
        if path[0] != "threads":
            return {"object": "list", "data": [], "has_more": False}
        with lock:
            asked[0] += 1
        thread, last = path[1], active(int(path[1].removeprefix("thread_")))
        common = {"created_at": last - 10 * DAY, "thread_id": thread, "status": "completed"}
        if len(path) == 2:
            return {"id": thread, "object": "thread", "created_at": last - 10 * DAY, "metadata": {}}
        if path[-1] == "messages":
            data = [{"id": f"msg_{thread}_{number}", "object": "thread.message", "created_at": last - number,
                     "thread_id": thread, "role": "user", "content": []} for number in range(3)]
        elif path[-1] == "runs":
            data = [dict(common, id=f"run_{thread}_{number}", object="thread.run") for number in range(2)]
        else:
            data = [dict(common, id=f"step_{path[3]}", object="thread.run.step", run_id=path[3])]
        return {"object": "list", "data": data, "has_more": False}

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            answer = json.dumps(body(self.path.split("?")[0].removeprefix("/v1/").split("/"))).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *arguments):
            pass

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()


def documents(directory, port):
    os.makedirs(directory, exist_ok=True)
    ids = os.path.join(directory, "ids.txt")
    with open(ids, "w") as file:
        file.writelines(f"thread_{number}\n" for number in range(THREADS))
    parts = [
        ("Source", "service", {
            "type": "openai", "address": f"http://127.0.0.1:{port}/v1", "credentials": {"env": "TENURE_BENCH_KEY"},
            "fullEvery": "30d", "registry": [{"file": ids, "kind": "thread", "complete": True}]}),
        ("RetentionPolicy", "threads", {
            "match": {"kinds": ["thread"]}, "clock": {"from": "lastActivity"}, "keep": {"atMost": "90d"}}),
    ]
    with open(os.path.join(directory, "rereading.yaml"), "w") as file:
        for kind, name, spec in parts:
            file.write(f"---\n{json.dumps({'apiVersion': 'tenure/v1', 'kind': kind, 'metadata': {'name': name}, 'spec': spec})}\n")
    return directory


def bench(tenure, work):
    """Prints what it measured; answers the goals that were missed."""
    now = int(time.time())
    ledger, report = os.path.join(work, "rereading.db"), os.path.join(work, "rereading.json")
    for path in (ledger, ledger + "-wal", ledger + "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.remove(path)
    os.environ["TENURE_BENCH_KEY"] = "sk-bench"
    with served(now) as (port, asked):
        directory = documents(os.path.join(work, "rereading-policies"), port)

        def scan(days_ago):
            asked[0] = 0
            as_of = datetime.datetime.fromtimestamp(now - days_ago * DAY, datetime.timezone.utc)
            run = subprocess.run(
                [tenure, "scan", "--policies", directory, "--ledger", ledger, "--as-of",
                 as_of.strftime("%Y-%m-%dT%H:%M:%SZ"), "--report", f"json={report}"], capture_output=True, text=True)
            if run.returncode not in (0, 1, 3):
                sys.exit(f"rereading: exit {run.returncode}\n{run.stderr[-2000:]}")
            with open(report) as file:
                return asked[0], json.load(file)

        first, _ = scan(10)
        second, answer = scan(0)
    found = sum(finding["state"] == "overdue" for finding in answer["findings"])
    if found != DUE or answer["summary"]["records"] != THREADS * 8:
        sys.exit(f"rereading: {found} threads are overdue, and {answer['summary']['records']} records were counted")
    met = second <= GOAL * first
    print(f"\nA second scan of {THREADS:,} threads, of which {DUE} have come to their deadline: {second:,} requests of "
          f"threads after {first:,}, {second / first:.1%}{'; goal met' if met else '; GOAL MISSED'}")
    sys.stdout.flush()
    return [] if met else [f"rereading: {second / first:.1%} of the first scan's requests; the goal is {GOAL:.0%}"]
