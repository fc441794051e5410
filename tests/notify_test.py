"""Sends run reports to a real mail server and a real webhook; a failed delivery never fails the run."""
import email
import email.policy
import hashlib
import hmac
import json
import pathlib
import subprocess
import tempfile
import unittest

from hostile_text import HOSTILE, assert_harmless
from program import some_shows
from receivers import ReceiverTest

USER, PASSWORD, SECRET = "us@er", "hunter2:/@ ä", "hunter3"


class Notify(ReceiverTest):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="bingefriend certificates ")
        cls.addClassCleanup(folder.cleanup)
        cls.certificates = pathlib.Path(folder.name)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-keyout", "key.pem", "-out", "certificate.pem", "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=DNS:localhost"], cwd=cls.certificates, check=True, capture_output=True)

    def mail_to(self, port, scheme="smtp", user=True, host="localhost"):
        secret = "us%40er:hunter2%3A%2F%40%20%C3%A4@" if user else ""
        self.environment |= {"SMTP_URL": f"{scheme}://{secret}{host}:{port}", "SMTP_FROM": "bf@example.org",
                             "PIPELINE_NOTIFICATION_EMAIL": "one@example.org, two@example.org",
                             "SSL_CERT_FILE": str(self.certificates / "certificate.pem")}

    def webhook_to(self, port, secret=SECRET, scheme="http"):
        self.environment |= {"NOTIFY_WEBHOOK_URL": f"{scheme}://localhost:{port}/hunter4?key=hunter5"}
        if secret:
            self.environment["NOTIFY_WEBHOOK_SECRET"] = secret

    def assert_no_secret(self, *texts):
        for text in texts:
            self.assertNotIn("hunter", text)

    def reports(self):
        return [json.loads(line) for line in self.succeed("runs", "--json").splitlines()]

    def test_sends_the_report_by_mail_over_starttls_and_tls(self):
        for tls, scheme in [("starttls", "smtp"), ("implicit", "smtps")]:
            with self.subTest(tls):
                port, folder = self.start_server("mail", tls=tls, user=USER, password=PASSWORD)
                self.mail_to(port, scheme)
                code, output, errors = self.run_program("pipeline")
                self.assertEqual((code, errors), (0, ""))
                self.assert_no_secret(output, errors)
                [envelope] = self.received(folder)
                self.assertEqual((envelope["from"], envelope["to"]), ("bf@example.org", ["one@example.org", "two@example.org"]))
                self.assertEqual((envelope["user"], envelope["tls"]), (USER, True))
                message = email.message_from_string(envelope["content"], policy=email.policy.default)
                self.assertRegex(message["Subject"], r"^BingeFriend: \d{8}T\d{6}Z(-\d+)?: published generation \d$")
                self.assertEqual(message["To"], "one@example.org, two@example.org")
                self.assertTrue(message["Date"].datetime and message["Message-ID"])
                self.assertIn("catalogue: 381 shows", message.get_body().get_content())
                [attached] = message.iter_attachments()
                self.assertEqual(attached.get_filename(), "report.json")
                self.assertEqual(json.loads(attached.get_content()), self.reports()[0])
                self.assert_no_secret(envelope["content"])

    def test_sends_the_report_to_a_webhook_with_a_signature(self):
        port, folder = self.start_server("webhook")
        self.webhook_to(port)
        code, output, errors = self.run_program("pipeline")
        self.assertEqual((code, errors), (0, ""))
        [request] = self.received(folder)
        self.assertEqual(request["path"], "/hunter4?key=hunter5")
        self.assertEqual(request["headers"]["Content-Type"], "application/json")
        self.assertEqual(request["headers"]["X-BingeFriend-Event"], "published")
        signature = hmac.new(SECRET.encode(), request["body"].encode(), hashlib.sha256).hexdigest()
        self.assertEqual(request["headers"]["X-BingeFriend-Signature"], f"sha256={signature}")
        body = json.loads(request["body"])
        self.assertEqual(body["event"], "published")
        self.assertEqual(body["report"], self.reports()[0])
        self.assertIn("catalogue: 381 shows", body["text"])
        self.assert_no_secret(output, request["body"], self.succeed("notify"), self.succeed("settings"))

    def test_a_refused_run_sends_a_notification(self):
        self.succeed("pipeline")
        port, folder = self.start_server("webhook")
        self.webhook_to(port)
        self.fail_with(1, "pipeline", "--catalogue", self.write_catalogue(some_shows(300)))
        [body] = [json.loads(request["body"]) for request in self.received(folder)]
        self.assertEqual((body["event"], body["report"]["outcome"]), ("refused", "refused"))
        self.assertIn("300 shows are fewer than 90% of the 381 published", body["text"])

    def test_untrusted_text_adds_no_header_and_no_line(self):
        shows = [show | {"name": f"Show{HOSTILE}\r\nBcc: evil@example.org\r\n\r\n.\r\n{i}", "genres": [f"Drama{HOSTILE}"]}
                 for i, show in enumerate(some_shows(300))]
        self.succeed("pipeline", "--catalogue", self.write_catalogue(shows))
        hook, posted = self.start_server("webhook")
        self.webhook_to(hook)
        port, mailed = self.start_server("mail", tls="none")
        self.mail_to(port, user=False, host="127.0.0.1")
        # Published, refused and failed: names in the lists that changed most, then a file name.
        changed = [show | {"summary": shows[i * 7 % 300]["summary"], "genres": [f"Drama {i % 9}"]} for i, show in enumerate(shows)]
        self.succeed("pipeline", "--force", "--catalogue", self.write_catalogue(changed, "changed.ndjson"))
        self.run_program("pipeline", "--gate-min-shows", "1", "--catalogue", self.write_catalogue(shows[:290], "fewer.ndjson"))
        self.run_program("fetch", "--catalogue", HOSTILE.replace("/", ""))
        requests, messages = self.received(posted), self.received(mailed)
        self.assertEqual([request["headers"]["X-BingeFriend-Event"] for request in requests], ["published", "refused", "failed"])
        for request in requests:
            assert_harmless(self, request["body"])
            body = json.loads(request["body"])
            assert_harmless(self, body["title"], lines=False)
            assert_harmless(self, body["text"])
        self.assertIn("<U+202E>evil", json.loads(requests[0]["body"])["text"])
        self.assertIn("\u202eevil", json.loads(requests[0]["body"])["report"]["comparison"]["changed_most"][0]["name"])
        for sent in messages:
            self.assertNotRegex(sent["content"].replace("\r\n", "\n"), r"[^\n\x20-\x7e]|\nBcc:")
            self.assertEqual(sent["to"], ["one@example.org", "two@example.org"])
            message = email.message_from_string(sent["content"], policy=email.policy.default)
            self.assertEqual({name.lower() for name in message.keys()},
                             {"date", "from", "to", "subject", "message-id", "auto-submitted", "content-type", "mime-version"})
            assert_harmless(self, message["Subject"], lines=False)
            assert_harmless(self, message.get_body().get_content().replace("\r\n", "\n"))
            [attached] = message.iter_attachments()
            text = attached.get_content()
            assert_harmless(self, text if isinstance(text, str) else text.decode())

    def test_replies_of_a_mail_server_are_harmless_in_the_log(self):
        port, _ = self.start_server("mail", tls="none", replies=["550 \x1b[2J\x07 no such\x9b31m user"])
        self.mail_to(port, user=False, host="127.0.0.1")
        code, output, errors = self.run_program("fetch", "--max-shows", "5")
        self.assertEqual(code, 0)
        self.assertIn("did not reach", errors)
        assert_harmless(self, output)
        assert_harmless(self, errors)

    def test_signs_nothing_without_a_secret(self):
        port, folder = self.start_server("webhook", tls="implicit")
        self.webhook_to(port, secret=None, scheme="https")
        self.environment["SSL_CERT_FILE"] = str(self.certificates / "certificate.pem")
        self.succeed("fetch")
        [request] = self.received(folder)
        self.assertEqual(request["headers"]["X-BingeFriend-Event"], "done")
        self.assertNotIn("X-BingeFriend-Signature", request["headers"])

    def test_a_failed_stage_sends_a_notification(self):
        port, folder = self.start_server("webhook")
        self.webhook_to(port)
        (self.folder / "other.db").write_text("no database " * 100)
        self.fail_with(2, "pipeline", "--genre-weight", "-1")
        self.fail_with(1, "pipeline", "--database-url", "sqlite:///other.db")
        self.fail_with(1, "pipeline", "--catalogue", "missing.ndjson")
        self.fail_with(1, "features")
        self.succeed("fetch")
        self.fail_with(1, "populate")
        bodies = [json.loads(request["body"]) for request in self.received(folder)]
        self.assertEqual([body["event"] for body in bodies], ["failed"] * 4 + ["done", "failed"])
        self.assertIn("missing.ndjson", bodies[2]["text"])
        self.assertIn("failed in fetch", bodies[2]["title"])

    def test_retries_after_a_transient_error(self):
        port, folder = self.start_server("webhook", statuses=[503])
        self.webhook_to(port)
        mail_port, mail_folder = self.start_server("mail", tls="starttls", user=USER, password=PASSWORD,
                                                   replies=["451 Try later"])
        self.mail_to(mail_port)
        self.succeed("notify", "--test")
        self.assertEqual(len(self.received(folder)), 2)
        self.assertEqual(len(self.received(mail_folder)), 1)

    def test_a_failed_notification_is_logged_but_the_run_succeeds(self):
        port, _ = self.start_server("mail", tls="starttls", user=USER, password="another")
        self.mail_to(port)
        hook, folder = self.start_server("webhook", endless=True)
        self.webhook_to(hook)
        code, output, errors = self.run_program("pipeline")
        self.assertEqual(code, 0, errors)
        self.assert_no_secret(output, errors)
        lines = errors.splitlines()
        self.assertEqual(len(lines), 2, errors)
        self.assertRegex(lines[0], r"warning .*e-mail to one@example\.org, two@example\.org")
        self.assertRegex(lines[1], r"warning .*webhook at http://localhost:\d+: .*larger than")
        self.assertEqual(len(self.received(folder)), 1)
        self.assertIn("shows with recommendations", self.succeed("stats"))

    def test_sends_no_password_without_trusted_tls(self):
        port, folder = self.start_server("mail", tls="none", user=USER, password=PASSWORD)
        self.mail_to(port)
        self.assertIn("1 of 1", self.fail_of_test())
        port, other = self.start_server("mail", tls="implicit", user=USER, password=PASSWORD)
        self.mail_to(port, "smtps", host="127.0.0.1")
        self.assertIn("1 of 1", self.fail_of_test())  # the certificate is for localhost
        self.mail_to(port, "smtps")
        del self.environment["SSL_CERT_FILE"]
        self.assertIn("1 of 1", self.fail_of_test())
        self.assertEqual(self.received(folder) + self.received(other), [])

    def fail_of_test(self):
        code, output, errors = self.run_program("notify", "--test")
        self.assertEqual(code, 1)
        self.assert_no_secret(output, errors)
        return errors

    def test_a_local_relay_needs_neither_password_nor_tls(self):
        port, folder = self.start_server("mail", tls="none")
        self.mail_to(port, user=False)
        self.assertIn("e-mail to one@example.org", self.succeed("notify", "--test"))
        [envelope] = self.received(folder)
        self.assertIn("Subject: BingeFriend: test", envelope["content"])

    def test_names_invalid_settings(self):
        self.assertIn("nobody is notified", self.succeed("notify"))
        self.assertIn("SMTP_URL", self.fail_with(2, "notify", "--test"))
        self.environment["PIPELINE_NOTIFICATION_EMAIL"] = "ops@example.org"
        self.assertIn("SMTP_URL", self.fail_with(2, "notify", "--test"))
        self.environment["SMTP_URL"] = "http://user:hunter2@host"
        self.assertIn("SMTP_URL", self.fail_with(2, "notify", "--test"))
        self.environment["SMTP_URL"] = "smtp://user:hunter2@localhost:1"
        self.environment |= {"PIPELINE_NOTIFICATION_EMAIL": "nobody", "SMTP_FROM": "bf@example.org"}
        code, output, errors = self.run_program("fetch")
        self.assertEqual(code, 0, "a wrong notification setting does not fail the run")
        self.assertIn("PIPELINE_NOTIFICATION_EMAIL", errors)
        self.assert_no_secret(output, errors)


if __name__ == "__main__":
    unittest.main()
