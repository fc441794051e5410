"""Runs tests/page/*.mjs: the page in a headless Chromium, served from SQLite and from MariaDB."""
import pathlib
import subprocess
import unittest

import mariadb
from program import PROGRAM, ProgramTest, test_tools

ROOT = pathlib.Path(__file__).resolve().parent.parent
HOSTILE = {
    "id": 900_001, "name": "Evil <script>globalThis.hacked = 1</script> & Sons", "genres": ["Drama", "Crime"], "type": "Scripted",
    "language": "English", "premiered": "2008-01-20", "rating": {"average": 7.5},
    "image": {"medium": "https://posters.example/evil.jpg", "original": "https://posters.example/evil-large.jpg"},
    "summary": "<p>Before the script.<script>globalThis.hacked = 1</script> <b onmouseover='globalThis.hacked = 1'>Bold</b> &amp; plain "
               "&lt;i&gt;not a tag&lt;/i&gt;.</p><img src='https://tracker.example/x.png' onerror='globalThis.hacked = 1'>"
               "<iframe src='https://tracker.example/'></iframe><p>A drug cartel and a teacher.</p>",
}


class Page(ProgramTest):
    def publish(self):
        """Publishes two generations of the sample and a hostile show."""
        sample = (ROOT / "sample/catalogue.ndjson").read_text(encoding="utf-8").splitlines(keepends=True)
        self.write_catalogue([HOSTILE])
        with open(self.folder / "shows.ndjson", "a", encoding="utf-8") as file:
            file.writelines(sample[:-1])
        self.succeed("pipeline", "--catalogue", "shows.ndjson")
        with open(self.folder / "shows.ndjson", "a", encoding="utf-8") as file:
            file.writelines(sample[-1:])
        self.succeed("pipeline", "--catalogue", "shows.ndjson")

    def run_browser(self, *options):
        self.environment |= {"BINGEFRIEND": PROGRAM, "TEST_TOOLS": str(test_tools())}
        run = subprocess.run(["node", "--test", *options, ROOT / "tests/page/page.test.mjs"], cwd=self.folder, env=self.environment, text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=1_700)
        self.assertEqual(run.returncode, 0, run.stdout)
        self.assertIn("# fail 0", run.stdout)

    def test_works_with_sqlite(self):
        self.publish()
        self.run_browser()

    def test_works_with_mariadb(self):
        server = mariadb.server()
        self.environment["DATABASE_URL"] = server.url(server.new_database())
        self.succeed("migrate")
        self.publish()
        self.run_browser("--test-name-pattern=while the user types|card links|sliders|filters|status page shows")


if __name__ == "__main__":
    unittest.main()
