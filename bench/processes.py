"""Processes that the server benchmarks start, and the targets that they request."""
import http.client
import json
import os
import pathlib
import re
import subprocess
import time


class Process:
    def __init__(self, arguments, ready, **options):
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, **options)
        ready(self)

    def stop(self):
        self.process.terminate()
        self.process.communicate(timeout=60)


class Api(Process):
    def __init__(self, program, url, **settings):
        environment = {**os.environ, "DATABASE_URL": url, **{key: str(value) for key, value in settings.items()}}
        begin = time.monotonic()

        def ready(self):
            self.port = int(self.process.stdout.readline().rsplit(":", 1)[1].split()[0])
            self.get("/shows/%d/recommendations" % settings.get("first_show", 1))
            self.started_in = time.monotonic() - begin

        super().__init__([program, "serve", "--port", "0"], ready, env=environment)

    def get(self, target):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", target)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, body

    def resident_mb(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024

    def cpu_ms(self):
        """Returns the CPU time of all threads."""
        tasks = pathlib.Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e6


def published(program, catalogue, folder):
    """Publishes a catalogue in a new SQLite database in the folder, and returns its URL."""
    url = f"sqlite:///{folder}/bench.db"
    subprocess.run([program, "pipeline", "--catalogue", catalogue, "--data-dir", f"{folder}/data", "--database-url", url],
                   check=True, stdout=subprocess.DEVNULL)
    return url


def shows_with_lists(program, url):
    output = subprocess.Popen([program, "export", "--database-url", url], stdout=subprocess.PIPE, text=True)
    ids = [show["id"] for show in map(json.loads, output.stdout) if show["top"]]
    output.wait()
    return ids
