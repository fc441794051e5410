"""Schemathesis makes valid and invalid requests from docs/openapi.yaml and validates every response."""
import os
import pathlib
import subprocess
import unittest

from program import ProgramTest, Server

ROOT = pathlib.Path(__file__).resolve().parent.parent
KEY = "the key of this test"
SECONDS = 300  # it takes about 20 s; the number of requests limits it


class Schemathesis(ProgramTest):
    def test_finds_no_error(self):
        program = subprocess.check_output([ROOT / "scripts/install-schemathesis"], text=True, timeout=900).strip()
        self.succeed("pipeline")
        self.environment["API_KEY"] = KEY
        server = Server(self)
        command = [program, "--config-file", ROOT / "tests/schemathesis/schemathesis.toml", "run", ROOT / "docs/openapi.yaml",
                   "--url", f"http://127.0.0.1:{server.port}", "--checks", "all", "--header", f"X-API-Key: {KEY}",
                   "--generation-database", "none", "--request-timeout", "10", "--no-color"]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, cwd=self.folder, env=environment, text=True, timeout=SECONDS,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(done.returncode, 0, done.stdout)


if __name__ == "__main__":
    unittest.main()
