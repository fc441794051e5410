"""Installs, uses, upgrades, removes and purges the Debian package in a bare Debian."""
import json
import os
import pathlib
import shutil
import subprocess
import unittest

from debian_root import DebianRoot, get

PACKAGE = pathlib.Path(os.environ.get("BINGEFRIEND_DEB", ""))
OLDER = pathlib.Path(os.environ.get("BINGEFRIEND_OLDER_DEB", ""))
STATE = "/var/lib/bingefriend"


class Package(unittest.TestCase):
    def setUp(self):
        self.root = DebianRoot(self)

    def install(self, package):
        shutil.copy(package, self.root / "tmp")
        return self.root.run("apt-get", "install", "-y", "--no-install-recommends", f"/tmp/{package.name}")

    def as_service(self, *arguments):
        return self.root.run("bingefriend", *arguments, user="bingefriend", folder=STATE)

    def enabled(self):
        wanted = (self.root / "etc/systemd/system").glob("*.wants/bingefriend*")
        return sorted(f"{path.parent.name}/{path.name}" for path in wanted)

    def test_installs_upgrades_and_purges(self):
        self.install(OLDER)
        self.assertEqual(self.enabled(), ["multi-user.target.wants/bingefriend-api.service",
                                          "timers.target.wants/bingefriend-pipeline.timer"])
        self.assertEqual(self.root.run("stat", "-c", "%U:%G %a", STATE, "/etc/default/bingefriend"),
                         "bingefriend:bingefriend 750\nroot:bingefriend 640\n")

        self.as_service("pipeline")
        lists = self.as_service("export")
        self.assertEqual(len(lists.splitlines()), 381)
        url = self.root.serve("bingefriend", "serve", "--port", "0", user="bingefriend", folder=STATE)
        status, body = get(url + "/shows/169/recommendations?n=3")
        self.assertEqual((status, json.loads(body)["count"]), (200, 3))
        self.assertEqual(get(url + "/recommendations/health")[0], 200)
        self.root.assert_page(url)

        with open(self.root / "etc/default/bingefriend", "a") as file:
            file.write("ALLOWED_ORIGINS=https://mine.example\n")
        (self.root / "etc/default/bingefriend-api").write_text("API_KEY=a-key-of-mine\n")
        (self.root / "etc/default/bingefriend-api").chmod(0o644)
        subprocess.run(["systemctl", f"--root={self.root.path}", "--quiet", "disable", "bingefriend-pipeline.timer"], check=True)
        self.install(PACKAGE)
        version = subprocess.check_output(["dpkg-deb", "-f", PACKAGE, "Version"], text=True).strip()
        self.assertEqual(self.root.run("dpkg-query", "-W", "-f", "${db:Status-Status} ${Version}", "bingefriend"),
                         f"installed {version}")
        self.assertIn("mine.example", (self.root / "etc/default/bingefriend").read_text())
        self.assertEqual(self.root.run("stat", "-c", "%U:%G %a", "/etc/default/bingefriend", "/etc/default/bingefriend-api"),
                         "root:bingefriend 640\n" * 2, "settings may be passwords, the administrator's own files too")
        self.assertEqual(self.enabled(), ["multi-user.target.wants/bingefriend-api.service"], "an upgrade keeps the choice")
        self.assertEqual(self.as_service("export"), lists)

        self.root.run("apt-get", "remove", "-y", "bingefriend")
        self.assertFalse((self.root / "usr/bin/bingefriend").exists())
        self.assertTrue((self.root / STATE / "data/recommendations.db").exists(), "a removal keeps the state")
        self.assertIn("mine.example", (self.root / "etc/default/bingefriend").read_text())
        self.install(PACKAGE)
        self.assertEqual(self.as_service("export"), lists)

        self.root.run("apt-get", "purge", "-y", "bingefriend")
        left = self.root.run("find", "/etc", "/usr", "/var", "/run", "-xdev", "-name", "*bingefriend*")
        self.assertEqual(left, "")

    def test_manual_completion_and_environment_match_the_program(self):
        self.install(PACKAGE)
        manual = subprocess.check_output(["gzip", "-dc", self.root / "usr/share/man/man1/bingefriend.1.gz"], text=True)
        self.assertEqual(manual, self.root.run("bingefriend", "manual"))
        completion = (self.root / "usr/share/bash-completion/completions/bingefriend").read_text()
        self.assertEqual(completion, self.root.run("bingefriend", "completion"))
        self.assertEqual((self.root / "etc/default/bingefriend").read_text(),
                         self.root.run("bingefriend", "settings", "--format", "env"))
        output = self.root.run("bingefriend", "pipeline", "--catalogue", "/usr/share/bingefriend/sample/catalogue.ndjson", folder="/tmp")
        self.assertIn("published: generation 1 ", output)

    def test_units_are_valid_and_restricted(self):
        self.install(PACKAGE)
        folder = self.root / "usr/lib/systemd/system"
        units = sorted(path.name for path in folder.glob("bingefriend*.*") if path.is_file())
        self.assertEqual(units, ["bingefriend-api.service", "bingefriend-pipeline.service", "bingefriend-pipeline.timer"])
        # The units refer to targets of systemd, which the bare root does not have.
        for target in pathlib.Path("/usr/lib/systemd/system").glob("*.target"):
            shutil.copy(target, folder)
        verified = subprocess.run(["systemd-analyze", "verify", "--man=no", f"--root={self.root.path}",
                                   *(f"/usr/lib/systemd/system/{unit}" for unit in units)], text=True, capture_output=True)
        self.assertEqual([line for line in verified.stderr.splitlines() if "bingefriend" in line], [])
        for unit in ("bingefriend-api.service", "bingefriend-pipeline.service"):
            rated = subprocess.run(["systemd-analyze", "security", "--offline=yes", "--threshold=12",
                                    f"--root={self.root.path}", unit], text=True, capture_output=True)
            self.assertEqual(rated.returncode, 0, rated.stdout + rated.stderr)
            own = (folder / unit).read_text()
            for limit in ("MemoryMax", "TasksMax"):
                self.assertRegex(own, rf"(?m)^{limit}=\d+", unit)
        self.assertIn("Sun *-*-* 09:00:00 UTC", (folder / "bingefriend-pipeline.timer").read_text())

    def test_passes_lintian(self):
        checked = subprocess.run(["lintian", "--allow-root", "--fail-on", "error", PACKAGE],
                                 text=True, capture_output=True)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)


if __name__ == "__main__":
    unittest.main()
