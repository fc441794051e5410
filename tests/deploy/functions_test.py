"""Runs the Functions package in a root with only a shell, like the Functions host."""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import unittest

from debian_root import PROJECT, DebianRoot, get, stop

PACKAGE = pathlib.Path(os.environ.get("BINGEFRIEND_FUNCTIONS", ""))
SITE = "home/site/wwwroot"
# Queries for the functions that need more than a path.
QUERIES = {"recommendations": "?like=169", "shows/search": "?q=breaking", "get_shows_bulk": "?show_ids=169"}
BODIES = {"recommendations/similar": {"text": "A chemistry teacher makes drugs."}}


def bare_root():
    """Creates a root with BusyBox (one static program) and the usual folders: no C library, no certificates."""
    root = pathlib.Path(tempfile.mkdtemp(prefix="bare."))
    root.chmod(0o755)
    for folder in ("bin", "usr/bin", "proc", "dev", "tmp", "etc", SITE):
        (root / folder).mkdir(parents=True)
    (root / "tmp").chmod(0o1777)
    shutil.copy("/bin/busybox", root / "bin/busybox")
    for name in ("sh", "env", "dirname", "setpriv"):
        (root / "bin" / name).symlink_to("busybox")
    (root / "etc/passwd").write_text("root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/home:/bin/sh\n")
    (root / "etc/group").write_text("root:x:0:\napp:x:1000:\n")
    subprocess.run(["cmake", "-E", "tar", "xf", PACKAGE], cwd=root / SITE, check=True)
    return root


class Functions(unittest.TestCase):
    def setUp(self):
        self.root = DebianRoot(self, base=bare_root())
        self.site = self.root / SITE

    def command(self, *arguments, **environment):
        variables = [f"{key}={value}" for key, value in environment.items()]
        return ["chroot", "--userspec=1000:1000", str(self.root.path), "/bin/env", "-i", "PATH=/bin", *variables,
                "/bin/sh", "-c", f'cd /{SITE} && exec "$@"', "sh", *arguments]

    def test_starts_and_serves_its_routes(self):
        host = json.loads((self.site / "host.json").read_text())
        handler = host["customHandler"]["description"]
        database = "sqlite:////tmp/recommendations.db"
        program = f"./{handler['defaultExecutablePath']}"
        done = subprocess.run(self.command(program, "pipeline", "--data-dir", "/tmp/data", DATABASE_URL=database), text=True,
                              capture_output=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = subprocess.Popen(self.command(program, *handler["arguments"], DATABASE_URL=database,
                                                FUNCTIONS_CUSTOMHANDLER_PORT=port), stdout=subprocess.DEVNULL)
        self.addCleanup(stop, process)
        prefix = host["extensions"]["http"]["routePrefix"]
        answered = set()
        for function in self.site.glob("*/function.json"):
            (trigger,) = (binding for binding in json.loads(function.read_text())["bindings"] if binding["type"] == "httpTrigger")
            path = trigger["route"].replace("{show_id}", "169")
            status, body = get(f"http://127.0.0.1:{port}/{prefix}/{path}{QUERIES.get(path, '')}", BODIES.get(path))
            self.assertEqual(status, 200, f"{path}: {body}")
            answered.add(path)
        self.assertLessEqual({"shows/169/recommendations", "shows/169", "recommendations/stats", "recommendations/health",
                              *QUERIES, *BODIES}, answered)

    def test_includes_authorities_and_mysql_plugins(self):
        self.assertIn("BEGIN CERTIFICATE", (self.site / "lib/ca-certificates.crt").read_text())
        linked = subprocess.check_output(["ldd", PROJECT / "build/release/bingefriend"], text=True)
        if "libmariadb" in linked:
            self.assertTrue((self.site / "lib/plugin/caching_sha2_password.so").exists())
        inside = subprocess.run(self.command("./bingefriend", "--version"), text=True, capture_output=True)
        self.assertEqual(inside.returncode, 0, inside.stderr)


if __name__ == "__main__":
    unittest.main()
