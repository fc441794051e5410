"""Runs the program like a user: in a temporary folder, with its own environment."""
import http.client
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest

PROGRAM = os.environ.get("BINGEFRIEND", str(pathlib.Path(__file__).resolve().parent.parent / "build/release/bingefriend"))


def settings():
    """Returns the table of every setting that the program reads."""
    return json.loads(subprocess.check_output([PROGRAM, "settings", "--format", "json"], text=True, cwd="/"))


SETTINGS = {setting["key"] for setting in settings()}


def test_tools():
    """Returns the folder of the servers and checkers from the npm registry; installs missing ones."""
    script = pathlib.Path(__file__).resolve().parent.parent / "scripts/install-test-tools"
    return pathlib.Path(subprocess.check_output([script], text=True, timeout=900).strip())


def read_terminal(terminal):
    """Reads what a program writes to its terminal until it ends. Closes the terminal."""
    seen = b""
    try:
        while more := os.read(terminal, 4_096):
            seen += more
    except OSError:  # Linux reports that nobody has the terminal open any more
        pass
    os.close(terminal)
    return seen.decode()


class ProgramTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="bingefriend test ")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.environment = {k: v for k, v in os.environ.items() if k not in SETTINGS}

    def start(self, *arguments, **options):
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        return subprocess.Popen([PROGRAM, *map(str, arguments)], cwd=self.folder, env=self.environment, text=True, **options)

    def run_program(self, *arguments, **options):
        with self.start(*arguments, **options) as process:
            output, errors = process.communicate(timeout=300)
        return process.returncode, output, errors

    def succeed(self, *arguments, **options):
        code, output, errors = self.run_program(*arguments, **options)
        self.assertEqual(code, 0, errors)
        return output

    def wait_until(self, condition, what, timeout=60):
        """Polls until the condition holds. Fails with `what` after `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while not condition():
            self.assertLess(time.monotonic(), deadline, what)
            time.sleep(0.02)

    def fail_with(self, code, *arguments, **options):
        """Returns the only line on the standard error of a run that exits with this code."""
        actual, _, errors = self.run_program(*arguments, **options)
        self.assertEqual(actual, code, errors)
        lines = [line for line in errors.splitlines() if line.strip()]
        self.assertEqual(len(lines), 1, errors)
        self.assertTrue(lines[0].startswith("bingefriend: "), errors)
        return lines[0]

    def kill_at_random_moments(self, chance, times, *arguments, how=signal.SIGKILL):
        """Repeats a command until the signal `how` has killed it `times` times, each time at a random moment.
        Yields after each run."""
        began = time.monotonic()
        self.succeed(*arguments)
        duration = time.monotonic() - began
        while times:
            began = time.monotonic()
            process = self.start(*arguments)
            try:
                process.communicate(timeout=chance.uniform(0, duration))
                duration = time.monotonic() - began  # it may be faster than before
            except subprocess.TimeoutExpired:  # still running: kill it now
                process.send_signal(how)
                process.communicate()
                times -= process.returncode == -how
            yield

    def exported(self):
        return {line["id"]: line["top"] for line in map(json.loads, self.succeed("export").splitlines())}

    def write_catalogue(self, shows, name="shows.ndjson"):
        with open(self.folder / name, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(show) + "\n" for show in shows)
        return name


class Server:
    """Runs `bingefriend serve` on a free port; ends it by its process id."""

    def __init__(self, test, *arguments, **options):
        self.process = test.start("serve", "--port", "0", *arguments, **options)
        test.addCleanup(self.stop)
        self.first_line = self.process.stdout.readline()
        self.port = int(self.first_line.rsplit(":", 1)[1].split()[0])

    def get(self, target):
        return self.request("GET", target)

    def post(self, target, body):
        return self.request("POST", target, json.dumps(body), {"Content-Type": "application/json"})

    def request(self, method, target, body=None, headers={}):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, target, body, headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.communicate(timeout=30)
        return self.process.returncode


def some_shows(n):
    """Returns a catalogue in which every show has a different list."""
    words = "detective murder city war king family school robot space ocean cook judge song island love".split()
    kinds = ["Drama", "Crime", "Comedy", "Romance", "Nature"]
    return [{"id": i + 1, "name": f"Show {i}", "genres": [kinds[i % 5], kinds[i * 7 % 5]], "type": "Scripted",
             "language": "English" if i % 3 else None, "network": {"name": f"Network {i % 7}"},
             "summary": " ".join(words[(i * k + k) % len(words)] for k in range(1, 9))} for i in range(n)]
