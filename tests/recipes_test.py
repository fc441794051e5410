"""Recipes: the built-in ones and files of a user, from the command line to the API."""
import copy
import json
import pathlib
import sqlite3
import unittest

import jsonschema

from program import ProgramTest, Server

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMA = json.loads((ROOT / "docs/recipe.schema.json").read_text(encoding="utf-8"))
BALANCED = json.loads((ROOT / "src/recipes/balanced.json").read_text(encoding="utf-8"))


def changed(path, value):
    """Returns balanced with another value at a path such as "text.min_df"."""
    recipe = copy.deepcopy(BALANCED)
    *parents, name = path.split(".")
    target = recipe
    for parent in parents:
        target = target[parent]
    target[name] = value
    return recipe


VALID = [{}, BALANCED, changed("text.max_features", 0), changed("text.summary", 0), changed("weights", {"rating": 3}),
         changed("metadata.fields", []), changed("text.max_df", 1), changed("name", "a.B-c_9")]
INVALID = [("name", "a b"), ("name", ""), ("name", 5), ("title", "x"), ("weights", {}), ("weights", {"text": 0}), ("weights.plot", 1),
           ("weights.text", -1), ("weights.text", "1"), ("weights.text", 1001), ("text", []), ("text.min_df", 0), ("text.min_df", 1.5),
           ("text.max_df", 1.1), ("text.max_ngram", 3), ("text.name", 11), ("text.max_features", "all"), ("text.sublinear_tf", 1),
           ("text.stemming", True), ("genres.idf", None), ("genres", True), ("metadata.fields", ["genre"]), ("metadata.fields", "type"),
           ("metadata.top_n_platforms", -1)]


class Recipes(ProgramTest):
    def test_files_are_read_as_their_schema_says(self):
        file = self.folder / "mine.json"
        validator = jsonschema.Draft202012Validator(SCHEMA)
        for recipe in VALID:
            with self.subTest(valid=recipe):
                self.assertEqual(list(validator.iter_errors(recipe)), [])
                file.write_text(json.dumps(recipe), encoding="utf-8")
                self.assertIn("shows_metadata.csv", self.fail_with(1, "features", "--recipe", file))
        for path, value in INVALID:
            with self.subTest(path=path, value=value):
                recipe = changed(path, value)
                self.assertNotEqual(list(validator.iter_errors(recipe)), [])
                file.write_text(json.dumps(recipe), encoding="utf-8")
                line = self.fail_with(2, "features", "--recipe", file)
                self.assertIn(f"the recipe is invalid: {file}: ", line)
                self.assertIn(path, line)

    def test_the_documentation_shows_balanced_as_it_is(self):
        page = (ROOT / "docs/recipes.md").read_text(encoding="utf-8")
        self.assertEqual(json.loads(page.split("```json\n")[1].split("```")[0]), BALANCED)

    def test_balanced_reaches_every_reader(self):
        self.succeed("pipeline")
        classic = self.exported()
        self.succeed("pipeline", "--recipe", "balanced")
        lists = self.exported()
        show = next(show for show, top in lists.items() if any(entry[5] == 1 for entry in top))
        self.assertEqual({len(entry) for top in lists.values() for entry in top}, {7})
        self.assertIn("recipe                     balanced\n", self.succeed("stats"))
        self.assertIn("year 0.065, rating 0.055\n", self.succeed("stats"))
        self.assertIn(" balanced ", self.succeed("generations"))
        self.assertIn(" year  rating ", self.succeed("recommend", show).splitlines()[1])

        reports = [json.loads(path.read_text(encoding="utf-8")) for path in (self.folder / "data/processed/runs").glob("*.json")]
        report = max(reports, key=lambda report: report["generation"]["number"])
        self.assertEqual(report["generation"]["recipe"], "balanced")
        self.assertEqual(report["generation"]["weights"], BALANCED["weights"])

        server = Server(self)
        stats = server.get("/recommendations/stats")[1]
        self.assertEqual((stats["recipe"], stats["weights"]), ("balanced", BALANCED["weights"]))
        self.assertEqual(stats["feature_settings"], {key: BALANCED[key] for key in ("text", "genres", "metadata")})
        self.assertEqual([g["recipe"] for g in server.get("/generations")[1]["generations"]], ["balanced", "classic"])
        stored = server.get(f"/shows/{show}/recommendations?n=20")[1]["recommendations"]
        keys = ["show_id", "similarity_score", "genre_score", "text_score", "metadata_score", "year_score", "rating_score"]
        self.assertEqual([[r[key] for key in keys] for r in stored], lists[show])
        weights = ",".join(f"{part}:{weight}" for part, weight in BALANCED["weights"].items())
        live = server.get(f"/shows/{show}/recommendations?n=20&min_similarity=0.1&weights={weights}")[1]["recommendations"]
        self.assertEqual(live, stored)
        same_year = [r for r in stored if r["year_score"] == 1]
        self.assertTrue(same_year)
        for r in same_year:
            self.assertIn(f"both premiered in {r['premiered'][:4]}", r["reasons"]["sentence"])
            self.assertEqual(r["reasons"]["year"], int(r["premiered"][:4]))
        whole = server.get(f"/shows/{show}")[1]
        external = server.post("/recommendations/similar?n=21", whole)[1]["recommendations"]
        self.assertEqual(external[0]["show_id"], show)
        self.assertEqual([(r["show_id"], r["similarity_score"]) for r in external[1:]],
                         [(r["show_id"], r["similarity_score"]) for r in stored])

        with sqlite3.connect(self.folder / "data/recommendations.db") as database:
            rows = database.execute("SELECT similar_show_id, year_score, rating_score FROM show_similarities WHERE show_id = ? "
                                    "ORDER BY position", [show]).fetchall()
        self.assertEqual(rows, [(r[0], r[5], r[6]) for r in lists[show]])
        self.assertIn("matches its checksums", self.succeed("verify"))

        self.succeed("pipeline", "--recipe", "classic")
        self.assertEqual(self.exported(), classic)
        with sqlite3.connect(self.folder / "data/recommendations.db") as database:
            self.assertEqual(database.execute("SELECT DISTINCT year_score, rating_score FROM show_similarities").fetchall(),
                             [(None, None)])

    def test_separate_commands_use_the_recipe_of_the_feature_files(self):
        self.environment["RECIPE"] = "balanced"
        self.succeed("pipeline")
        lists = self.exported()
        self.succeed("populate")
        self.assertEqual(self.exported(), lists)
        del self.environment["RECIPE"]
        self.succeed("populate")
        self.assertEqual(self.exported(), lists)
        self.assertIn("rating", self.succeed("similarities"))
        self.assertIn("run `bingefriend features --recipe classic` first", self.fail_with(2, "populate", "--recipe", "classic"))
        self.assertEqual(self.exported(), lists)
        self.succeed("populate", "--year-weight", "0", "--rating-weight", "0")
        self.assertIn("balanced-changed", self.succeed("stats"))
        self.assertEqual({len(entry) for top in self.exported().values() for entry in top}, {5})

    def test_a_recipe_of_a_user_is_published(self):
        file = self.folder / "mine.json"
        file.write_text(json.dumps({"name": "mine", "weights": {"year": 1, "text": 3}, "text": {"name": 1, "max_ngram": 2},
                                    "metadata": {"fields": ["type"]}}), encoding="utf-8")
        self.succeed("pipeline", "--recipe", file)
        self.assertIn("recipe                     mine\n", self.succeed("stats"))
        for top in self.exported().values():
            for _, score, _, text, metadata, year in top:
                self.assertAlmostEqual(score, 0.75 * text + 0.25 * year, 9)
                self.assertIn(metadata, (0, 1))
        self.assertIn("there is no such recipe: modern: give classic, balanced or a JSON file",
                      self.fail_with(2, "pipeline", "--recipe", "modern"))


if __name__ == "__main__":
    unittest.main()
