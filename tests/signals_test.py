"""SIGTERM, SIGINT and SIGHUP end a run at any point, with its report and notification, and leave nothing behind."""
import json
import os
import random
import signal
import socket
import sqlite3
import time
import unittest

from program import ProgramTest, read_terminal, some_shows
from receivers import ReceiverTest

AT_MOST = 20  # seconds from the signal to the end, on a busy machine; all waits below are longer


def shows_of_many_words(n):
    """Writes a catalogue whose features and similarities take 1 s."""
    chance = random.Random(1)
    return [show | {"summary": " ".join(f"word{int(chance.paretovariate(0.4)) % 20_000}" for _ in range(60))}
            for show in some_shows(n)]


class Peer:
    """A server in this process that sends only what a test sends."""

    def __init__(self, test):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(60)
        self.port = self.listener.getsockname()[1]
        test.addCleanup(self.listener.close)
        self.test = test

    def next_request(self):
        """Returns the connection of the next request and its first line."""
        connection, _ = self.listener.accept()
        self.test.addCleanup(connection.close)
        connection.settimeout(60)
        data = b""
        while b"\r\n" not in data and (more := connection.recv(1)):
            data += more
        return connection, data.decode().strip()


class Interrupted(ReceiverTest):
    def setUp(self):
        super().setUp()
        self.data = self.folder / "data/processed"

    def fifo(self, name):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        os.mkfifo(path)
        return path

    def opened(self, path):
        """Waits until the program reads the FIFO, which then waits for data."""
        file = open(path, "w", encoding="utf-8")
        self.addCleanup(file.close)
        return file

    def wait_for(self, process, part):
        """Waits for a line of the output."""
        while line := process.stdout.readline():
            if part in line:
                return line
        self.fail(process.communicate()[1])

    def wait_for_progress(self, terminal, stage):
        seen = b""
        while f"\r{stage}: ".encode() not in seen:
            seen += os.read(terminal, 4_096)

    def end(self, process, how=signal.SIGTERM):
        """Sends the signal and waits. Returns what the program wrote after it."""
        began = time.monotonic()
        process.send_signal(how)
        output, errors = process.communicate(timeout=120)
        self.assertLess(time.monotonic() - began, AT_MOST)
        self.assertEqual(process.returncode, -how, errors)  # a shell shows 128 + number
        self.assert_nothing_left_behind()
        return output, errors

    def assert_nothing_left_behind(self):
        left = [path.name for path in [*self.data.iterdir(), *(self.data / "runs").glob("*")]
                if path.name.startswith(".") or path.suffix in (".part", ".running")]
        self.assertEqual([name for name in left if name not in (".fetch",)], [])

    def last_report(self):
        reports = [json.loads(line) for line in self.succeed("runs", "--json").splitlines()]
        self.assertIn(reports[0]["run"], self.succeed("runs"))
        self.assertEqual(json.loads((self.data / "runs" / f"{reports[0]['run']}.json").read_text()), reports[0])
        return reports[0]

    def assert_interrupted(self, errors, stage, how=signal.SIGTERM):
        self.assertIn(f"bingefriend: interrupted by {how.name}", errors)
        report = self.last_report()
        self.assertEqual((report["outcome"], report["failed_stage"]), ("interrupted", stage), report)
        self.assertIn(f"interrupted by {how.name}", report["error"])
        self.assertIsNotNone(report["ended_at"])
        self.assertGreaterEqual(report["stages"][-1]["seconds"], 0)
        self.assertIn(f"interrupted in {stage}", self.succeed("runs"))


class Phases(Interrupted):
    """One test for each place where a run waits for something that does not arrive."""

    def test_every_signal_ends_a_waiting_run_and_notifies_everyone(self):
        for how in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(how.name):
                path = self.fifo("shows.ndjson")
                hook, posted = self.start_server("webhook", tls="none", label=how.name)
                mail, mailed = self.start_server("mail", tls="none", label=how.name)
                self.environment |= {"NOTIFY_WEBHOOK_URL": f"http://127.0.0.1:{hook}/",
                                     "SMTP_URL": f"smtp://127.0.0.1:{mail}", "PIPELINE_NOTIFICATION_EMAIL": "ops@example.org"}
                process = self.start("pipeline", "--catalogue", path)
                self.opened(path)
                _, errors = self.end(process, how)
                self.assert_interrupted(errors, "fetch", how)
                [body] = [json.loads(request["body"]) for request in self.received(posted)]
                self.assertEqual((body["event"], body["report"]), ("interrupted", self.last_report()))
                [message] = self.received(mailed)
                self.assertRegex(message["content"], r"Subject: BingeFriend: \S+: interrupted in fetch")

    def test_ends_while_a_show_service_does_not_respond(self):
        for source in (["--show-service-url"], ["--source", "tvmaze", "--tvmaze-url"]):
            with self.subTest(source[-1]):
                peer = Peer(self)
                process = self.start("pipeline", *source, f"http://127.0.0.1:{peer.port}")
                peer.next_request()
                _, errors = self.end(process)
                self.assert_interrupted(errors, "fetch")

    def test_ends_while_a_show_service_asks_to_wait(self):
        peer = Peer(self)
        process = self.start("fetch", "--show-service-url", f"http://127.0.0.1:{peer.port}")
        connection, _ = peer.next_request()
        connection.sendall(b"HTTP/1.1 503 Later\r\nRetry-After: 60\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        while connection.recv(1_000):
            pass  # until the client closes: it is waiting now
        _, errors = self.end(process)
        self.assert_interrupted(errors, "fetch")

    def test_ends_while_a_season_service_does_not_respond(self):
        peer = Peer(self)
        process = self.start("fetch", "--with-seasons", "--catalogue", self.write_catalogue(some_shows(3)),
                             "--season-service-url", f"http://127.0.0.1:{peer.port}")
        peer.next_request()
        _, errors = self.end(process)
        self.assert_interrupted(errors, "seasons")

    def test_ends_while_storage_does_not_respond(self):
        peer = Peer(self)
        self.environment["AZURE_STORAGE_CONNECTION_STRING"] = (
            "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;"
            f"BlobEndpoint=http://127.0.0.1:{peer.port}/a;")
        process = self.start("pipeline", "--max-shows", "30")
        peer.next_request()
        _, errors = self.end(process)
        self.assert_interrupted(errors, "upload")
        for command in ("upload", "download"):
            with self.subTest(command):
                process = self.start(command)
                peer.next_request()
                _, errors = self.end(process)
                self.assertIn("bingefriend: interrupted by SIGTERM", errors)

    def test_ends_while_files_of_the_folder_do_not_arrive(self):
        self.succeed("pipeline", "--max-shows", "30")
        path = self.fifo("data/processed/shows_metadata.csv")
        for command in ("features", "populate"):
            with self.subTest(command):
                process = self.start(command)
                self.opened(path)
                _, errors = self.end(process)
                self.assert_interrupted(errors, "load")
        for command in ("similarities", "similarities --save-similarities"):
            with self.subTest(command):
                process = self.start(*command.split())
                self.opened(path)
                self.end(process)

    def test_ends_while_another_run_locks_the_folder(self):
        path = self.fifo("shows.ndjson")
        first = self.start("pipeline", "--catalogue", path)
        file = self.opened(path)
        second = self.start("pipeline", "--wait")
        self.wait_for(second, "waiting for")
        second.send_signal(signal.SIGTERM)
        _, errors = second.communicate(timeout=120)
        self.assertEqual(second.returncode, -signal.SIGTERM)
        self.assertIn("interrupted by SIGTERM", errors)
        self.assertTrue((self.data / ".lock").exists(), "the lock of the first run stays")
        file.writelines(json.dumps(show) + "\n" for show in some_shows(20))
        file.close()
        _, errors = first.communicate(timeout=120)
        self.assertEqual(first.returncode, 0, errors)
        outcomes = [json.loads(line)["outcome"] for line in self.succeed("runs", "--json").splitlines()]
        self.assertEqual(outcomes, ["interrupted", "published"])

    def test_ends_during_computation(self):
        self.write_catalogue(shows_of_many_words(20_000))
        self.environment["TERM"] = "xterm"
        for stage in ("similarities", "publish"):
            with self.subTest(stage):
                terminal, its_end = os.openpty()  # on a terminal, a stage shows progress after 0.1 s
                process = self.start("pipeline", "--threads", "1", "--catalogue", "shows.ndjson", stderr=its_end)
                os.close(its_end)
                self.wait_for_progress(terminal, stage)
                process.send_signal(signal.SIGTERM)
                errors = read_terminal(terminal)
                process.communicate(timeout=120)
                self.assertEqual(process.returncode, -signal.SIGTERM, errors)
                self.assert_nothing_left_behind()
                self.assert_interrupted(errors, stage)

    def test_ends_while_another_program_locks_the_database(self):
        self.succeed("pipeline", "--max-shows", "30")
        before = self.exported()
        path = self.fifo("shows.ndjson")
        process = self.start("pipeline", "--force", "--catalogue", path)
        file = self.opened(path)
        database = sqlite3.connect(self.folder / "data/recommendations.db", isolation_level=None)
        lock = self.folder / "data/recommendations.db.publish.lock"
        lock.unlink()
        self.addCleanup(database.close)
        database.execute("BEGIN IMMEDIATE")
        file.writelines(json.dumps(show) + "\n" for show in some_shows(40))
        file.close()
        self.wait_until(lambda: lock.exists() or process.poll() is not None, "the first row is not written")
        _, errors = self.end(process)
        self.assert_interrupted(errors, "publish")
        database.rollback()
        self.assertEqual(self.exported(), before)
        self.succeed("pipeline", "--force", "--max-shows", "40")
        self.succeed("verify")

    def test_ends_while_nobody_reads_the_output(self):
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        os.set_blocking(writer, False)
        while True:
            try:
                os.write(writer, b"x" * 4_096)
            except BlockingIOError:
                break
        os.set_blocking(writer, True)
        hook, posted = self.start_server("webhook", tls="none")
        self.environment["NOTIFY_WEBHOOK_URL"] = f"http://127.0.0.1:{hook}/"
        process = self.start("pipeline", "--max-shows", "30", stdout=writer)
        os.close(writer)
        self.wait_until(lambda: (self.data / "shows_metadata.csv").exists(), "the fetch does not finish")
        self.end(process)
        report = self.last_report()
        self.assertEqual((report["outcome"], report["failed_stage"]), ("interrupted", "fetch"))
        self.assertEqual([json.loads(request["body"])["event"] for request in self.received(posted)], ["interrupted"])

    def test_ends_while_a_database_server_does_not_respond(self):
        peer = Peer(self)
        process = self.start("pipeline", "--max-shows", "30", "--database-url", f"mysql://user@127.0.0.1:{peer.port}/shows")
        self.addCleanup(peer.listener.accept()[0].close)
        _, errors = self.end(process)
        self.assert_interrupted(errors, "prepare")

    def test_ends_while_a_notification_receiver_does_not_respond(self):
        peer = Peer(self)
        for key, scheme in (("NOTIFY_WEBHOOK_URL", "http"), ("SMTP_URL", "smtp")):
            with self.subTest(key):
                self.environment.pop("NOTIFY_WEBHOOK_URL", None)
                self.environment |= {key: f"{scheme}://127.0.0.1:{peer.port}", "PIPELINE_NOTIFICATION_EMAIL":
                                     "ops@example.org" if key == "SMTP_URL" else ""}
                process = self.start("pipeline", "--max-shows", "30")
                if key == "SMTP_URL":
                    peer.test.addCleanup(peer.listener.accept()[0].close)
                else:
                    peer.next_request()
                self.end(process)
                self.assertEqual(self.last_report()["outcome"], "published")
        self.assertIn("shows with recommendations", self.succeed("stats"))


class Rules(Interrupted):
    def test_nohup_is_respected(self):
        path = self.fifo("shows.ndjson")
        process = self.start("pipeline", "--catalogue", path, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        file = self.opened(path)
        process.send_signal(signal.SIGHUP)
        file.writelines(json.dumps(show) + "\n" for show in some_shows(20))
        file.close()
        _, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, errors)
        self.assertEqual(self.last_report()["outcome"], "published")

    def test_a_duplicate_signal_counts_once(self):
        path = self.fifo("shows.ndjson")
        process = self.start("pipeline", "--catalogue", path)
        self.opened(path)
        for _ in range(3):
            process.send_signal(signal.SIGTERM)
        _, errors = self.end(process)
        self.assert_interrupted(errors, "fetch")

    def test_a_second_signal_ends_the_run_at_once(self):
        """The second signal arrives while the notification of the run hangs."""
        peer = Peer(self)
        self.environment["NOTIFY_WEBHOOK_URL"] = f"http://127.0.0.1:{peer.port}"
        path = self.fifo("shows.ndjson")
        process = self.start("pipeline", "--catalogue", path)
        self.opened(path)
        process.send_signal(signal.SIGINT)
        connection, _ = peer.next_request()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=120)
        self.assertEqual(process.returncode, -signal.SIGTERM)
        connection.close()
        self.assertEqual(self.last_report()["outcome"], "interrupted")

    def test_a_hanging_notification_does_not_block_the_end(self):
        peer = Peer(self)
        self.environment["NOTIFY_WEBHOOK_URL"] = f"http://127.0.0.1:{peer.port}"
        path = self.fifo("shows.ndjson")
        process = self.start("pipeline", "--catalogue", path)
        self.opened(path)
        self.end(process)
        self.assertEqual(self.last_report()["outcome"], "interrupted")

    def test_published_data_stays_complete_at_any_moment(self):
        chance = random.Random(20261130)
        self.write_catalogue(some_shows(2_500))
        self.succeed("pipeline", "--catalogue", "shows.ndjson")
        outcomes = set()
        for _ in self.kill_at_random_moments(chance, 15, "pipeline", "--catalogue", "shows.ndjson", how=signal.SIGTERM):
            self.assert_nothing_left_behind()
            self.succeed("verify")
            outcomes.add(self.last_report()["outcome"])
        self.assertLessEqual(outcomes, {"published", "interrupted"})
        self.succeed("populate")


if __name__ == "__main__":
    unittest.main()
