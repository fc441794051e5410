"""Runs scripts/soak for 30 s: the server responds under load, without errors and with flat memory, while
generations are published and the database server is killed and restarted."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest

import mariadb
from program import PROGRAM

SOAK = pathlib.Path(__file__).resolve().parent.parent / "scripts/soak"


class Soak(unittest.TestCase):
    def hold(self, *arguments):
        done = subprocess.run([sys.executable, SOAK, "--program", PROGRAM, "--minutes", "0.5", "--every", "0.2", "--pause", "0.01",
                               *arguments], capture_output=True, text=True, timeout=600)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_finds_no_error_on_sqlite(self):
        report = self.hold()
        self.assertEqual(set(report["answers"]), {"200", "404"})
        self.assertGreater(report["published"], 3)

    def test_finds_no_error_on_a_mariadb_that_is_killed(self):
        server = mariadb.Mariadb(*mariadb.SMALL)
        self.addCleanup(server.close)
        folder = tempfile.TemporaryDirectory(prefix="bingefriend test ")
        self.addCleanup(folder.cleanup)
        again, done = (pathlib.Path(folder.name) / name for name in ("again", "done"))
        os.mkfifo(again)
        os.mkfifo(done)
        restarts, failures = [], []

        def restart():  # on each request of the command, which waits for the reply
            while again.read_text() == "again\n":
                server.kill()
                try:
                    server.start()
                    restarts.append(server.process.pid)
                except RuntimeError as log:
                    failures.append(str(log))
                done.write_text("failed\n" if failures else "done\n")

        thread = threading.Thread(target=restart)
        thread.start()
        try:
            report = self.hold("--database-url", server.url(server.new_database()),
                               "--restart", f"echo again >'{again}'; grep -q done '{done}'")
        finally:
            again.write_text("end\n")
            thread.join()
            self.assertEqual(failures, [], "MariaDB did not restart")
        self.assertLessEqual(set(report["answers"]), {"200", "404", "503"})
        self.assertGreater(len(restarts), 0)
        self.assertGreater(report["published"], 3)


if __name__ == "__main__":
    unittest.main()
