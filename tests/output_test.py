"""Output is written completely or the program fails; untrusted text is harmless on a terminal and in a log."""
import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import unittest

from hostile_text import HOSTILE, assert_harmless
from program import PROGRAM, ProgramTest, Server

SRC = pathlib.Path(__file__).resolve().parent.parent / "src"
PRINTS = re.compile(r"std::(cout|cerr|clog|puts|printf|putchar)\b|fmt::print\(|\bstdout\b|\bSTDOUT_FILENO\b|stdout_(color_)?sink_")

def commands():
    """Returns the commands that --help lists."""
    overview = subprocess.check_output([PROGRAM, "--help"], text=True)
    return re.findall(r"^  ([a-z]+) ", overview[overview.index("Subcommands:"):], re.M)


# Arguments with which a command prints something. Other commands run without arguments.
ARGUMENTS = {"pipeline": ["--force"], "recommend": ["breaking bad"], "serve": ["--port", "0"],
             "tune": ["--ratings", "ratings.csv", "--like", "5", "--min-raters", "1", "--out", "recipe.json"]}


class StandardOutput(ProgramTest):
    def code_and_errors(self, *arguments, stdout):
        process = subprocess.run([PROGRAM, *arguments], cwd=self.folder, env=self.environment, stdout=stdout,
                                 stderr=subprocess.PIPE, text=True, timeout=120)
        return process.returncode, process.stderr

    def every_command(self):
        yield ["--version"]
        yield ["--help"]
        for command in commands():
            yield [command, "--help"]
            yield [command, *ARGUMENTS.get(command, [])]
        yield ["recommend", "breaking bad", "--json"]
        yield ["runs", "latest", "--json"]
        yield ["settings", "--format", "json"]
        yield ["export", "--format", "csv"]

    # These commands end with a different error in any case.
    FAIL_ANYWAY = {"upload", "download"}

    def test_every_command_fails_on_a_full_disk(self):
        self.succeed("pipeline")
        ids = list(self.exported())
        (self.folder / "ratings.csv").write_text("user,item,rating\n" + "".join(
            f"{user},{show},9\n" for user in range(9) for show in ids[user:user + 40]))
        for arguments in self.every_command():
            if arguments[0] in self.FAIL_ANYWAY and "--help" not in arguments:
                continue
            with self.subTest(arguments), open("/dev/full", "w") as full:
                code, errors = self.code_and_errors(*arguments, stdout=full)
                self.assertEqual(code, 1, errors)
                self.assertIn("bingefriend: cannot write to standard output: No space left on device\n", errors)

    def test_a_closed_output_is_an_error_and_no_file_replaces_it(self):
        self.succeed("pipeline")
        close = lambda: os.close(1)
        for arguments in (["stats"], ["--version"], ["pipeline", "--max-shows", "400"]):
            process = subprocess.run([PROGRAM, *arguments], cwd=self.folder, env=self.environment, stderr=subprocess.PIPE,
                                     text=True, preexec_fn=close)
            self.assertEqual(process.returncode, 1, process.stderr)
            self.assertIn("cannot write to standard output: Bad file descriptor", process.stderr)
        self.assertIn("generation                 2\n", self.succeed("stats"))

    def test_a_closed_pipe_ends_quietly_after_the_work(self):
        self.succeed("pipeline", "--max-shows", "400")
        for arguments in (["export"], ["stats"], ["manual"], ["--help"], ["pipeline"]):
            reader, writer = os.pipe()
            os.close(reader)
            code, errors = self.code_and_errors(*arguments, stdout=writer)
            os.close(writer)
            self.assertEqual(code, -signal.SIGPIPE, arguments)
            self.assertNotIn("bingefriend:", errors)
        self.assertIn("generation                 2\n", self.succeed("stats"))

    def test_is_written_in_one_place(self):
        writers = {str(path.relative_to(SRC)) for path in SRC.rglob("*.[ch]pp")
                   if not path.stem.endswith("_test") and not path.name.startswith("test_")
                   and PRINTS.search(re.sub(r"fmt::print\(stderr", "", path.read_text(encoding="utf-8")))}
        self.assertEqual(writers, {"console/standard_output.cpp"})


class UntrustedText(ProgramTest):
    def check(self, *arguments, code=0):
        actual, output, errors = self.run_program(*arguments)
        self.assertEqual(actual, code, errors)
        assert_harmless(self, output)
        assert_harmless(self, errors)
        return output + errors

    def test_shows_are_harmless_on_a_terminal(self):
        words = "detective murder city war king family"
        shows = [{"id": i, "name": f"Show{HOSTILE}{i}", "genres": [f"Drama{HOSTILE}"], "type": f"T{HOSTILE}",
                  "language": f"L{HOSTILE}", "network": {"name": f"N{HOSTILE}"}, "summary": words,
                  "premiered": "2001-01-01"} for i in range(1, 6)]
        self.write_catalogue(shows)
        self.check("pipeline", "--catalogue", "shows.ndjson")
        self.assertIn("<U+202E>evil", self.check("recommend", "1"))
        self.check("recommend", "Show", code=1)
        self.check("recommend", HOSTILE, code=1)
        (self.folder / f"lists{HOSTILE}").write_text(self.succeed("export"))
        (self.folder / "ratings.csv").write_text(f"user,item,rating,{HOSTILE!r}\n" + "".join(
            f"{HOSTILE!r}{user},{show['id']},9,\n" for user in range(3) for show in shows))
        self.check("evaluate", "--lists", f"lists{HOSTILE}", "--recipe", "classic", "--show", "1", "--ratings", "ratings.csv", "--like", "5",
                   "--min-raters", "1")
        self.check("evaluate", "--lists", f"lists{HOSTILE}", "--show", "1", "--json")
        self.check("evaluate", "--show", HOSTILE, code=1)
        self.check("evaluate", "--ratings", "ratings.csv", "--like", "5", "--item-column", HOSTILE, code=1)
        self.assertIn("Show" + HOSTILE + "2", [r["name"] for r in json.loads(self.check("recommend", "1", "--json"))["recommendations"]])
        self.write_catalogue([{**show, "summary": "space robot ocean", "genres": ["Nature"]} for show in shows])
        self.check("pipeline", "--catalogue", "shows.ndjson", "--force")
        self.check("runs")
        self.check("runs", "latest")
        self.check("runs", "--json")
        self.check("pipeline", "--catalogue", "shows.ndjson", "--force", "--log-format", "json")

    def test_files_settings_and_arguments_are_harmless_in_errors(self):
        for arguments, code in [(("pipeline", "--catalogue", HOSTILE), 1), (("stats", HOSTILE), 2), ((HOSTILE,), 2),
                                (("stats", "--database-url", f"sqlite:///{HOSTILE}"), 1),
                                (("pipeline", "--data-dir", "d" + HOSTILE, "--max-shows", "5"), 0)]:
            self.check(*arguments, code=code)
        self.environment |= {"STORAGE_CONTAINER_NAME": HOSTILE, "ACCESS_LOG": HOSTILE}
        self.check("settings", code=2)
        self.check("serve", code=2)
        (self.folder / "bad.ndjson").write_text(json.dumps({"id": HOSTILE, "name": "x"}) + "\n" + HOSTILE + "\n")
        self.check("fetch", "--catalogue", "bad.ndjson", code=1)

    def test_counts_lost_access_log_lines_and_reports_them_once(self):
        self.succeed("pipeline", "--max-shows", "5")
        self.environment["ACCESS_LOG"] = "text"
        reader, writer = os.pipe()
        process = self.start("serve", "--port", "0", stdout=writer)
        os.close(writer)
        port = int(self.line_of(reader).rsplit(":", 1)[1].split()[0])

        def ask(target):
            client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            client.request("GET", target)
            body = client.getresponse().read().decode()
            client.close()
            return body

        try:
            ask("/livez")
            self.assertIn("/livez", self.line_of(reader))
            self.assertIn("bingefriend_access_log_lines_lost_total 0\n", ask("/metrics"))
            self.assertIn("/metrics", self.line_of(reader))
            os.close(reader)
            for _ in range(5):
                ask("/livez")
            # A separate thread writes the log.
            self.wait_until(lambda: "bingefriend_access_log_lines_lost_total 0\n" not in ask("/metrics"), "the loss is not counted")
        finally:
            process.terminate()
            _, errors = process.communicate(timeout=30)
        self.assertEqual(errors.count("lines of the access log are lost"), 1, errors)

    def test_an_unread_access_log_blocks_neither_requests_nor_exit(self):
        self.succeed("pipeline", "--max-shows", "5")
        self.environment["ACCESS_LOG"] = "text"
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        process = self.start("serve", "--port", "0", stdout=writer)
        os.close(writer)
        try:
            port = int(self.line_of(reader).rsplit(":", 1)[1].split()[0])
            client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            for _ in range(3_000):  # much more than a pipe buffer
                client.request("GET", "/livez", headers={"User-Agent": "x" * 200})
                self.assertIn(b"alive", client.getresponse().read())
            client.close()
        finally:
            process.terminate()
            process.communicate(timeout=30)
        self.assertEqual(process.returncode, 0)

    def line_of(self, reader):
        line = b""
        while not line.endswith(b"\n"):
            line += os.read(reader, 1)
        return line.decode()

    def test_a_request_is_one_line_of_the_access_log(self):
        self.succeed("pipeline", "--max-shows", "5")
        for kind in ("text", "json"):
            self.environment["ACCESS_LOG"] = kind
            server = Server(self)
            import socket
            with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
                agent = "a\u202eb\u009bc\u200b \"quoted"
                client.sendall(f"GET /livez?{'%0a'}\u202e HTTP/1.1\r\nHost: x\r\nUser-Agent: {agent}\r\n"
                               "X-Request-Id: a\u202eb\r\nX-Forwarded-For: 1.2.3.4\u202e\r\nConnection: close\r\n\r\n".encode())
                while client.recv(65536):
                    pass
            server.process.terminate()
            output, errors = server.process.communicate(timeout=30)
            assert_harmless(self, output)
            assert_harmless(self, errors)
            lines = [line for line in output.splitlines() if "livez" in line]
            self.assertEqual(len(lines), 1, output)
            if kind == "json":
                json.loads(lines[0])


if __name__ == "__main__":
    unittest.main()
