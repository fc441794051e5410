"""Compares lists, terms and columns of the sample with scikit-learn (golden/make_golden.py)."""
import gzip
import json
import pathlib
import unittest

from program import ProgramTest

GOLDEN = pathlib.Path(__file__).resolve().parent / "golden" / "sample.json.gz"


class Golden(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.golden = json.loads(gzip.decompress(GOLDEN.read_bytes()))

    def setUp(self):
        super().setUp()
        self.succeed("pipeline")

    def test_every_list_of_the_sample_agrees(self):
        self.expect_lists(self.golden["lists"])

    def test_every_list_of_the_recipe_balanced_agrees(self):
        self.succeed("pipeline", "--recipe", "balanced")
        self.expect_lists(self.golden["balanced"])

    def expect_lists(self, golden):
        lists = self.exported()
        self.assertEqual(set(lists), set(map(int, golden)))
        for show, expected in golden.items():
            found = lists[int(show)]
            self.assertEqual([r[0] for r in found], [r[0] for r in expected], f"show {show}")
            for a, b in zip(found, expected):
                for x, y in zip(a[1:], b[1:]):
                    self.assertAlmostEqual(x, y, delta=1e-9, msg=f"show {show}")

    def test_terms_and_columns_agree(self):
        data = self.folder / "data" / "processed"
        vectorizer = json.loads((data / "tfidf_vectorizer.json").read_text(encoding="utf-8"))
        self.assertEqual(vectorizer["terms"], self.golden["terms"])
        for ours, theirs in zip(vectorizer["idf"], self.golden["idf"], strict=True):
            self.assertAlmostEqual(ours, theirs, delta=1e-11)
        columns = json.loads((data / "genre_encoder.json").read_text(encoding="utf-8"))
        self.assertEqual(columns["genres"], self.golden["genres"])
        self.assertEqual(columns["platforms"], self.golden["platforms"] + ["other"])
        self.assertEqual(columns["types"], self.golden["types"])
        self.assertEqual(columns["languages"], self.golden["languages"] + ["other"])


if __name__ == "__main__":
    unittest.main()
