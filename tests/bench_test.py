"""Tests the catalogue generator, compares the kernel with the baselines, and checks that reading takes linear time."""
import gzip
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

BENCH = pathlib.Path(os.environ["BINGEFRIEND_BENCH"])


def generated(*options):
    run = subprocess.run([BENCH / "bingefriend-generate", *options], stdout=subprocess.PIPE, check=True)
    return run.stdout


class Generator(unittest.TestCase):
    def test_a_seed_fixes_the_catalogue_and_its_beginning(self):
        shows = generated("--shows", "2000", "--seed", "7")
        self.assertEqual(shows, generated("--shows", "2000", "--seed", "7"))
        self.assertNotEqual(shows, generated("--shows", "2000", "--seed", "8"))
        self.assertTrue(shows.startswith(generated("--shows", "500", "--seed", "7")))

    def test_a_catalogue_matches_its_profile(self):
        shows = [json.loads(line) for line in generated("--shows", "20000").splitlines()]
        self.assertEqual([s["id"] for s in shows], list(range(1, 20001)))
        without_genres = sum(not s["genres"] for s in shows) / len(shows)
        with_text = sum(s["summary"] is not None for s in shows) / len(shows)
        sets = {tuple(s["genres"]) for s in shows}
        self.assertAlmostEqual(without_genres, 0.2858, delta=0.05)
        self.assertAlmostEqual(with_text, 0.75, delta=0.02)
        self.assertTrue(450 < len(sets) < 1100, len(sets))
        self.assertTrue({s["type"] for s in shows} >= {"Scripted", "Documentary", "Reality", "Animation"})

    def test_uses_the_summaries_of_a_real_catalogue(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "shows.ndjson.gz"
            file.write_bytes(gzip.compress(b'{"id": 5, "name": "A", "summary": "<p>One.</p>"}\n{"id": 6, "name": "B"}\n'))
            shows = generated("--shows", "50", "--text-share", "1", "--texts", file)
        self.assertEqual({json.loads(line)["summary"] for line in shows.splitlines()}, {"<p>One.</p>"})


class Kernel(unittest.TestCase):
    def test_gives_the_same_lists_as_every_baseline(self):
        for profile in ("tvmaze", "mixed"):
            with self.subTest(profile), tempfile.TemporaryDirectory() as folder:
                file = pathlib.Path(folder) / "shows.ndjson"
                file.write_bytes(generated("--shows", "3000", "--profile", profile))
                run = subprocess.run([BENCH / "similarity_bench", "--catalogue", file, "--repeat", "1"],
                                     stdout=subprocess.PIPE, check=True)
                report = json.loads(run.stdout)
                self.assertEqual(report["shows"], 3000)
                for baseline in ("inverted-lists", "grouped-lists", "dense-blocks"):
                    self.assertTrue(report[baseline]["same_lists"], baseline)


class Reading(unittest.TestCase):
    def test_takes_linear_time_for_odd_inputs(self):
        run = subprocess.run([BENCH / "reading_bench", "--from-bytes", "65536"], stdout=subprocess.PIPE)
        slow = [reading for reading in json.loads(run.stdout)["inputs"] if not reading["linear"]]
        self.assertEqual((run.returncode, slow), (0, []))


if __name__ == "__main__":
    unittest.main()
