"""Corrupts a database file while the server runs: each response is correct or a 503."""
import contextlib
import os
import random
import re
import shutil
import sqlite3
import unittest
import urllib.request

from program import ProgramTest, Server, some_shows

SHOWS = 700  # more than a connection caches
SEEDS = range(1, 5)
FLIPS = 80


def flip_bits(path, times, seed):
    """Flips bits in place, after the first page."""
    chance = random.Random(seed)
    with open(path, "r+b") as file:
        size = file.seek(0, 2)
        for _ in range(times):
            place = chance.randrange(4096, size)
            file.seek(place)
            byte = file.read(1)[0]
            file.seek(place)
            file.write(bytes([byte ^ (1 << chance.randrange(8))]))


def comparable(response):
    """Removes what may differ between correct responses: the request id, and the reasons, which are optional."""
    response.pop("request_id", None)
    for entry in response.get("recommendations", []):
        entry.pop("reasons", None)
    return response


class Corruption(ProgramTest):
    def setUp(self):
        super().setUp()
        self.environment |= {"ANSWER_CACHE_MB": "1", "SHOW_CACHE_MB": "0"}
        self.succeed("pipeline", "--catalogue", self.write_catalogue(some_shows(SHOWS)))
        self.whole = self.folder / "data/recommendations.db"

    def answers(self, server, targets):
        return {target: (status, comparable(response)) for target in targets for status, response in [server.get(target)]}

    def targets(self):
        for show in range(1, SHOWS + 3):
            yield f"/shows/{show}/recommendations?n=20"
            yield f"/shows/{show}"
        yield from (f"/get_shows_bulk?limit=50&offset={offset}" for offset in range(0, SHOWS, 50))
        yield "/get_shows_bulk?show_ids=5,7,300,12"

    def test_flipped_bits_never_cause_a_wrong_response(self):
        server = Server(self)
        right = self.answers(server, self.targets())
        server.stop()
        refused = 0
        for seed in SEEDS:
            self.environment["DATABASE_URL"] = f"sqlite:///damaged{seed}.db"
            damaged = self.folder / f"damaged{seed}.db"
            shutil.copy(self.whole, damaged)
            log = self.folder / f"log{seed}"  # longer than a pipe buffer
            with open(log, "wb") as file:
                server = Server(self, stderr=file)
            self.answers(server, list(self.targets())[:40])
            flip_bits(damaged, FLIPS, seed)
            for target, (status, response) in self.answers(server, self.targets()).items():
                if status == 503:
                    refused += 1
                else:
                    self.assertEqual((status, response), right[target], f"seed {seed}: {target}")
            self.assertEqual(server.get("/livez")[0], 200)
            self.assertIsNone(server.process.poll(), f"seed {seed}")
            self.assertEqual(server.stop(), 0, log.read_text())
        self.assertGreater(refused, 0)

    def test_verify_lists_corrupt_data(self):
        self.assertRegex(self.succeed("verify"), rf"Generation 1 matches its checksums: {SHOWS} shows")
        self.assertIn("generation 9 is not in the database", self.fail_with(1, "verify", "--generation", "9"))
        with contextlib.closing(sqlite3.connect(self.whole)) as database, database:
            database.execute("UPDATE generation_similarities SET similarity_score = similarity_score + 0.001 WHERE show_id = 7")
        self.assertIn("does not match its checksums", self.fail_with(1, "verify"))

    def test_the_server_finds_corrupt_data_in_the_background(self):
        def text(target):
            with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{target}", timeout=30) as response:
                return response.read().decode()

        def metric(name):
            return float(re.search(rf"^{name} (\S+)$", text("/metrics"), re.M)[1])

        with contextlib.closing(sqlite3.connect(self.whole)) as database, database:
            database.execute("UPDATE generation_shows SET name = 'another' WHERE show_id = 7")
        server = Server(self)
        self.wait_until(lambda: metric("bingefriend_generation_damaged") == 1, "the corruption is not found")
        self.assertGreater(metric("bingefriend_generation_checked_time_seconds"), 1.7e9)
        self.assertEqual(server.get("/shows/7")[0], 503)
        for show in (6, 8):
            self.assertEqual(server.get(f"/shows/{show}")[0], 200)
        self.succeed("populate")
        self.wait_until(lambda: metric("bingefriend_generation_damaged") == 0, "the repair is not noticed")
        self.assertEqual(server.get("/shows/7")[0], 200)
        server.process.terminate()
        _, log = server.process.communicate(timeout=30)
        self.assertEqual(server.process.returncode, 0)
        self.assertIn("generation 1 does not match its checksums", log)
        self.assertIn("the row of show 7 of generation 1", log)
        self.assertIn(f"generation 2 matches its checksums: {SHOWS} shows", log)

    def test_a_replaced_database_file_is_read_again(self):
        server = Server(self)
        self.assertEqual(server.get("/shows/1")[0], 200)
        for replace in (os.replace, shutil.copyfile):  # with a new inode, and in place
            other = self.folder / "other.db"
            name = f"After {replace.__name__}"
            shows = [{**show, "name": name} if show["id"] == 1 else show for show in some_shows(SHOWS)]
            self.succeed("pipeline", "--catalogue", self.write_catalogue(shows), "--database-url", f"sqlite:///{other.name}")
            for leftover in self.folder.glob("data/recommendations.db-*"):
                if replace is os.replace:
                    leftover.unlink()
            replace(other, self.whole)
            self.wait_until(lambda: server.get("/shows/1")[1].get("name") == name, "the new file is not served")
        self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main()
