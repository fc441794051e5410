"""NumPy and SciPy load the files of DATA_DIR; single steps give the same result as the pipeline."""
import csv
import json
import unittest

import numpy
import scipy.sparse

from program import ProgramTest, some_shows


class Files(ProgramTest):
    def test_numpy_and_scipy_load_the_documented_shapes_and_types(self):
        self.succeed("pipeline")
        data = self.folder / "data" / "processed"
        with open(data / "shows_metadata.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(list(rows[0])[:10], "id,name,genres,summary,summary_clean,type,language,status,platform,rating_avg".split(","))
        self.assertIn("Drama", json.loads(rows[0]["genres"]) + json.loads(rows[4]["genres"]))
        n = len(rows)
        columns = json.loads((data / "genre_encoder.json").read_text(encoding="utf-8"))
        for name, key in [("genre", "genres"), ("platform", "platforms"), ("type", "types"), ("language", "languages")]:
            matrix = numpy.load(data / f"{name}_features.npy", allow_pickle=False)
            self.assertEqual((matrix.shape, matrix.dtype), ((n, len(columns[key])), numpy.uint8), name)
            if name in {"platform", "language"}:
                self.assertTrue((matrix.sum(axis=1) == 1).all())
        genres = numpy.load(data / "genre_features.npy")
        for row, show in zip(genres, rows):
            self.assertEqual({columns["genres"][c] for c in row.nonzero()[0]}, set(json.loads(show["genres"])))
        text = scipy.sparse.load_npz(data / "text_features.npz")
        terms = json.loads((data / "tfidf_vectorizer.json").read_text(encoding="utf-8"))["terms"]
        self.assertEqual((text.format, text.shape, text.dtype), ("csr", (n, len(terms)), numpy.float64))
        lengths = numpy.sqrt(text.multiply(text).sum(axis=1))
        self.assertTrue(numpy.isclose(lengths[lengths > 0], 1).all())
        self.assertTrue(text.has_sorted_indices)

    def test_a_matrix_with_many_columns_is_sparse(self):
        shows = [dict(show, genres=[f"{show['id']}-{n}" for n in range(25)]) for show in some_shows(60)]
        self.write_catalogue(shows)
        self.succeed("pipeline", "--max-shows", "20")
        data = self.folder / "data" / "processed"
        self.assertTrue((data / "genre_features.npy").exists())
        output = self.succeed("pipeline", "--catalogue", "shows.ndjson", "--force")
        self.assertFalse((data / "genre_features.npy").exists(), "a file of the previous run")
        genres = scipy.sparse.load_npz(data / "genre_features.npz")
        self.assertEqual((genres.format, genres.shape, genres.dtype, genres.nnz), ("csr", (60, 1500), numpy.uint8, 1500), output)
        lists = self.exported()
        self.succeed("populate")
        self.assertEqual(self.exported(), lists)
        scipy.sparse.save_npz(data / "genre_features.npz", genres.astype(numpy.float32), compressed=False)
        self.succeed("populate")
        self.assertEqual(self.exported(), lists, "as written by SciPy")

    def test_single_steps_give_the_same_result_as_the_pipeline(self):
        self.write_catalogue(some_shows(300))
        self.succeed("pipeline", "--catalogue", "shows.ndjson")
        whole = self.exported()
        self.succeed("fetch", "--catalogue", "shows.ndjson", "--data-dir", "steps")
        self.succeed("features", "--data-dir", "steps")
        self.succeed("populate", "--data-dir", "steps")
        self.assertEqual(self.exported(), whole)
        self.succeed("pipeline", "--catalogue", "steps/shows_metadata.csv", "--threads", "3")
        self.assertEqual(self.exported(), whole, "from the CSV, on other threads")

    def test_similarities_prints_statistics_and_saves_matrices(self):
        self.succeed("pipeline", "--max-shows", "50")
        output = self.succeed("similarities", "--save-similarities")
        self.assertIn("1,225 pairs of 50 shows", output)
        score = numpy.load(self.folder / "data/processed/hybrid_similarity.npy")
        self.assertEqual(score.shape, (50, 50))
        pairs = score[numpy.triu_indices(50, 1)]
        row = next(line.split() for line in output.splitlines() if line.startswith("score"))
        self.assertAlmostEqual(float(row[1]), pairs.mean(), delta=1e-6)
        self.assertAlmostEqual(float(row[2]), pairs.std(), delta=1e-6)
        self.assertAlmostEqual(float(row[5]), numpy.median(pairs), delta=2e-6)

    def test_rejects_features_of_other_shows(self):
        self.succeed("pipeline")
        self.succeed("fetch", "--max-shows", "10")
        self.assertIn("another catalogue", self.fail_with(1, "populate"))

    def test_rejects_features_of_another_catalogue_of_the_same_size(self):
        shows = some_shows(40)
        self.write_catalogue(shows, "a.ndjson")
        self.write_catalogue([show | {"summary": shows[-1 - at]["summary"]} for at, show in enumerate(shows)], "b.ndjson")
        self.succeed("pipeline", "--catalogue", "a.ndjson")
        published = self.exported()
        self.succeed("pipeline", "--catalogue", "b.ndjson", "--steps", "fetch")
        refusals = [("pipeline", "--steps", "populate"), ("populate",), ("populate", "--force"), ("similarities",),
                    ("pipeline", "--steps", "fetch,populate", "--catalogue", "b.ndjson"),
                    ("upload", "--connection-string", "UseDevelopmentStorage=true")]
        for command in refusals:
            with self.subTest(command):
                self.assertIn("the features are of another catalogue", self.fail_with(1, *command))
        self.assertEqual(self.exported(), published)
        self.succeed("pipeline", "--steps", "features,populate")
        self.assertNotEqual(self.exported(), published)

    def test_rejects_files_changed_by_hand(self):
        self.write_catalogue(some_shows(40))
        self.succeed("pipeline", "--catalogue", "shows.ndjson")
        data = self.folder / "data/processed"
        for name, change, phrase in [
                ("shows_metadata.csv", lambda text: text.replace(b"Drama", b"Crime", 1), "of another catalogue"),
                ("genre_encoder.json", lambda text: text.replace(b"Nature", b"Nurture"), "do not belong together"),
                ("genre_features.npy", lambda text: text[:-5] + text[-5:][::-1], "do not belong together"),
                ("tfidf_vectorizer.json", lambda text: text.replace(b'"max_features": 500', b'"max_features": 400'),
                 "do not belong together")]:
            with self.subTest(name):
                good = (data / name).read_bytes()
                self.assertNotEqual(change(good), good)
                (data / name).write_bytes(change(good))
                self.assertIn(phrase, self.fail_with(1, "populate", "--force"))
                (data / name).write_bytes(good)
        self.succeed("populate")

    def test_accepts_features_without_a_digest_with_a_warning(self):
        self.write_catalogue(some_shows(40))
        self.succeed("pipeline", "--catalogue", "shows.ndjson")
        vectorizer = self.folder / "data/processed/tfidf_vectorizer.json"
        content = json.loads(vectorizer.read_text(encoding="utf-8"))
        self.assertEqual(set(content.pop("digest")), {"catalogue", "features"})
        vectorizer.write_text(json.dumps(content), encoding="utf-8")
        code, _, errors = self.run_program("populate")
        self.assertEqual(code, 0, errors)
        self.assertIn("have no digest", errors)


if __name__ == "__main__":
    unittest.main()
