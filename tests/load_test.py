"""Expensive requests take bounded memory and do not delay others."""
import collections
import contextlib
import http.client
import json
import pathlib
import re
import socket
import threading
import time
import unittest

from program import ProgramTest, Server, some_shows

PAGE = "/get_shows_bulk?limit=1000"


COMPUTED = ["/shows/search?q=x", "/recommendations?like=1", "/shows/1/recommendations?genre=Drama", PAGE, "/catalogue", "/generations",
            "/recommendations/distribution", "/runs"]
INDEXED = ["/shows/1/recommendations?n=7", "/shows/2", "/recommendations/health", "/recommendations/stats", "/livez", "/readyz",
           "/openapi.json", "/"]

ANSWERED = 200, None, None
REFUSED = 503, "1", "unavailable"


def peak_mb(server):
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


class SlowClient:
    """Sends a request and reads the head of the response."""

    def __init__(self, test, server, target):
        self.socket = socket.socket()
        test.addCleanup(self.socket.close)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.settimeout(60)
        self.socket.connect(("127.0.0.1", server.port))
        self.socket.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        self.response = http.client.HTTPResponse(self.socket, method="GET")
        self.response.begin()

    def rest(self):
        return self.response.read()


class Load(ProgramTest):
    def ask(self, server, target):
        """Returns the status, whether there is a Retry-After, and the code of an error."""
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        with contextlib.closing(connection):
            connection.request("GET", target)
            response = connection.getresponse()
            body = response.read()
            code = json.loads(body)["code"] if response.status >= 400 else None
            return response.status, response.getheader("Retry-After"), code

    def test_a_full_compute_queue_does_not_delay_other_requests(self):
        self.succeed("pipeline", "--catalogue", self.write_catalogue(some_shows(60)))
        self.environment |= {"COMPUTE_THREADS": "1", "COMPUTE_QUEUE": "1", "ANSWER_CACHE_MB": "0"}
        server = Server(self)
        seen, stop = collections.Counter(), threading.Event()

        def keep_asking():
            while not stop.is_set():
                seen.update(self.ask(server, target) for target in COMPUTED)

        threads = [threading.Thread(target=keep_asking) for _ in range(8)]
        for thread in threads:
            thread.start()
        try:
            end = time.monotonic() + 120
            while not (seen[REFUSED] and seen[ANSWERED]):
                self.assertLess(time.monotonic(), end, seen)
                for target in INDEXED:
                    self.assertEqual(self.ask(server, target), ANSWERED, target)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        self.assertEqual(set(seen), {ANSWERED, REFUSED})
        self.assertEqual({self.ask(server, target) for target in COMPUTED}, {ANSWERED})

    def test_large_pages_for_slow_clients_take_little_memory(self):
        shows = some_shows(300)
        for show in shows:
            show["summary"] += " word" * 12_000
        self.succeed("pipeline", "--catalogue", self.write_catalogue(shows))
        server = Server(self)
        status, page = server.get(PAGE)
        self.assertEqual((status, page["total"], len(page["shows"])), (200, 300, 300))
        self.assertEqual([show["summary"] for show in page["shows"]], [show["summary"] for show in shows])
        bytes_of_page = len(json.dumps(page))
        self.assertGreater(bytes_of_page, 17_000_000)
        clients = [SlowClient(self, server, PAGE) for _ in range(32)]
        self.assertEqual({client.response.status for client in clients}, {200})
        self.assertLess(peak_mb(server), 200)
        for client in clients[::8]:
            self.assertEqual(json.loads(client.rest()), page)
        self.assertLess(peak_mb(server), 200)


if __name__ == "__main__":
    unittest.main()
