"""Tests the server from the view of operators: generations, restarts, logs, metrics, signals."""
import gzip
import http.client
import json
import re
import resource
import signal
import socket
import threading
import time
import unittest

from program import ProgramTest, Server, some_shows


class Serving(ProgramTest):
    def publish(self, shows, *arguments):
        self.succeed("pipeline", "--catalogue", self.write_catalogue(some_shows(shows)), *arguments)

    def ask(self, server, target, headers=None, method="GET"):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        try:
            connection.request(method, target, headers=headers or {})
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    def test_serves_a_new_generation_without_a_restart(self):
        self.publish(60)
        server = Server(self)
        first, before = self.ask(server, "/shows/1/recommendations")
        self.publish(60, "--genre-weight", "0")
        tag = {"If-None-Match": first.getheader("ETag")}
        self.wait_until(lambda: self.ask(server, "/shows/1/recommendations", tag)[0].status == 200, "the new generation is not served")
        response, after = self.ask(server, "/shows/1/recommendations", tag)
        self.assertNotEqual(after, before)
        self.assertEqual(json.loads(after)["recommendations"][0]["similarity_score"], self.exported()[1][0][1])
        self.succeed("generations", "rollback")
        self.wait_until(lambda: self.ask(server, "/shows/1/recommendations", tag)[0].status == 304, "the rollback is not served")
        self.assertEqual(self.ask(server, "/shows/1/recommendations")[1], before)

    def test_every_response_is_from_one_generation(self):
        self.publish(60)
        server = Server(self)
        stop = threading.Event()
        seen, faults = {}, []

        def keep_asking():
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            while not stop.is_set():
                connection.request("GET", "/shows/2/recommendations")
                response = connection.getresponse()
                body, tag = response.read(), response.getheader("ETag")
                if response.status != 200 or seen.setdefault(tag, body) != body:
                    faults.append((response.status, tag))
            connection.close()

        threads = [threading.Thread(target=keep_asking) for _ in range(4)]
        for thread in threads:
            thread.start()
        try:
            for generations, weight in enumerate(("0", "0.9", "0.2"), start=2):
                self.publish(60, "--genre-weight", weight)
                self.wait_until(lambda: len(seen) == generations, "the new generation is not served")
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        self.assertEqual(faults, [])

    def test_returns_503_until_the_database_is_available(self):
        server = Server(self)
        response, body = self.ask(server, "/shows/1/recommendations")
        self.assertEqual(response.status, 503)
        self.assertGreater(int(response.getheader("Retry-After")), 0)
        self.assertEqual(json.loads(body)["code"], "unavailable")
        self.assertEqual(self.ask(server, "/livez")[0].status, 200)
        self.assertEqual(self.ask(server, "/readyz")[0].status, 503)
        self.publish(30)
        self.wait_until(lambda: self.ask(server, "/readyz")[0].status == 200, "the server does not recover")
        self.assertEqual(self.ask(server, "/shows/1/recommendations")[0].status, 200)

    def test_finishes_active_requests_on_shutdown(self):
        self.publish(30)
        server = Server(self)
        connections = [http.client.HTTPConnection("127.0.0.1", server.port, timeout=60) for _ in range(20)]
        for connection in connections:
            connection.request("GET", "/shows/1/recommendations")
        answers = [connection.getresponse() for connection in connections]
        server.process.send_signal(signal.SIGTERM)
        self.assertTrue(all(json.loads(response.read())["show_id"] == 1 for response in answers))
        def ended_by_repeated_signals():
            server.process.send_signal(signal.SIGTERM)
            return server.process.poll() is not None

        self.wait_until(ended_by_repeated_signals, "the server did not stop")
        self.assertEqual(server.stop(), 0)
        with self.assertRaises(ConnectionRefusedError):
            self.ask(server, "/livez")

    def test_the_access_log_has_every_request_and_no_key(self):
        self.publish(30)
        self.environment.update(ACCESS_LOG="json", API_KEY="hunter2")
        server = Server(self)
        self.ask(server, "/api/shows/1/recommendations?n=2", {"X-Request-Id": "one", "User-Agent": "test \"x\""})
        self.ask(server, "/metrics?code=hunter2", {"X-API-Key": "hunter2"})
        server.process.send_signal(signal.SIGTERM)
        output, errors = server.process.communicate(timeout=60)
        self.assertNotIn("hunter2", output + errors)
        lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
        self.assertEqual([line["status"] for line in lines], [200, 200])
        self.assertEqual((lines[0]["request_id"], lines[0]["route"], lines[0]["user_agent"]),
                         ("one", "/shows/{show_id}/recommendations", 'test "x"'))

    def test_metrics_have_the_prometheus_format(self):
        self.publish(30)
        server = Server(self)
        self.ask(server, "/shows/1/recommendations")
        response, body = self.ask(server, "/metrics")
        self.assertTrue(response.getheader("Content-Type").startswith("text/plain; version=0.0.4"))
        line = re.compile(r'(# (HELP|TYPE) .+|[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? [0-9.e+-]+|.* \+?(Inf|NaN)|)')
        for text in body.decode().split("\n"):
            self.assertTrue(line.fullmatch(text), text)
        self.assertIn("bingefriend_generation_shows 30\n", body.decode())

    def test_compresses_responses_on_request(self):
        self.publish(60)
        server = Server(self)
        plain = self.ask(server, "/shows/1/recommendations?n=20")[1]
        for _ in range(2):
            response, packed = self.ask(server, "/shows/1/recommendations?n=20", {"Accept-Encoding": "gzip"})
            self.assertEqual(response.getheader("Content-Encoding"), "gzip")
            self.assertEqual(gzip.decompress(packed), plain)
            self.assertLess(len(packed), len(plain) / 2)

    def slow_clients(self, server, number):
        """Opens clients of two addresses that never finish their headers."""
        clients = []
        for i in range(number):
            client = socket.create_connection(("127.0.0.1", server.port), 10, source_address=(f"127.0.0.{2 + i % 2}", 0))
            self.addCleanup(client.close)
            client.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\nX: a")
            clients.append(client)
        return clients

    def check_that_others_are_answered(self, server):
        times = []
        for _ in range(20):
            began = time.monotonic()
            self.assertEqual(self.ask(server, "/shows/1/recommendations")[0].status, 200)
            times.append(time.monotonic() - began)
        self.assertLess(sorted(times)[10], 1, "slow clients delay others")  # 0.1 s on an idle machine

    def test_closes_slow_clients_that_hold_all_connections(self):
        self.publish(60)
        self.environment.update(MAX_CONNECTIONS="200", MAX_CONNECTIONS_PER_ADDRESS="100")
        server = Server(self)
        self.slow_clients(server, 200)
        self.check_that_others_are_answered(server)

    def test_closes_slow_clients_that_use_all_descriptors(self):
        self.publish(60)
        server = Server(self, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)))
        self.slow_clients(server, 150)
        self.check_that_others_are_answered(server)
        self.assertEqual(self.ask(server, "/readyz")[0].status, 200)

    def test_invalid_settings_end_it_with_one_line(self):
        for key, value in ("ACCESS_LOG", "yes"), ("RATE_LIMIT", "-1"), ("TRUSTED_PROXIES", "my-proxy"), ("MAX_CONNECTIONS", "x"):
            self.environment[key] = value
            self.assertIn(key, self.fail_with(2, "serve", "--port", "0"))
            del self.environment[key]


if __name__ == "__main__":
    unittest.main()
