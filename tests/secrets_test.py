"""No secret in a setting or flag appears in anything that the program prints or writes, whatever fails."""
import http.client
import os
import pathlib
import re
import stat
import unittest

from program import ProgramTest, Server, settings

# A password as people write it, and its parts: none of them may appear.
PASSWORD = "p4ss@w0rd:x1yz/r2d2?q3q4#t5t5"
PARTS = ["p4ss", "w0rd", "x1yz", "r2d2", "q3q4", "t5t5"]
ESCAPED = "p4ss%40w0rd%3Ax1yz%2Fr2d2%3Fq3q4%23t5t5"

# Correct and wrong ways to put a password into a value. Nothing listens on port 1.
VALUES = {
    "escaped": f"SCHEME://user:{ESCAPED}@127.0.0.1:1/db?sig=w0rd",
    "unescaped": f"SCHEME://user:{PASSWORD}@127.0.0.1:1/db",
    "unescaped, with a slash": "SCHEME://user:x@p4ss/w0rd@127.0.0.1:1/db",
    "a connection string": "AccountName=a1;AccountKey=cDRzcw==p4ss;BlobEndpoint=http://127.0.0.1:1/a1",
}
SCHEMES = {"DATABASE_URL": "mysql", "SMTP_URL": "smtp"}

ALL_USED = {"FETCH_ATTEMPTS": "1", "FETCH_FIRST_PAUSE_MS": "0"}
# Notifications are tried three times, so enable them only if the setting needs them.
NOTIFYING = {"PIPELINE_NOTIFICATION_EMAIL": "ops@example.org", "SMTP_URL": "smtp://127.0.0.1:1"}
COMMANDS = [("settings",), ("stats",), ("notify", "--test"), ("upload",), ("serve", "--host", "nowhere"),
            ("pipeline", "--with-seasons", "--max-shows", "5"), ("pipeline", "--source", "tvmaze", "--log-format", "json")]
FLAGS = ["show-service-url", "season-service-url", "tvmaze-url", "database-url", "connection-string"]


def used_with(key):
    return ALL_USED | (NOTIFYING if re.match("SMTP|NOTIFY|PIPELINE_NOTIFICATION", key) else {})


class Secrets(ProgramTest):
    def assert_hidden(self, text, what):
        for part in PARTS:
            self.assertNotIn(part, text, what)

    def assert_hidden_in_files(self, what):
        for path in self.folder.rglob("*"):
            if path.is_file():
                self.assert_hidden(path.read_bytes().decode("latin-1"), f"{what}: {path.name}")

    def run_hidden(self, what, *arguments):
        code, output, errors = self.run_program(*arguments)
        self.assert_hidden(output + errors, f"{what}: {' '.join(arguments)}")
        return code, output, errors

    def test_in_a_setting_is_never_shown(self):
        others = dict(self.environment)
        for setting in settings():
            key = setting["key"]
            if not (setting["secret"] or re.search("URL|HOST", key)):
                continue
            for kind, value in VALUES.items():
                with self.subTest(key=key, value=kind):
                    self.environment = others | used_with(key) | {key: value.replace("SCHEME", SCHEMES.get(key, "http"))}
                    for arguments in COMMANDS:
                        self.run_hidden(f"{key} {kind}", *arguments)
                    self.assert_hidden_in_files(f"{key} {kind}")

    def test_in_a_url_of_any_setting_is_never_shown(self):
        others = dict(self.environment)
        value = f"http://user:p4ss@127.0.0.1:1/?sig=w0rd, http://user:{PASSWORD}@127.0.0.1:1/"
        keys = [setting["key"] for setting in settings()]
        self.environment |= dict.fromkeys(keys, value)
        self.run_hidden("all", "settings")
        for key in keys:
            with self.subTest(key=key):
                self.environment = others | used_with(key) | {key: value}
                self.run_hidden(key, "pipeline", "--max-shows", "5")
                self.run_hidden(key, "serve", "--host", "nowhere")

    def test_in_a_flag_is_never_shown_even_if_misspelt(self):
        self.environment |= ALL_USED
        for flag in FLAGS:
            for kind, value in VALUES.items():
                value = value.replace("SCHEME", "mysql" if flag == "database-url" else "http")
                with self.subTest(flag=flag, value=kind):
                    self.run_hidden(flag, "pipeline", "--with-seasons", "--max-shows", "5", f"--{flag}", value)
                    self.run_hidden(flag, "pipeline", f"--{flag}x", value)
                    self.run_hidden(flag, "stats", f"--{flag}x={value}")
        for value in VALUES.values():
            value = value.replace("SCHEME", "http")
            for arguments in [(value,), ("--port", value), (f"--max-shows={value}",), ("--catalogue", value)]:
                self.run_hidden("misplaced", "pipeline", *arguments)
                self.run_hidden("misplaced", *arguments)
        self.assert_hidden_in_files("flags")

    def test_in_a_flag_is_hidden_from_the_process_list(self):
        self.succeed("pipeline", "--max-shows", "5")
        link = self.folder / PASSWORD.replace("/", "-")
        link.symlink_to(self.folder / "data/recommendations.db")
        for arguments in (("--database-url", f"sqlite:///{link.name.replace('?', '%3F')}"),
                          (f"--database-url=sqlite:///{link.name.replace('?', '%3F')}",)):
            server = Server(self, *arguments)
            self.assert_hidden(pathlib.Path(f"/proc/{server.process.pid}/cmdline").read_text(), "process")
            server.stop()

    def test_of_the_database_is_not_sent_to_clients(self):
        self.environment |= {"DATABASE_URL": f"mysql://user:{ESCAPED}@127.0.0.1:1/db?connect_timeout=1", "API_KEY": "x1yz"}
        server = Server(self)
        for path in ("/recommendations/health", "/readyz", "/shows/1/recommendations", "/metrics", "/runs", "/openapi.json"):
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
            connection.request("GET", path, headers={"X-API-Key": "x1yz"})
            response = connection.getresponse()
            self.assert_hidden(str(response.headers) + response.read().decode(), path)
            connection.close()
        server.process.terminate()
        output, errors = server.process.communicate(timeout=60)
        self.assert_hidden(server.first_line + output + errors, "serve")

    def test_run_reports_are_not_readable_by_every_user(self):
        old = os.umask(0o022)
        self.addCleanup(os.umask, old)
        self.succeed("pipeline", "--max-shows", "5")
        reports = list((self.folder / "data/processed/runs").glob("*.json"))
        self.assertEqual([stat.S_IMODE(report.stat().st_mode) for report in reports], [0o640])

    def test_a_password_with_an_at_sign_is_rejected_with_a_remedy(self):
        self.assertIn("%40", self.fail_with(2, "stats", "--database-url", "mysql://user:p@ss@host/db"))
        self.environment["SHOW_SERVICE_URL"] = "https://user:p@ss/x@host"
        self.assertRegex(self.run_program("pipeline")[2], r"bingefriend: SHOW_SERVICE_URL .*%40")


if __name__ == "__main__":
    unittest.main()
