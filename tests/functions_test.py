"""Simulates the Azure Functions host: starts the handler from host.json, and forwards requests."""
import http.client
import json
import pathlib
import shutil
import socket
import subprocess
import time
import unittest

import yaml

from program import PROGRAM, ProgramTest, some_shows

PROJECT = pathlib.Path(__file__).resolve().parent.parent
APP = PROJECT / "deploy/functions"
# The page, the documents and the routes about one process are not functions.
OF_A_SERVER = {"/", "/status", "/assets/{name}", "/docs", "/openapi.json", "/livez", "/readyz", "/metrics"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class FunctionsHost(ProgramTest):
    def setUp(self):
        super().setUp()
        self.succeed("pipeline", "--catalogue", self.write_catalogue(some_shows(200)))
        shutil.copytree(APP, self.folder / "app")
        (self.folder / "app/bingefriend").symlink_to(PROGRAM)
        self.host = json.loads((APP / "host.json").read_text())
        self.environment["DATABASE_URL"] = f"sqlite:///{self.folder}/data/recommendations.db"

    def start_handler(self):
        """Returns the time from the start of the process to its first response, and that response."""
        handler = self.host["customHandler"]
        self.assertTrue(handler["enableForwardingHttpRequest"])
        self.port = free_port()
        environment = {**self.environment, "PORT": "1", "FUNCTIONS_CUSTOMHANDLER_PORT": str(self.port)}
        begin = time.monotonic()
        process = subprocess.Popen(["./" + handler["description"]["defaultExecutablePath"], *handler["description"]["arguments"]],
                                   cwd=self.folder / "app", env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(lambda: (process.terminate(), process.communicate(timeout=30)))
        while True:
            try:
                response = self.forward("GET", "/api/shows/1/recommendations?n=3")
                return time.monotonic() - begin, response
            except ConnectionRefusedError:
                self.assertIsNone(process.poll(), "the handler ended")

    def forward(self, method, path):
        """Forwards a request like the host: same method, path and query, with its own headers added."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, headers={
                "Host": f"127.0.0.1:{self.port}", "User-Agent": "Azure-Functions-Host/4.1037.0", "Accept": "*/*",
                "X-Azure-Functions-HostVersion": "4.1037.0", "X-Azure-Functions-InvocationId": "0d5f3f0e-7a5b-4c7a-9a92-6e4a8a9ce1f4",
                "X-Forwarded-For": "203.0.113.7:51234", "X-Forwarded-Proto": "https", "Disguised-Host": "app.azurewebsites.net",
                "X-Original-URL": path, "X-Arr-Log-Id": "2f1c", "Client-Ip": "203.0.113.7:51234"})
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()

    def triggers(self):
        """Returns the trigger of every function, by name."""
        functions = {path.parent.name: json.loads(path.read_text())["bindings"] for path in APP.glob("*/function.json")}
        for bindings in functions.values():
            self.assertEqual(next(b for b in bindings if b["direction"] == "out")["type"], "http")
        return {name: next(b for b in bindings if b["type"] == "httpTrigger") for name, bindings in functions.items()}

    def test_the_host_finds_every_route_of_the_functions(self):
        self.start_handler()
        prefix = self.host["extensions"]["http"]["routePrefix"]
        for name, trigger in self.triggers().items():
            path = f"/{prefix}/" + trigger["route"].replace("{show_id}", "1")
            status, body = self.forward("GET" if "get" in trigger["methods"] else "POST", path)
            self.assertIn(status, (200, 400), f"{name}: {body}")

    def test_every_api_path_has_a_function_with_the_same_key_rule(self):
        paths = yaml.safe_load((PROJECT / "docs/openapi.yaml").read_text())["paths"]
        documented = {path.lstrip("/"): [(method, "function" if "security" in operation else "anonymous")
                                         for method, operation in item.items() if method in ("get", "post")]
                      for path, item in paths.items() if path not in OF_A_SERVER}
        functions = {trigger["route"]: [(method, trigger["authLevel"]) for method in trigger["methods"] if method in ("get", "post")]
                     for trigger in self.triggers().values()}
        self.assertEqual(functions, documented)
        for name, trigger in self.triggers().items():
            self.assertEqual("head" in trigger["methods"], "get" in trigger["methods"], name)
            self.assertIn("options", trigger["methods"], name)

    def test_a_cold_start_responds_at_once(self):
        starts = [self.start_handler() for _ in range(3)]
        for _, (status, body) in starts:
            self.assertEqual((status, body["count"]), (200, 3))
        self.assertLess(min(took for took, _ in starts), 10, "a generous limit, because this machine may be busy")

    def test_forwards_bad_requests_and_unknown_shows_unchanged(self):
        self.start_handler()
        self.assertEqual(self.forward("GET", "/api/shows/abc/recommendations")[0], 400)
        self.assertEqual(self.forward("GET", "/api/shows/999999/recommendations")[0], 404)
        self.assertEqual(self.forward("GET", "/nowhere")[0], 404)


if __name__ == "__main__":
    unittest.main()
