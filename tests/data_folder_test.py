"""Two runs in one DATA_DIR: the second fails at once or waits, and the folder never mixes both."""
import os
import re
import shutil
import signal
import unittest

from program import ProgramTest, some_shows


class FolderTest(ProgramTest):
    """A fetch that locks the folder until the file that it reads ends."""

    def hold(self):
        os.mkfifo(self.folder / "slow.ndjson")
        process = self.start("pipeline", "--steps", "fetch,features", "--catalogue", "slow.ndjson")
        file = open(self.folder / "slow.ndjson", "w")  # blocks until the run reads
        file.write('{"id": 1, "name": "Slow", "genres": ["Drama"]}\n')
        file.flush()
        self.addCleanup(self.end, process, file)
        return process, file

    def end(self, process, file):
        if not file.closed:
            file.close()
        process.communicate(timeout=60)
        return process.returncode


class Lock(FolderTest):
    def test_refuses_a_second_run_and_names_the_first(self):
        self.succeed("pipeline", "--max-shows", "30")
        process, file = self.hold()
        before = {path.name: path.read_bytes() for path in (self.folder / "data/processed").iterdir() if path.is_file()}
        commands = ["pipeline", "fetch", "features", "populate", "similarities", "similarities --save-similarities",
                    "upload --connection-string UseDevelopmentStorage=true",
                    "download --connection-string UseDevelopmentStorage=true", "pipeline --force"]
        for command in commands:
            with self.subTest(command):
                line = self.fail_with(1, *command.split())
                self.assertRegex(line, rf"the folder is in use: data/processed: `bingefriend pipeline` holds it, process {process.pid}, "
                                       r"since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ: .*--wait")
        after = {path.name: path.read_bytes() for path in (self.folder / "data/processed").iterdir() if path.is_file()}
        self.assertEqual(after, before)
        self.assertEqual(self.end(process, file), 0)
        self.succeed("pipeline", "--max-shows", "30")

    def test_does_not_lock_another_folder(self):
        self.hold()
        self.succeed("fetch", "--data-dir", "elsewhere")

    def test_waits_with_wait(self):
        process, file = self.hold()
        second = self.start("features", "--wait")
        self.assertIn("`bingefriend pipeline` holds it", second.stdout.readline())
        self.assertIsNone(second.poll())
        self.assertEqual(self.end(process, file), 0)
        _, errors = second.communicate(timeout=60)
        self.assertEqual(second.returncode, 0, errors)

    def test_is_released_by_a_killed_run_with_its_temporary_files(self):
        process, file = self.hold()
        process.send_signal(signal.SIGKILL)
        self.end(process, file)
        data = self.folder / "data/processed"
        (data / f".genre_features.npy.{process.pid}-1.part").write_text("half")
        (data / "runs" / f".20260101T000000Z.json.{process.pid}-1.part").write_text("half")
        (data / ".download").mkdir()
        self.succeed("pipeline", "--max-shows", "30")
        names = {path.name for path in data.iterdir()}
        self.assertEqual({name for name in names if name.startswith(".")}, set())
        self.assertEqual([path.name for path in (data / "runs").iterdir() if path.suffix != ".json"
                          and not re.fullmatch(r"\d{8}T\d{6}Z(-\d+)?\.running", path.name)], [])

    def test_parallel_runs_leave_the_files_of_one_run(self):
        for name, kind in (("a", "Drama"), ("b", "Comedy")):
            self.write_catalogue([show | {"genres": [kind]} for show in some_shows(400)], f"{name}.ndjson")
        for _ in range(5):
            shutil.rmtree(self.folder / "data", ignore_errors=True)
            processes = [self.start("pipeline", "--wait", "--catalogue", f"{name}.ndjson") for name in "abab"]
            for process in processes:
                _, errors = process.communicate(timeout=120)
                self.assertEqual(process.returncode, 0, errors)
            self.succeed("populate")


if __name__ == "__main__":
    unittest.main()
