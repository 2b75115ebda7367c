"""Puts the package openai-responses, a mock of OpenAI's API for one process, on a socket of this machine.

    responses_server.py PORT

It is an Assistants service that others wrote. It takes any key, and holds what it was given until it ends.
"""
import http.server
import sys
import threading

import httpx
from openai_responses import OpenAIMock

router = OpenAIMock().router
# The package is not made for two threads.
lock = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = httpx.Request(self.command, f"https://api.openai.com{self.path}", headers=dict(self.headers),
                                content=body)
        with lock:
            try:
                response = router.handler(request)
            except Exception as error:
                # What the package has no route for, it refuses with an exception.
                response = httpx.Response(404, json={"detail": type(error).__name__})
        content = response.content
        self.send_response(response.status_code)
        self.send_header("Content-Type", response.headers.get("content-type", "application/json"))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_DELETE = answer

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
    print(f"http://127.0.0.1:{server.server_port}/v1", flush=True)
    server.serve_forever()
