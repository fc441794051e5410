"""A publisher killed at any moment leaves a complete generation, and the next run succeeds."""
import random
import sqlite3
import unittest

from program import ProgramTest, some_shows

KILLS = 60
SEED = 20261124


class Crash(ProgramTest):
    def published(self):
        """Returns number, shows and rows of the current generation, from one snapshot."""
        database = sqlite3.connect(f"file:{self.folder}/data/recommendations.db?mode=ro", uri=True, isolation_level=None)
        try:
            database.execute("BEGIN")
            generation, shows, rows = database.execute(
                "SELECT g.number, g.shows, g.recommendations FROM published p JOIN generations g ON g.number = p.generation").fetchone()
            counted = (database.execute("SELECT COUNT(*) FROM show_metadata").fetchone()[0],
                       database.execute("SELECT COUNT(*) FROM show_similarities").fetchone()[0])
            self.assertEqual(counted, (shows, rows), f"generation {generation} is not complete")
            return generation
        finally:
            database.close()

    def test_populate_survives_random_kills(self):
        print("seed", SEED)
        chance = random.Random(SEED)
        self.write_catalogue(some_shows(2_500))
        self.succeed("pipeline", "--catalogue", "shows.ndjson")
        generation = self.published()
        for _ in self.kill_at_random_moments(chance, KILLS, "populate"):
            self.assertGreaterEqual(self.published(), generation)
            generation = self.published()
        self.succeed("populate")
        self.assertEqual(self.published(), generation + 1)
        database = sqlite3.connect(self.folder / "data/recommendations.db")
        self.assertEqual(database.execute("SELECT COUNT(*) FROM generations").fetchone()[0], 2, "leftovers are deleted")
        self.assertEqual(database.execute("SELECT COUNT(*) FROM generation_shows").fetchone()[0], 5_000)
        database.close()


if __name__ == "__main__":
    unittest.main()
