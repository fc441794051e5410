"""Tests compose.yaml (valid, consistent with the program, every service confined), scripts/compose-up, and the verified
database connection, with the same certificates, accounts and flags on a local MariaDB."""
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

from checkers import PROGRAM, PROJECT, check, documents, keys_read_by, text

sys.path.insert(0, str(PROJECT / "tests"))
import mariadb  # noqa: E402

MADE = {"MYSQL_ROOT_PASSWORD", "WRITER_PASSWORD", "READER_PASSWORD", "API_KEY", "STORAGE_KEY"}


def filled_in(value, variables):
    """Substitutes variables like Compose: ${NAME:-default} and ${NAME:?message}."""
    return re.sub(r"\$\{(\w+):([-?])([^}]*)\}", lambda m: variables.get(m[1]) or (m[3] if m[2] == "-" else ""), value)


class Compose(unittest.TestCase):
    def setUp(self):
        (self.compose,) = documents("compose.yaml")
        self.services = self.compose["services"]

    def test_is_valid(self):
        self.assertEqual(check("compose", "compose.yaml"), [])

    def test_starts_all_services_in_order(self):
        self.assertEqual(set(self.services), {"certificates", "mysql", "azurite", "migrate", "pipeline", "api"})
        self.assertEqual(self.services["mysql"]["image"], "mysql:8.4")
        waits = {name: {of: how["condition"] for of, how in service.get("depends_on", {}).items()}
                 for name, service in self.services.items()}
        self.assertEqual(waits["mysql"], {"certificates": "service_completed_successfully"})
        self.assertEqual(waits["migrate"], {"mysql": "service_healthy"})
        for name in ("pipeline", "api"):
            self.assertEqual(waits[name]["migrate"], "service_completed_successfully")
        self.assertEqual(self.services["pipeline"]["entrypoint"], "every-week")

    def test_every_service_has_few_rights_and_limits(self):
        for name, service in self.services.items():
            self.assertEqual(service["cap_drop"], ["ALL"], name)
            self.assertNotIn("cap_add", service, name)
            self.assertNotIn("privileged", service, name)
            self.assertEqual(service["security_opt"], ["no-new-privileges:true"], name)
            self.assertIs(service["read_only"], True, name)
            for limit in ("mem_limit", "cpus", "pids_limit"):
                self.assertTrue(service[limit], f"{name}: {limit}")
            for volume in service.get("volumes", []):
                self.assertNotIn("docker.sock", volume)
        self.assertEqual(self.services["mysql"]["user"], "mysql")
        self.assertEqual(self.services["mysql"]["environment"]["MYSQL_ROOT_HOST"], "localhost")

    def test_only_the_api_is_reachable_and_only_from_this_machine(self):
        ports = {name: service["ports"] for name, service in self.services.items() if "ports" in service}
        self.assertEqual(set(ports), {"api"})
        self.assertTrue(all(port.startswith("127.0.0.1:") for port in ports["api"]))
        networks = {name: set(service.get("networks", [])) for name, service in self.services.items()}
        self.assertEqual(networks, {"certificates": set(), "mysql": {"database"}, "azurite": {"storage"}, "migrate": {"database"},
                                    "pipeline": {"database", "storage", "outside"}, "api": {"database", "outside"}})
        self.assertEqual(self.services["certificates"]["network_mode"], "none")
        for name in ("database", "storage"):
            self.assertTrue(self.compose["networks"][name]["internal"])

    def test_sets_only_settings_that_the_programs_read(self):
        of_the_schedule = set(re.findall(r"\$\{(PIPELINE_\w+):-", text("deploy/docker/every-week")))
        self.assertLessEqual(set(self.services["pipeline"]["environment"]), keys_read_by("pipeline") | of_the_schedule)
        self.assertLessEqual(set(self.services["migrate"]["environment"]), keys_read_by("pipeline"))
        self.assertLessEqual(set(self.services["api"]["environment"]), keys_read_by("serve"))
        self.assertLessEqual({"API_KEY", "RATE_LIMIT"}, set(self.services["api"]["environment"]))

    def test_every_variable_has_a_value_and_is_documented(self):
        source = re.sub(r"^\s*#.*$", "", text("compose.yaml"), flags=re.M)
        rows = {name for row in re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", text("docs/operating/deployment.md"), re.M)
                for name in re.findall(r"\w+", row)}
        for name, default in re.findall(r"(?<!\$)\$\{?(\w+)(:[-?])?", source):
            self.assertIn(name, MADE if default == ":?" else rows - MADE, name)
            self.assertIn(name, rows, name)
            self.assertNotEqual(default, "", f"{name} has neither default nor message")

    def test_every_file_and_volume_exists(self):
        for name, service in self.services.items():
            for volume in service.get("volumes", []):
                source = volume.split(":")[0]
                if source.startswith("."):
                    self.assertTrue((PROJECT / source).exists(), source)
                    self.assertTrue(volume.endswith(":ro"), volume)
                else:
                    self.assertIn(source, self.compose["volumes"])
            if "build" in service:
                dockerfile = text(service["build"]["dockerfile"])
                self.assertRegex(dockerfile, rf"(?m)^FROM \S+ AS {service['build']['target']}$")
        for sources in re.findall(r"^COPY (?:--\S+ )*(.+) \S+$", text("deploy/docker/Dockerfile"), re.M):
            for source in sources.split():
                self.assertTrue((PROJECT / source).exists(), source)

    def test_only_the_database_gets_the_private_key(self):
        having = {name for name, service in self.services.items()
                  if any(volume.startswith("certificates:") for volume in service.get("volumes", []))}
        self.assertEqual(having, {"certificates", "mysql"})
        for name in ("mysql", "migrate", "pipeline", "api"):
            for volume in self.services[name]["volumes"]:
                if volume.startswith(("certificates:", "authority:")):
                    self.assertTrue(volume.endswith(":ro"), f"{name}: {volume}")


class ComposeUp(unittest.TestCase):
    """Runs with a fake docker only."""

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.folder / "scripts").mkdir()
        (self.folder / "bin").mkdir()
        shutil.copy(PROJECT / "scripts/compose-up", self.folder / "scripts")
        (self.folder / "bin/docker").write_text("#!/bin/sh\necho \"docker: $*\"\n")
        (self.folder / "bin/docker").chmod(0o755)
        self.env = self.folder / ".env"

    def run_it(self, *arguments):
        done = subprocess.run([self.folder / "scripts/compose-up", *arguments], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              cwd="/", env={"PATH": f"{self.folder}/bin:{os.environ['PATH']}"})
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(stat.S_IMODE(self.env.stat().st_mode), 0o600)
        return done.stdout

    def variables(self):
        return dict(line.split("=", 1) for line in self.env.read_text().splitlines() if "=" in line)

    def test_creates_key_and_passwords_once_and_prints_none(self):
        said = self.run_it("--wait")
        made = self.variables()
        self.assertEqual(set(made), MADE)
        self.assertEqual(len(set(made.values())), len(MADE))
        for name, value in made.items():
            self.assertGreaterEqual(len(value), 32, name)
            self.assertNotIn(value, said)
        self.assertIn(f"API_KEY in {self.env}", said)
        self.assertIn("docker: compose up --build --detach --wait", said)
        self.run_it()
        self.assertEqual(self.variables(), made, "the same across runs")

    def test_keeps_existing_values_and_protects_the_file(self):
        self.env.write_text("BINGEFRIEND_PORT=9000\nAPI_KEY=mine")
        self.env.chmod(0o644)
        said = self.run_it()
        self.assertEqual((self.variables()["BINGEFRIEND_PORT"], self.variables()["API_KEY"]), ("9000", "mine"))
        self.assertLessEqual(MADE, set(self.variables()), "a last line without a newline stays a separate line")
        self.assertNotIn("mine", said.replace(str(self.folder), ""))


class VerifiedDatabase(unittest.TestCase):
    """Runs what Compose starts, without containers: make-certificates, the database flags that MariaDB also has,
    mysql-users.sh, and the URLs of the pipeline and the API."""

    @classmethod
    def setUpClass(cls):
        (compose,) = documents("compose.yaml")
        cls.services = compose["services"]
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        for name in ("certificates", "authority", "other", "other_authority"):
            (cls.folder / name).mkdir()
        cls.make_certificates("certificates", "authority")
        cls.make_certificates("other", "other_authority")
        flags = [flag.replace("/certificates/", f"{cls.folder}/certificates/") for flag in cls.services["mysql"]["command"]
                 if flag.startswith(("--ssl-", "--tls-version"))]
        assert len(flags) == 4 and "--require-secure-transport=ON" in cls.services["mysql"]["command"]
        cls.server = mariadb.Mariadb(*mariadb.SMALL, *flags, "--bind-address=127.0.0.1,127.0.0.2")
        cls.addClassCleanup(cls.server.close)
        cls.passwords = {f"{name}_PASSWORD": f"{name.lower()}-0123456789" for name in ("WRITER", "READER")}
        client = cls.folder / "mysql"  # for this server, with no settings of the machine
        client.write_text(f'#!/bin/sh\nexec {shutil.which("mysql")} --no-defaults --socket={cls.server.path}/socket "$@"\n')
        client.chmod(0o755)
        subprocess.run([PROJECT / "deploy/docker/mysql-users.sh"], check=True, env={
            **cls.passwords, "MYSQL_ROOT_PASSWORD": "", "SQL_FOLDER": str(PROJECT / "deploy/sql"),
            "PATH": f"{cls.folder}:{os.environ['PATH']}"})
        # The last statements without TLS.
        cls.accounts = cls.server.ask(None, "SELECT user, ssl_type FROM mysql.user WHERE user LIKE 'bingefriend%' ORDER BY user")
        cls.server.ask(None, "SET GLOBAL require_secure_transport = ON")

    @classmethod
    def make_certificates(cls, *folders):
        return subprocess.run([PROJECT / "deploy/docker/make-certificates", *(cls.folder / folder for folder in folders)], check=True,
                              text=True, capture_output=True).stdout

    def url(self, service, host="127.0.0.1"):
        url = filled_in(self.services[service]["environment"]["DATABASE_URL"], self.passwords)
        self.assertIn("@mysql:3306/", url)
        return url.replace("mysql:3306", f"{host}:{self.server.port}").replace("/authority/", f"{self.folder}/authority/")

    def program(self, url, *arguments):
        return subprocess.run([PROGRAM, *arguments], env={"DATABASE_URL": url, "PATH": os.environ["PATH"]}, cwd=self.folder, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def refused(self, url, *arguments):
        done = self.program(url, *(arguments or ("stats",)))
        self.assertEqual(done.returncode, 1, done.stdout)
        for password in self.passwords.values():
            self.assertNotIn(password, done.stdout)
        return done.stdout

    def test_the_certificate_fits_and_its_key_is_protected(self):
        certificates = self.folder / "certificates"
        subprocess.run(["openssl", "verify", "-CAfile", self.folder / "authority/ca.pem", "-verify_hostname", "mysql",
                        "-purpose", "sslserver", certificates / "server.pem"], check=True, capture_output=True)
        self.assertEqual(sorted(path.name for path in certificates.iterdir()), ["ca.pem", "server.key", "server.pem"],
                         "nothing else can be signed: the authority's key is gone")
        self.assertEqual([path.name for path in (self.folder / "authority").iterdir()], ["ca.pem"])
        self.assertEqual(stat.S_IMODE((certificates / "server.key").stat().st_mode), 0o640)
        before = (certificates / "server.pem").read_bytes()
        self.assertEqual(self.make_certificates("certificates", "authority"), "")
        self.assertEqual((certificates / "server.pem").read_bytes(), before, "created once")

    def test_replaces_a_truncated_or_expiring_certificate(self):
        for name in ("short", "short_authority"):
            (self.folder / name).mkdir()
        for damage in (lambda server: None, lambda server: server.unlink(), lambda server: server.write_text("")):
            damage(self.folder / "short/server.pem") if (self.folder / "short/server.pem").exists() else None
            self.assertIn("created ", self.make_certificates("short", "short_authority"))
            self.assertEqual((self.folder / "short/ca.pem").read_bytes(), (self.folder / "short_authority/ca.pem").read_bytes())

    def test_pipeline_and_api_use_verified_connections(self):
        published = self.program(self.url("pipeline"), "pipeline")
        self.assertEqual(published.returncode, 0, published.stdout)
        read = self.program(self.url("api"), "stats")
        self.assertEqual(read.returncode, 0, read.stdout)
        self.assertIn("381", read.stdout)
        self.assertIn("denied", self.refused(self.url("api"), "populate"))
        self.assertEqual(self.program(self.url("api"), "stats").stdout, read.stdout, "the account of the API reads the same")

    def test_refuses_another_authority_or_name_and_no_encryption(self):
        for service in ("pipeline", "migrate", "api"):
            self.assertIn("certificate", self.refused(self.url(service).replace("/authority/", "/other_authority/")).lower())
        self.refused(self.url("api", host="127.0.0.2"))
        plain = self.url("api").split("?")[0] + "?ssl=false"
        self.refused(plain)
        self.assertEqual(self.accounts, (("bingefriend_reader", "ANY"), ("bingefriend_writer", "ANY")), "the accounts also require TLS")


if __name__ == "__main__":
    unittest.main()
