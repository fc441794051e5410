"""Every run writes a report, however it ends."""
import json
import os
import pty
import re
import signal
import subprocess
import unittest

from program import PROGRAM, ProgramTest, some_shows


class Runs(ProgramTest):
    def reports(self):
        """Returns the output of `bingefriend runs --json`, newest first."""
        return [json.loads(line) for line in self.succeed("runs", "--json").splitlines()]

    def test_a_published_run_reports_everything(self):
        with open(self.folder / "mixed.ndjson", "w") as file:
            file.writelines(json.dumps(show) + "\n" for show in some_shows(50) + [{"id": 7, "name": "Again"}, {"id": 99}])
        output = self.succeed("pipeline", "--catalogue", "mixed.ndjson")
        [report] = self.reports()
        self.assertIn(f"run {report['run']}: published generation 1 (", output)
        self.assertEqual(report, json.loads((self.folder / "data/processed/runs" / f"{report['run']}.json").read_text()))
        self.assertEqual((report["format"], report["outcome"], report["error"]), (1, "published", None))
        self.assertEqual(report["source"], {"kind": "file", "location": "mixed.ndjson"})
        self.assertEqual(report["fetch"]["records"], 52)
        self.assertEqual(report["fetch"]["duplicates"], 1)
        self.assertEqual(report["fetch"]["rejected_by_reason"], {"no name": 1})
        self.assertEqual(report["fetch"]["rejected_examples"], [{"position": "line 52", "reason": "no name"}])
        self.assertEqual((report["catalogue"]["shows"], report["catalogue"]["with_summary"]), (50, 49))
        self.assertEqual([stage["name"] for stage in report["stages"]],
                         ["prepare", "fetch", "features", "similarities", "compare", "publish"])
        for stage in report["stages"]:
            self.assertGreater(stage["peak_memory_bytes"], 1_000_000)
        self.assertLessEqual(sum(stage["seconds"] for stage in report["stages"]), report["seconds"] + 0.01)
        self.assertEqual(report["generation"]["number"], 1)
        self.assertEqual(report["generation"]["shows"], 50)
        self.assertRegex(report["started_at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertIn(report["run"], self.succeed("runs"))
        self.assertIn("1  no name", self.succeed("runs", "latest"))
        self.assertEqual(json.loads(self.succeed("runs", report["run"], "--json")), report)

    def test_a_failed_run_names_its_stage_and_cause(self):
        line = self.fail_with(1, "pipeline", "--catalogue", "missing.ndjson")
        [report] = self.reports()
        self.assertEqual((report["outcome"], report["failed_stage"]), ("failed", "fetch"))
        self.assertEqual(line, "bingefriend: " + report["error"])
        self.assertIsNone(report["generation"])
        self.succeed("fetch")
        self.assertEqual([r["outcome"] for r in self.reports()], ["done", "failed"])
        self.fail_with(1, "populate")
        self.assertIn("failed", self.succeed("runs").splitlines()[1])
        self.assertIn("no such run", self.fail_with(1, "runs", "20000101T000000Z"))

    def test_reports_contain_no_secret(self):
        self.fail_with(2, "pipeline", "--database-url", "mysql://user:hunter2@host")
        text = "".join(path.read_text() for path in (self.folder / "data/processed/runs").iterdir())
        self.assertNotIn("hunter", text)

    def test_lists_a_killed_run_as_interrupted(self):
        os.mkfifo(self.folder / "slow.ndjson")
        process = self.start("pipeline", "--catalogue", "slow.ndjson")
        with open(self.folder / "slow.ndjson", "w") as file:  # blocks until the run reads
            file.write('{"id": 1, "name": "x"}\n')
            file.flush()
            self.assertEqual(self.reports()[0]["outcome"], "running")
            process.send_signal(signal.SIGKILL)
            process.communicate()
        self.assertEqual(self.reports()[0]["outcome"], "interrupted")

    def test_retains_only_the_last_reports(self):
        for _ in range(4):
            self.succeed("fetch", "--keep-runs", "3")
        self.assertEqual(len(self.reports()), 3)
        self.assertEqual(len(list((self.folder / "data/processed/runs").iterdir())), 3, "no other file is left")


class ProgressOutput(ProgramTest):
    def test_quiet_prints_nothing(self):
        code, output, errors = self.run_program("pipeline", "--quiet")
        self.assertEqual((code, output, errors), (0, "", ""))
        self.assertTrue(self.fail_with(1, "fetch", "--quiet", "--catalogue", "missing.ndjson"))

    def test_json_is_one_object_per_line(self):
        code, output, errors = self.run_program("pipeline", "--log-format", "json")
        self.assertEqual((code, output), (0, ""))
        lines = [json.loads(line) for line in errors.splitlines()]
        for line in lines:
            self.assertRegex(line["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
            self.assertEqual(line["level"], "info")
        self.assertEqual(lines[-1]["report"]["outcome"], "published")
        code, output, errors = self.run_program("fetch", "--log-format", "json", "--catalogue", "missing.ndjson")
        last = json.loads(errors.splitlines()[-1])
        self.assertEqual((code, last["level"]), (1, "error"))
        self.assertIn("missing.ndjson", last["message"])

    def test_a_terminal_shows_one_line_per_stage(self):
        self.write_catalogue(some_shows(2_000))
        terminal, end = pty.openpty()
        process = subprocess.Popen([PROGRAM, "pipeline", "--catalogue", "shows.ndjson", "--threads", "1"], cwd=self.folder,
                                   env=self.environment, stdout=subprocess.DEVNULL, stderr=end)
        os.close(end)
        shown = b""
        try:
            while part := os.read(terminal, 65_536):
                shown += part
        except OSError:  # Linux reports that nobody has the terminal open any more
            pass
        os.close(terminal)
        self.assertEqual(process.wait(timeout=300), 0)
        self.assertNotIn(b"\n", shown)
        for line in re.findall(rb"\r(\w[^\r\x1b]*)", shown):
            self.assertRegex(line, rb"^\w+: [\d,]+( of [\d,]+ \(\d+%\))?, [\d,]+/s(, [\d.]+ (s|min|h) left)?$")


if __name__ == "__main__":
    unittest.main()
