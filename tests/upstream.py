"""A show service, a season service and a TVmaze that fail on purpose: an HTTP server in a separate process.

    python3 tests/upstream.py SCENARIO.json

Prints its port, then one line per request. Reads the scenario again for every request:

    {"shows": [...],             # show objects, or
     "count": 350,               # this many generated ones
     "delay": 0.05,              # seconds before every response
     "updates": true,            # whether TVmaze has a list of changes
     "faults": [{"at": "offset=100&", "times": 2, "do": "status", "status": 500, "headers": {}}]}

A fault applies to the first `times` requests (default: all) whose target contains `at`.
"""
import http.server
import json
import socket
import struct
import sys
import threading
import time
import urllib.parse


def made_up_show(i):
    words = "detective murder city war king family school robot space ocean cook judge song island love".split()
    kinds = ["Drama", "Crime", "Comedy", "Romance", "Nature"]
    return {"id": i + 1, "name": f"Show {i}", "genres": [kinds[i % 5], kinds[i * 7 % 5]], "type": "Scripted",
            "language": "English" if i % 3 else None, "webchannel": {"name": f"Channel {i % 7}"}, "updated": 1000 + i,
            "summary": "<p>" + " ".join(words[(i * k + k) % len(words)] for k in range(1, 9)) + "</p>"}


class Upstream:
    def __init__(self, path):
        self.path = path
        self.lock = threading.Lock()
        self.met = {}
        self.text = None
        self.read()

    def read(self):
        with open(self.path, encoding="utf-8") as file:
            text = file.read()
        if text != self.text:
            self.text = text
            self.scenario = json.loads(text)
            self.shows = self.scenario.get("shows") or [made_up_show(i) for i in range(self.scenario.get("count", 0))]
        return self.scenario

    def fault(self, target):
        """Returns the fault of this request, or {}."""
        with self.lock:
            for fault in self.read().get("faults", []):
                key = json.dumps(fault, sort_keys=True)
                if fault["at"] in target and self.met.get(key, 0) < fault.get("times", float("inf")):
                    self.met[key] = self.met.get(key, 0) + 1
                    return fault
            return {}

    def answer(self, target):
        """Returns status and JSON of a healthy upstream."""
        url = urllib.parse.urlsplit(target)
        query = {key: int(values[0]) for key, values in urllib.parse.parse_qs(url.query).items()}
        parts = url.path.strip("/").split("/")
        if url.path == "/api/get_shows_bulk":
            page = self.shows[query["offset"]:][:query["limit"]]
            return 200, {"shows": page, "total": len(page), **query}
        if url.path == "/shows":
            page = [show for show in self.shows if show["id"] // 250 == query["page"]]
            return (200, page) if query["page"] <= max(show["id"] for show in self.shows) // 250 else (404, None)
        if url.path == "/updates/shows" and self.scenario.get("updates", True):
            return 200, {str(show["id"]): show["updated"] for show in self.shows}
        if parts[0] == "shows" and parts[-1] == "seasons":
            return 200, [{"number": 1, "summary": f"<p>submarine season of {parts[1]}</p>"}]
        if parts[0] == "shows" and len(parts) == 2:
            found = [show for show in self.shows if show["id"] == int(parts[1])]
            return (200, found[0]) if found else (404, None)
        return 404, None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        sys.stdout.write(self.path + "\n")  # one write: print would mix the lines of threads
        sys.stdout.flush()
        upstream = self.server.upstream
        fault = upstream.fault(self.path)
        time.sleep(upstream.scenario.get("delay", 0))
        status, value = upstream.answer(self.path)
        body = json.dumps(value).encode()
        getattr(self, "do_" + fault.get("do", "nothing"))(fault, status, body)

    def send(self, status, body, length=None, headers=None):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_nothing(self, _, status, body):
        self.send(status, body)

    def do_status(self, fault, *_):
        self.send(fault["status"], b"no", headers=fault.get("headers"))

    def do_reset(self, *_):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def do_stall(self, _, status, body):
        """Sends half of the body, then nothing until the client disconnects."""
        self.send(status, body[:len(body) // 2], length=len(body))
        self.wfile.flush()
        self.connection.recv(1)
        self.close_connection = True

    def do_silence(self, *_):
        self.connection.recv(1)
        self.close_connection = True

    def do_body(self, fault, *_):
        self.send(200, fault["body"].encode())

    def do_cut_json(self, _, status, body):
        self.send(status, body[:len(body) * 2 // 3])

    def do_cut_shows(self, fault, *_):
        """Sends a page of the wrong size."""
        status, page = self.server.upstream.answer(self.path)
        if status != 200:
            return self.send(status, b"no")
        page["shows"] = (page["shows"] + self.server.upstream.shows)[:fault["size"]]
        return self.send(200, json.dumps(page).encode())

    def do_longer(self, _, status, body):
        """Declares more bytes than it sends."""
        self.send(status, body, length=len(body) + 100)
        self.close_connection = True

    def do_shorter(self, _, status, body):
        self.send(status, body, length=len(body) - 100)
        self.close_connection = True

    def do_gigabytes(self, *_):
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            self.wfile.write(b'{"shows":[')
            while True:
                self.wfile.write(b" " * (1 << 20))
        except OSError:
            pass

    def do_drip(self, _, status, body):
        """Sends one byte at a time, very slowly."""
        self.send(status, b"", length=len(body))
        try:
            for byte in body:
                self.wfile.write(bytes([byte]))
                time.sleep(0.02)
        except OSError:
            self.close_connection = True

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_):  # the tests disconnect in the middle on purpose
        pass


def main():
    with Server(("127.0.0.1", 0), Handler) as server:
        server.upstream = Upstream(sys.argv[1])
        print(server.server_address[1], flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
