"""Fetches from failing services: the result is correct, or the old data stays and the message gives the reason."""
import json
import pathlib
import queue
import random
import re
import signal
import subprocess
import sys
import threading
import time
import unittest

from program import ProgramTest
from upstream import made_up_show

UPSTREAM = pathlib.Path(__file__).resolve().parent / "upstream.py"
SEED = 20261125


class Upstream:
    """tests/upstream.py in a process of its own, ended by its id."""

    def __init__(self, test, **scenario):
        self.path = test.folder / "scenario.json"
        self.scenario = scenario
        self.change()
        self.process = subprocess.Popen([sys.executable, UPSTREAM, self.path], stdout=subprocess.PIPE, text=True)
        test.addCleanup(self.stop)
        port = int(self.process.stdout.readline())
        self.url = f"http://127.0.0.1:{port}"
        self.lines = queue.Queue()
        self.times = []
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.times.append(time.monotonic())
            self.lines.put(line.strip())

    def change(self, **scenario):
        self.scenario.update(scenario)
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(self.scenario))
        new.rename(self.path)

    def fault(self, at, do, **more):
        self.change(faults=[{"at": at, "do": do, **more}])

    def wait_for(self, part):
        while part not in self.lines.get(timeout=120):
            pass

    def requested(self):
        """Returns the targets requested since the last call. The upstream prints all answered requests."""
        targets = []
        while not self.lines.empty():
            targets.append(self.lines.get())
        return targets

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.reader.join(timeout=30)
        self.process.stdout.close()


class FetchTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.environment |= {"FETCH_FIRST_PAUSE_MS": "1", "TVMAZE_CALLS_PER_10_S": "1000000"}

    def fail_with(self, code, *arguments, **options):
        """Returns the last line of a run that exits with this code; on a busy machine, progress lines precede it."""
        actual, _, errors = self.run_program(*arguments, **options)
        self.assertEqual(actual, code, errors)
        line = errors.splitlines()[-1]
        self.assertTrue(line.startswith("bingefriend: "), errors)
        return line

    def csv(self, folder="data/processed"):
        return (self.folder / folder / "shows_metadata.csv").read_bytes()


class FailingShowService(FetchTest):
    """Each test publishes a generation; then the service starts to fail and the pipeline runs again."""

    def setUp(self):
        super().setUp()
        self.upstream = Upstream(self, count=350)
        self.command = ["pipeline", "--show-service-url", self.upstream.url, "--batch-size", "100"]
        self.succeed(*self.command)
        self.lists = self.exported()
        self.assertEqual(len(self.lists), 350)

    def generation(self):
        return int(re.search(r"generation +(\d+)\n", self.succeed("stats")).group(1))

    def published_right(self):
        output = self.succeed(*self.command)
        self.assertEqual(self.generation(), 2)
        self.assertEqual(self.exported(), self.lists)
        return output

    def assert_fails(self, *causes):
        line = self.fail_with(1, *self.command)
        for cause in causes:
            self.assertIn(cause, line)
        self.assertEqual(self.generation(), 1)
        self.assertEqual(self.exported(), self.lists)

    def test_retries_a_500(self):
        self.upstream.fault("offset=100&", "status", status=500, times=3)
        self.assertIn("retries: 3", self.published_right())

    def test_names_endless_500s(self):
        self.upstream.fault("offset=100&", "status", status=500)
        self.assert_fails("the page at offset 100", "status 500", "tried 5 times")

    def test_does_not_retry_a_404(self):
        self.upstream.fault("offset=100&", "status", status=404)
        self.upstream.requested()
        self.assert_fails("the page at offset 100", "status 404")
        self.assertEqual(len([t for t in self.upstream.requested() if "offset=100&" in t]), 1)

    def test_retries_a_429_without_retry_after(self):
        self.upstream.fault("offset=200&", "status", status=429, times=2)
        self.published_right()

    def test_waits_for_retry_after_of_a_429(self):
        self.upstream.fault("offset=200&", "status", status=429, times=1, headers={"Retry-After": "1"})
        began = time.monotonic()
        self.published_right()
        self.assertGreaterEqual(time.monotonic() - began, 1)

    def test_names_a_429_with_hours_of_retry_after(self):
        self.upstream.fault("offset=200&", "status", status=429, headers={"Retry-After": "7200"})
        self.assert_fails("status 429", "asks to wait 7200 s")

    def test_retries_after_a_reset(self):
        self.upstream.fault("offset=100&", "reset", times=2)
        self.published_right()

    def test_names_endless_resets(self):
        self.upstream.fault("offset=100&", "reset")
        self.assert_fails("the page at offset 100", "tried 5 times")

    def test_retries_after_a_stall_in_a_body(self):
        self.environment["FETCH_STALL_TIMEOUT_MS"] = "500"
        self.upstream.fault("offset=100&", "stall", times=1)
        self.published_right()

    def test_names_endless_stalls(self):
        self.environment |= {"FETCH_STALL_TIMEOUT_MS": "300", "FETCH_ATTEMPTS": "2"}
        self.upstream.fault("offset=100&", "stall")
        self.assert_fails("no byte arrived for 300 ms")

    def test_retries_truncated_json(self):
        self.upstream.fault("offset=100&", "cut_json", times=2)
        self.published_right()

    def test_names_endless_truncated_json(self):
        self.upstream.fault("offset=100&", "cut_json")
        self.assert_fails("the page at offset 100", "something else than that page of shows")

    def test_names_invalid_json(self):
        self.upstream.fault("offset=100&", "body", body='{"shows": [{"id": 1, nonsense}], "total": 1}')
        self.assert_fails("the page at offset 100")

    def test_retries_an_empty_page_in_the_middle(self):
        self.upstream.fault("offset=100&", "body", body='{"shows": [], "total": 0}', times=3)
        self.published_right()

    def test_names_a_lasting_empty_page_in_the_middle(self):
        self.upstream.fault("offset=100&", "body", body='{"shows": [], "total": 0}')
        self.assert_fails("the page at offset 100", "a page of 0 shows", "a page after it has shows")

    def test_rejects_a_catalogue_that_shrank(self):
        self.upstream.change(count=200)
        self.assert_fails("the catalogue ends too early", "200 shows", "350")

    def test_rejects_a_service_that_fails_from_a_page_on(self):
        self.upstream.change(faults=[{"at": f"offset={offset}&", "do": "body", "body": '{"shows": [], "total": 0}'}
                                     for offset in range(200, 2000, 100)])
        self.assert_fails("the catalogue ends too early")

    def test_rejects_an_empty_catalogue(self):
        self.upstream.fault("get_shows_bulk", "body", body='{"shows": [], "total": 0}')
        self.assert_fails("empty catalogue")

    def test_sorts_ids_and_counts_duplicates(self):
        shows = [made_up_show(i) for i in range(350)]
        older = [{**shows[i], "name": "older", "updated": 1} for i in range(0, 40)]
        shuffled = shows + older
        random.Random(SEED).shuffle(shuffled)
        self.upstream.change(shows=shuffled)
        self.assertIn("duplicates: 40", self.published_right())

    def test_names_a_page_of_the_wrong_size(self):
        self.upstream.fault("offset=100&", "cut_shows", size=60)
        self.assert_fails("the page at offset 100", "a page of 60 shows where 100 were asked for")
        self.upstream.fault("offset=100&", "cut_shows", size=160)
        self.assert_fails("the page at offset 100", "a page of 160 shows where 100 were asked for")

    def test_names_a_200_with_html(self):
        self.upstream.fault("offset=0&", "body", body="<html><h1>Maintenance</h1></html>")
        self.assert_fails("the page at offset 0", "something else than that page of shows")

    def test_does_not_follow_a_redirect_to_another_host(self):
        other = Upstream(self.elsewhere(), count=350)
        self.upstream.fault("offset=100&", "status", status=302, headers={"Location": other.url + "/api/x?key=secret"})
        self.assert_fails("it redirects to another host, " + other.url)
        self.assertEqual(other.requested(), [])

    def elsewhere(self):
        test = FetchTest()
        test.setUp()
        self.addCleanup(test.doCleanups)
        return test

    def test_follows_a_redirect_within_the_host(self):
        self.upstream.fault("offset=100&limit=100", "status", status=307,
                            headers={"Location": "/api/get_shows_bulk?offset=100&limit=100&moved=1"}, times=1)
        self.published_right()

    def test_cuts_off_a_body_of_gigabytes(self):
        self.environment["FETCH_MAX_ANSWER_BYTES"] = "10000000"
        self.upstream.fault("offset=100&", "gigabytes")
        self.assert_fails("the response is larger than 10000000 bytes")

    def test_names_a_wrong_content_length(self):
        self.upstream.fault("offset=100&", "longer", times=1)
        self.published_right()
        for kind in ("longer", "shorter"):
            self.upstream.fault("offset=100&", kind)
            self.assertIn("the page at offset 100", self.fail_with(1, *self.command))
        self.assertEqual(self.generation(), 2)

    def test_waits_for_slow_responses_up_to_the_limit(self):
        self.upstream.change(delay=0.2)
        self.published_right()
        self.upstream.change(delay=0, faults=[{"at": "offset=100&", "do": "drip"}])
        self.environment |= {"FETCH_TOTAL_TIMEOUT_MS": "1000", "FETCH_ATTEMPTS": "1"}
        self.assertIn("timed out", self.fail_with(1, *self.command))
        self.assertEqual(self.generation(), 2)

    def test_names_an_unreachable_service(self):
        self.upstream.stop()
        self.assert_fails(self.upstream.url, "tried 5 times")


class Resuming(FetchTest):
    def setUp(self):
        super().setUp()
        self.upstream = Upstream(self, count=1000)
        self.command = ["fetch", "--show-service-url", self.upstream.url, "--batch-size", "25"]
        self.succeed(*self.command, "--data-dir", "undisturbed")
        self.upstream.requested()

    def offsets(self):
        return [int(re.search(r"offset=(\d+)", target).group(1)) for target in self.upstream.requested()]

    def kill_where_it_stands(self):
        """Answers the pages below 300, lets the next four hang, then kills the fetch."""
        self.upstream.change(faults=[{"at": f"offset={offset}&", "do": "silence"} for offset in range(300, 1000, 25)])
        process = self.start(*self.command)
        self.upstream.wait_for("offset=375&")
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        self.upstream.change(faults=[])
        self.upstream.requested()
        self.assertFalse((self.folder / "data/processed/shows_metadata.csv").exists())

    def test_requests_only_missing_pages_and_gives_the_same_bytes(self):
        self.kill_where_it_stands()
        self.assertIn("cached by an earlier fetch: 12;", self.succeed(*self.command))
        self.assertEqual(min(self.offsets()), 300)
        self.assertEqual(self.csv(), self.csv("undisturbed"))

    def test_fresh_starts_over(self):
        self.kill_where_it_stands()
        self.assertIn("cached by an earlier fetch: 0;", self.succeed(*self.command, "--fresh"))
        self.assertEqual(min(self.offsets()), 0)
        self.assertEqual(self.csv(), self.csv("undisturbed"))

    def test_does_not_resume_a_finished_fetch(self):
        self.succeed(*self.command)
        self.upstream.requested()
        self.upstream.change(count=1010)
        self.succeed(*self.command)
        self.assertEqual(min(self.offsets()), 0)
        self.assertEqual(self.csv().count(b"\r\n"), 1011)

    def test_fetches_corrupt_cached_pages_again(self):
        self.kill_where_it_stands()
        chance = random.Random(SEED)
        for path in (self.folder / "data/processed/fetch").iterdir():
            data = bytearray(path.read_bytes())
            for _ in range(20):
                data[chance.randrange(len(data))] ^= 0xff
            path.write_bytes(data)
        self.succeed(*self.command)
        self.assertEqual(self.csv(), self.csv("undisturbed"))

    def test_random_kills_do_not_change_the_bytes(self):
        print("seed", SEED)
        chance = random.Random(SEED)
        self.upstream.change(delay=0.01)
        killed = 0
        for _ in range(8):
            process = self.start(*self.command)
            self.wait_for_requests(process, chance.randrange(1, 10))
            process.send_signal(signal.SIGKILL)
            process.communicate(timeout=60)
            killed += process.returncode == -signal.SIGKILL
        self.assertGreater(killed, 0)
        self.succeed(*self.command)
        self.assertEqual(self.csv(), self.csv("undisturbed"))

    def wait_for_requests(self, process, count):
        """Waits for this many, or fewer if the process ends."""
        while count > 0 and process.poll() is None:
            try:
                self.upstream.lines.get(timeout=0.05)
                count -= 1
            except queue.Empty:
                pass

    def test_two_fetches_in_one_folder_exclude_each_other(self):
        self.upstream.fault("offset=300&", "silence")
        process = self.start(*self.command)
        self.upstream.wait_for("offset=300&")
        self.assertIn("the folder is in use", self.fail_with(1, *self.command))
        process.kill()
        process.communicate(timeout=60)


class Tvmaze(FetchTest):
    def setUp(self):
        super().setUp()
        self.shows = [made_up_show(i) for i in range(1100) if not 600 < i < 900]
        self.upstream = Upstream(self, shows=self.shows)
        self.command = ["fetch", "--source", "tvmaze", "--tvmaze-url", self.upstream.url]

    def change_shows(self):
        for i in (3, 4, 700):
            self.shows[i] = {**self.shows[i], "name": f"Changed {i}", "updated": 5000}
        del self.shows[20]
        self.shows += [{**made_up_show(i), "updated": 6000} for i in (1100, 1300)]
        self.upstream.change(shows=self.shows)

    def fetch_after_changes(self):
        """Checks that the second fetch gives the same result as a full one. Returns its requests."""
        first = self.succeed(*self.command)
        self.assertIn("TVmaze (https://www.tvmaze.com), licensed CC BY-SA 4.0", first)
        self.change_shows()
        self.upstream.requested()
        self.succeed(*self.command)
        targets = self.upstream.requested()
        self.succeed(*self.command, "--data-dir", "whole")
        self.assertEqual(self.csv(), self.csv("whole"))
        self.assertEqual(self.csv().count(b"\r\n"), len(self.shows) + 1)
        return targets

    def test_an_incremental_fetch_equals_a_full_one(self):
        targets = self.fetch_after_changes()
        self.assertEqual(targets[0], "/updates/shows")
        self.assertEqual(sorted(targets[1:]), [f"/shows?page={page}" for page in (0, 4, 5, 6)], "pages with changes")

    def test_reads_all_pages_of_a_mirror_without_a_list_of_changes(self):
        self.upstream.change(updates=False)
        self.assertIn("/shows?page=1", self.fetch_after_changes())

    def test_requests_only_missing_pages_and_gives_the_same_bytes(self):
        self.succeed(*self.command, "--data-dir", "undisturbed")
        self.environment["FETCH_IN_FLIGHT"] = "1"
        self.upstream.fault("page=2", "silence")
        process = self.start(*self.command)
        self.upstream.wait_for("page=2")
        self.upstream.wait_for("page=2")
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        self.upstream.change(faults=[])
        self.upstream.requested()
        self.succeed(*self.command)
        self.assertEqual(sorted(self.upstream.requested()),
                         ["/shows?page=2", "/shows?page=3", "/shows?page=4", "/shows?page=5", "/updates/shows"])
        self.assertEqual(self.csv(), self.csv("undisturbed"))

    def test_keeps_20_calls_in_10_s_across_restarts(self):
        del self.environment["TVMAZE_CALLS_PER_10_S"]
        self.upstream.requested()
        for _ in range(12):  # two calls per fetch
            self.succeed(*self.command, "--max-shows", "1", "--fresh")
        self.upstream.stop()
        times = self.upstream.times
        self.assertEqual(len(times), 24)
        for first, last in zip(times, times[20:]):
            self.assertGreaterEqual(last - first, 9, "1 s of tolerance for a busy machine")

    def test_rejects_a_catalogue_that_ends_early(self):
        self.succeed(*self.command)
        before = self.csv()
        self.upstream.fault("page=1", "status", status=404)
        self.change_shows()
        for show in self.shows[260:270]:
            show["updated"] = 7000
        self.upstream.change(shows=self.shows)
        self.assertIn("page 1 was answered with status 404", self.fail_with(1, *self.command))
        self.upstream.change(faults=[], shows=self.shows[:500])
        self.assertIn("the catalogue ends too early", self.fail_with(1, *self.command))
        self.assertEqual(self.csv(), before)


class WithSeasons(FetchTest):
    def setUp(self):
        super().setUp()
        self.upstream = Upstream(self, count=40)
        self.command = ["fetch", "--show-service-url", self.upstream.url, "--with-seasons", "--season-service-url",
                        self.upstream.url]

    def season_calls(self):
        return sorted(int(t.split("/")[2]) for t in self.upstream.requested() if t.endswith("/seasons"))

    def test_adds_season_summaries_and_requests_them_once(self):
        self.assertIn("seasons: 40 shows have season summaries, 0 failed", self.succeed(*self.command))
        rows = self.csv().decode().split("\r\n")
        self.assertIn("submarine season of 1", rows[1])
        self.assertNotIn("<p>submarine", rows[1], "the summary itself does not change")
        self.assertEqual(self.season_calls(), list(range(1, 41)))
        first = self.csv()
        self.succeed(*self.command)
        self.assertEqual(self.season_calls(), [])
        self.assertEqual(self.csv(), first)

    def test_counts_shows_without_seasons_and_keeps_their_text(self):
        self.upstream.change(faults=[{"at": "/shows/7/", "do": "status", "status": 500},
                                     {"at": "/shows/9/", "do": "body", "body": "<html>"},
                                     {"at": "/shows/11/", "do": "status", "status": 404}])
        self.assertIn("seasons: 37 shows have season summaries, 3 failed", self.succeed(*self.command))
        self.assertNotIn("season of 7,", self.csv().decode())
        self.season_calls()
        self.upstream.change(faults=[])
        self.succeed(*self.command)
        self.assertEqual(self.season_calls(), [7, 9], "only the failed ones")

    def test_resumes_the_seasons_after_a_kill(self):
        self.environment["FETCH_IN_FLIGHT"] = "1"
        self.upstream.fault("/shows/21/", "silence")
        process = self.start(*self.command)
        self.upstream.wait_for("/shows/21/")
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        self.upstream.change(faults=[])
        self.upstream.requested()
        self.succeed(*self.command)
        self.assertEqual(self.season_calls(), list(range(21, 41)))

    def test_needs_a_url_for_seasons_of_a_file(self):
        self.assertIn("SEASON_SERVICE_URL", self.fail_with(2, "fetch", "--source", "sample", "--with-seasons"))


class Latency(FetchTest):
    def test_reads_pages_of_a_distant_service_in_order(self):
        upstream = Upstream(self, count=3000, delay=0.05)
        self.assertIn("fetched: 3,000 shows", self.succeed("fetch", "--show-service-url", upstream.url, "--batch-size", "100"))
        ids = [int(row.split(b",")[0]) for row in self.csv().split(b"\r\n")[1:-1]]
        self.assertEqual(ids, list(range(1, 3001)))


if __name__ == "__main__":
    unittest.main()
