"""A bare Debian 12 for installing, running and purging.

scripts/test-deploy makes the base once, in a mount and process namespace of its own that takes every mount and
process along when it ends; each test gets a writable layer over it.
"""
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
BASE = os.environ.get("DEBIAN_ROOT", "")
ENVIRONMENT = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root",
               "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}


def mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)


class DebianRoot:
    """A layer over the base. Programs in it see only the network of this machine."""

    def __init__(self, test, base=BASE):
        if not base:
            raise unittest.SkipTest("run by scripts/test-deploy")
        folder = pathlib.Path(tempfile.mkdtemp(prefix="layer."))
        for name in ("upper", "work", "root"):
            (folder / name).mkdir()
        self.path = folder / "root"
        mount("-t", "overlay", "overlay", "-o", f"lowerdir={base},upperdir={folder / 'upper'},workdir={folder / 'work'}",
              self.path)
        mount("-t", "proc", "proc", self.path / "proc")
        mount("--bind", "/dev", self.path / "dev")
        self.test = test
        test.addCleanup(self.unmount)

    def unmount(self):
        subprocess.run(["umount", "-R", self.path], check=True)

    def __truediv__(self, path):
        return self.path / str(path).lstrip("/")

    def command(self, *arguments, user="root", folder="/", environment=None):
        variables = [f"{key}={value}" for key, value in {**ENVIRONMENT, **(environment or {})}.items()]
        groups = "--clear-groups" if user.isdigit() else "--init-groups"
        return ["chroot", str(self.path), "setpriv", "--reuid", user, "--regid", user, groups, "env", "-i", "-C", folder,
                *variables, *map(str, arguments)]

    def try_to(self, *arguments, **where):
        return subprocess.run(self.command(*arguments, **where), text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)

    def run(self, *arguments, **where):
        done = self.try_to(*arguments, **where)
        self.test.assertEqual(done.returncode, 0, f"{arguments}:\n{done.stdout}")
        return done.stdout

    def serve(self, *arguments, **where):
        """Starts a server and returns the URL from its first line; the server ends with the test."""
        process = subprocess.Popen(self.command(*arguments, **where), text=True, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        self.test.addCleanup(stop, process)
        line = process.stdout.readline()
        self.test.assertIn("http://", line)
        return "http://127.0.0.1:" + line.rsplit(":", 1)[1].split()[0]

    def assert_page(self, url):
        """Checks that the web page and all its files are served."""
        status, page = get(url + "/")
        self.test.assertEqual(status, 200, page)
        assets = re.findall(r'(?:href|src)="(assets/[^"]+)"', page)
        self.test.assertIn("assets/app.js", assets)
        for asset in assets:
            self.test.assertEqual(get(f"{url}/{asset}")[0], 200, asset)


def stop(process):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    return process.returncode


def get(url, body=None, seconds=60, key=None):
    """Returns status and body, as soon as a server listens. Posts `body` as JSON; sends `key` if given."""
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
    request = urllib.request.Request(url, None if body is None else json.dumps(body).encode(), headers)
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)  # between two attempts to connect
