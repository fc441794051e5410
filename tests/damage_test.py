"""A database file that is damaged while the server runs: each answer is the right one or a 503, never another's."""
import pathlib
import random
import shutil
import unittest

from program import ProgramTest, Server, some_shows

SHOWS = 240
SEEDS = range(1, 9)
FLIPS = 30


def flip_bits(path, times, seed):
    """In place, behind the first page."""
    chance = random.Random(seed)
    with open(path, "r+b") as file:
        size = file.seek(0, 2)
        for _ in range(times):
            place = chance.randrange(4096, size)
            file.seek(place)
            byte = file.read(1)[0]
            file.seek(place)
            file.write(bytes([byte ^ (1 << chance.randrange(8))]))


def comparable(answer):
    """Without what differs from one good answer to the next: the id of the request, and the reasons, which a list can do without."""
    answer.pop("request_id", None)
    for entry in answer.get("recommendations", []):
        entry.pop("reasons", None)
    return answer


class Damage(ProgramTest):
    def setUp(self):
        super().setUp()
        self.environment |= {"ANSWER_CACHE_MB": "1", "SHOW_CACHE_MB": "0"}
        self.succeed("pipeline", "--catalogue", self.write_catalogue(some_shows(SHOWS)))
        self.whole = self.folder / "data/recommendations.db"

    def answers(self, server, targets):
        return {target: (status, comparable(answer)) for target in targets for status, answer in [server.get(target)]}

    def targets(self):
        for show in range(1, SHOWS + 3):
            yield f"/shows/{show}/recommendations?n=20"
            yield f"/shows/{show}"
        yield from (f"/get_shows_bulk?limit=50&offset={offset}" for offset in range(0, SHOWS, 50))
        yield "/get_shows_bulk?show_ids=5,7,300,12"

    def test_flipped_bits_lead_to_no_wrong_answer(self):
        server = Server(self)
        right = self.answers(server, self.targets())
        server.stop()
        refused = 0
        for seed in SEEDS:
            self.environment["DATABASE_URL"] = f"sqlite:///damaged{seed}.db"
            damaged = self.folder / f"damaged{seed}.db"
            shutil.copy(self.whole, damaged)
            server = Server(self)
            self.answers(server, list(self.targets())[:40])
            flip_bits(damaged, FLIPS, seed)
            for target, (status, answer) in self.answers(server, self.targets()).items():
                if status == 503:
                    refused += 1
                else:
                    self.assertEqual((status, answer), right[target], f"seed {seed}: {target}")
            self.assertEqual(server.get("/livez")[0], 200)
            self.assertIsNone(server.process.poll(), f"seed {seed}")
            server.process.terminate()
            _, log = server.process.communicate(timeout=30)
            self.assertEqual(server.process.returncode, 0, log)
        self.assertGreater(refused, 0)


if __name__ == "__main__":
    unittest.main()
