"""Evaluates lists and tunes recipes with made-up ratings."""
import gzip
import json
import random
import re
import unittest
import xml.etree.ElementTree

from program import ProgramTest, some_shows


class RatingsTest(ProgramTest):
    def write_ratings(self, rows, name="ratings.csv", header="user,item,rating", separator=","):
        text = header + "\n" + "".join(separator.join(map(str, row)) + "\n" for row in rows)
        opened = gzip.open if name.endswith(".gz") else open
        with opened(self.folder / name, "wt", encoding="utf-8") as file:
            file.write(text)
        return name


class Evaluate(RatingsTest):
    def setUp(self):
        super().setUp()
        self.shows = some_shows(40)
        for i, show in enumerate(self.shows):
            show["premiered"] = f"{1990 + i // 2}-01-01" if i % 7 else None
            show["externals"] = {"imdb": f"tt{1_000_000 + i}", "thetvdb": 500 + i}
        self.write_catalogue(self.shows)
        self.succeed("pipeline", "--catalogue", "shows.ndjson", "--min-similarity", "0")
        chance = random.Random(1)
        rows = [(user, show["id"], chance.randint(5, 10)) for user in range(60)
                for show in self.shows if chance.random() < (0.6 if show["id"] % 3 == user % 3 else 0.1)]
        self.write_ratings(rows)
        self.rows = rows

    def evaluate(self, *arguments, ratings="ratings.csv"):
        return json.loads(self.succeed("evaluate", "--ratings", ratings, "--like", 7, "--json",
                                       *(arguments if "--min-raters" in arguments else ("--min-raters", 5, *arguments))))

    def test_measures_the_published_lists_and_the_same_lists_from_a_file(self):
        published = self.evaluate("--min-raters", 1)
        self.succeed("export", "-o", "lists.ndjson")
        of_file = self.evaluate("--lists", "lists.ndjson", "--catalogue", "shows.ndjson", "--min-raters", 1)
        self.assertEqual(published["items"], 40)
        self.assertEqual(published["lists"][0]["name"], "published")
        self.assertEqual(published["lists"][0]["stored_depth"], 20)
        self.assertEqual([l["name"] for l in published["lists"][1:]], ["popular", "random"])
        self.assertEqual(json.loads(json.dumps(of_file).replace("lists.ndjson", "published")), published)

    def test_computes_the_lists_of_a_recipe(self):
        published = self.evaluate()
        for source in (), ("--catalogue", "shows.ndjson"):
            computed = self.evaluate("--recipe", "classic", "--min-similarity", 0, *source)
            self.assertNotIn("stored_depth", computed["lists"][0])
            del published["lists"][0]["stored_depth"]
            self.assertEqual(json.loads(json.dumps(computed).replace("classic", "published")), published)
            published["lists"][0]["stored_depth"] = 20

    def test_compares_two_sets_show_by_show(self):
        self.succeed("export", "-o", "lists.ndjson")
        (self.folder / "worse.ndjson").write_text("".join(
            json.dumps({"id": id, "top": top[::-1]}) + "\n" for id, top in self.exported().items()))
        result = self.evaluate("--lists", "lists.ndjson", "--lists", "worse.ndjson", "--catalogue", "shows.ndjson",
                               "--min-raters", 1)
        better, worse = result["lists"][:2]
        self.assertNotIn("difference_to_first", better)
        for figure in ("ndcg", "recall"):
            difference = worse["difference_to_first"][figure]
            self.assertAlmostEqual(difference["mean"], worse[figure]["mean"] - better[figure]["mean"], 9)
            self.assertLessEqual(difference["low"], difference["mean"])
            self.assertLessEqual(difference["mean"], difference["high"])
        halves = [g for g in result["groups"] if g["by"] == "likes"]
        self.assertEqual([g["name"] for g in halves], ["popular half", "rare half"])
        self.assertEqual(sum(g["items"] for g in halves), result["items"])
        self.assertAlmostEqual(sum(g["items"] * g["lists"][1]["recall"]["mean"] for g in halves) / result["items"],
                               worse["recall"]["mean"], 9)

    def test_agrees_with_a_plain_count(self):
        result = self.evaluate("--k", "5")
        likers = {}
        for user, item, rating in self.rows:
            if rating >= 7:
                likers.setdefault(item, set()).add(user)
        likers = {item: users for item, users in likers.items() if len(users) >= 5}
        lists = {id: [entry[0] for entry in top if entry[0] in likers][:5] for id, top in self.exported().items()}

        def cosine(a, b):
            return 0 if a == b else len(likers[a] & likers[b]) / (len(likers[a]) * len(likers[b])) ** 0.5

        recall = 0
        for item in likers:
            best = sorted(likers, key=lambda other: (-cosine(item, other), other))[:20]
            recall += len(set(best) & set(lists[item])) / 20 / len(likers)
        self.assertAlmostEqual(result["lists"][0]["recall"]["mean"], recall, 9)
        hits = [bool(set().union(*(likers[other] for other in lists[item])) & {user}) for item in likers for user in likers[item]]
        self.assertAlmostEqual(result["lists"][0]["hit_rate"], sum(hits) / len(hits), 9)
        self.assertEqual(result["likes"], len(hits))

    def test_without_ratings_it_reports_what_needs_none(self):
        self.succeed("export", "-o", "lists.ndjson")
        arguments = ["--lists", "lists.ndjson", "--recipe", "classic", "--min-similarity", 0.6, "--catalogue", "shows.ndjson",
                     "--k", 6, "--show", "SHOW 3", "--show", 17]
        result = json.loads(self.succeed("evaluate", "--json", *arguments))
        self.assertNotIn("lists", result)
        self.assertEqual(result["all_shows"]["shows"], 40)
        stored, computed = result["all_shows"]["lists"]
        lists = {id: [entry[0] for entry in top][:6] for id, top in self.exported().items()}
        years = {show["id"]: show["premiered"] and int(show["premiered"][:4]) for show in self.shows}
        apart = [[abs(years[id] - years[other]) for other in top if years[id] and years[other]] for id, top in lists.items()]
        means = [sum(of_list) / len(of_list) for of_list in apart if of_list]
        self.assertAlmostEqual(stored["years_apart"], sum(means) / len(means), 9)
        self.assertEqual(stored["coverage"], len({other for top in lists.values() for other in top}) / 40)
        self.assertIsNone(stored["overlap_with_first"])
        self.assertEqual(computed["overlap_with_first"], 1)
        self.assertLess(computed["mean_length"], stored["mean_length"])
        by_name, by_id = result["examples"]
        self.assertEqual(by_name["show"], {"id": 4, "name": "Show 3 (1991)"})
        self.assertEqual(by_id["show"]["id"], 17)
        self.assertEqual([entry["id"] for entry in by_id["lists"][0]["entries"]], lists[17])
        text = self.succeed("evaluate", *arguments)
        self.assertIn("All 40 shows, the first 6 entries of each list", text)
        self.assertIn("Show 3 (1991)\n", text)

    def test_writes_a_page_that_needs_nothing_else(self):
        self.shows[2]["name"] = "<b>&\"Tom's\" show"
        self.write_catalogue(self.shows, "shows & more.ndjson")
        lists = self.succeed("export")
        (self.folder / "<i>.ndjson").write_text(lists)
        arguments = ["--catalogue", "shows & more.ndjson", "--recipe", "classic", "--lists", "<i>.ndjson", "--show", 3]
        self.succeed("evaluate", "--html", "short.html", *arguments)
        self.succeed("evaluate", "--html", "page.html", "--ratings", "ratings.csv", "--like", 7, *arguments, "--min-raters", 1)
        pages = [(self.folder / name).read_text() for name in ("short.html", "page.html")]
        for page in pages:
            self.assertIn("&lt;b&gt;&amp;&quot;Tom&#39;s&quot; show", page)
            self.assertIn("&lt;i&gt;.ndjson", page)
            for outside in "<i>.nd", "<b>&", "http", "src=", "<script", "url(", "@import", "nan":
                self.assertNotIn(outside, page.replace('http-equiv="Content', ""))
        self.assertEqual([page.count("<svg") for page in pages], [1, 8])
        self.assertIn("Recall minus &lt;i&gt;.ndjson, show by show", pages[1])
        for svg in re.findall(r"<svg.*?</svg>", pages[1]):
            xml.etree.ElementTree.fromstring(svg)
        self.assertIn("cannot", self.fail_with(1, "evaluate", "--html", "ratings.csv/page.html", *arguments))

    def test_without_shows_it_compares_lists_of_ids(self):
        self.succeed("export", "-o", "lists.ndjson")
        result = json.loads(self.succeed("evaluate", "--json", "--lists", "lists.ndjson", "--show", 3, "--database-url", "sqlite:///no.db"))
        self.assertIsNone(result["all_shows"]["lists"][0]["genre_diversity"])
        self.assertIsNone(result["examples"][0]["show"]["name"])

    def test_prints_the_same_bytes_each_time_on_any_number_of_threads(self):
        runs = {json.dumps(self.evaluate("--threads", threads)) for threads in (1, 1, 3)}
        self.assertEqual(len(runs), 1)

    def test_reads_other_columns_ids_and_compression(self):
        expected = self.evaluate()
        rows = [(rating, f"imdb:tt{999_999 + item}" if user % 2 else f"thetvdb:{499 + item}", f"user {user}")
                for user, item, rating in self.rows]
        self.write_ratings(rows, "other.csv.gz", header="stars,show,who")
        columns = ["--user-column", "who", "--item-column", "show", "--rating-column", "stars"]
        self.assertEqual(self.evaluate(*columns, ratings="other.csv.gz"), expected)

    def test_reports_ratings_that_it_does_not_use(self):
        self.write_ratings([*self.rows, (1, 99_999, 9), (1, 2, "good")])
        result = self.evaluate()
        self.assertEqual(result["ratings"]["unknown_shows"], 1)
        self.assertEqual(result["ratings"]["skipped"], 1)
        self.assertEqual(result["ratings"]["first_skipped"], f"row {len(self.rows) + 2}: the rating is not a number")
        text = self.succeed("evaluate", "--ratings", "ratings.csv", "--like", 7, "--min-raters", 5)
        self.assertIn("ratings were skipped; row ", text)
        self.assertIn("1 of ", text)

    def test_the_table_has_intervals_and_the_depth_of_stored_lists(self):
        text = self.succeed("evaluate", "--ratings", "ratings.csv", "--like", 7, "--min-raters", 5)
        self.assertRegex(text, r"published +\d\.\d{4} \(\d\.\d{4} to \d\.\d{4}\)")
        self.assertIn("era-free", text)
        self.assertIn("stored lists of up to 20 shows", text)

    def test_bad_input_is_one_clear_line(self):
        def refused(ratings, *arguments, code=1):
            return self.fail_with(code, "evaluate", "--ratings", ratings, "--like", 7, *arguments)

        self.assertIn("no column show: it has user, item, rating", refused("ratings.csv", "--item-column", "show"))
        self.assertIn("no two shows are liked by 1000 users: lower --min-raters", refused("ratings.csv", "--min-raters", 1000))
        self.assertIn("separated by semicolons", refused(self.write_ratings(self.rows, "a.csv", "user;item;rating", ";")))
        self.assertIn("it is empty", refused(self.write_ratings([], "b.csv", "")))
        self.assertIn("cannot open the ratings", refused("missing.csv"))
        whole = (self.folder / self.write_ratings(self.rows, "c.csv.gz")).read_bytes()
        (self.folder / "c.csv.gz").write_bytes(whole[:len(whole) // 2])
        self.assertIn("the gzip data ends too early", refused("c.csv.gz"))
        (self.folder / "noise.csv").write_bytes(bytes(range(256)) * 40)
        self.assertIn("cannot read the ratings", refused("noise.csv"))
        self.assertIn("line 1: it is not", refused("ratings.csv", "--lists", "ratings.csv"))
        self.assertIn("there is no such recipe: fancy", refused("ratings.csv", "--recipe", "fancy", code=2))
        self.assertIn("--like NUMBER", self.fail_with(2, "evaluate", "--ratings", "ratings.csv"))
        self.assertIn("--ratings FILE", self.fail_with(2, "evaluate", "--like", 7))
        self.assertIn("no show has this id or name: Nobody", self.fail_with(1, "evaluate", "--show", "Nobody"))
        self.shows[1]["name"] = self.shows[0]["name"]
        self.write_catalogue(self.shows, "same.ndjson")
        self.assertIn("give one of the ids 1, 2", self.fail_with(1, "evaluate", "--catalogue", "same.ndjson", "--recipe", "classic",
                                                                "--show", self.shows[0]["name"]))
        self.assertIn("there is no database", refused("ratings.csv", "--database-url", "sqlite:///empty.db"))


class Tune(RatingsTest):
    def setUp(self):
        super().setUp()
        self.shows = some_shows(120)
        for i, show in enumerate(self.shows):
            show["premiered"] = f"{1980 + i * 7 % 40}-01-01"
        self.write_catalogue(self.shows)
        chance = random.Random(2)
        genres = sorted({genre for show in self.shows for genre in show["genres"]})
        self.write_ratings((user, show["id"], 9) for user in range(150) for show in self.shows
                           if chance.random() < (0.5 if genres[user % len(genres)] in show["genres"] else 0.05))

    def tune(self, *arguments, least=5):
        return ["tune", "--ratings", "ratings.csv", "--like", 7, "--min-raters", least, "--catalogue", "shows.ndjson", *arguments]

    def test_writes_a_recipe_that_other_commands_take(self):
        text = self.succeed(*self.tune("--out", "recipe.json", "--recipe", "classic"))
        self.assertIn("wrote the recipe classic-tuned to recipe.json", text)
        recipe = json.loads((self.folder / "recipe.json").read_text())
        self.assertEqual(recipe["name"], "classic-tuned")
        self.assertAlmostEqual(sum(recipe["weights"].values()), 1, 3)
        self.assertGreater(recipe["weights"]["genre"], 0.5, "people choose by genre here")
        self.assertGreaterEqual(min(recipe["weights"].values()), 0)
        self.succeed("pipeline", "--catalogue", "shows.ndjson", "--recipe", "recipe.json")
        self.assertIn("classic-tuned", self.succeed("stats"))
        self.succeed("evaluate", "--recipe", "classic", "--recipe", "recipe.json")
        self.succeed(*self.tune("--out", "again.json", "--recipe", "recipe.json", "--threads", 1))
        again = json.loads((self.folder / "again.json").read_text())
        self.assertEqual(again, recipe, "the start has no influence")

    def test_prints_the_same_json_on_any_number_of_threads(self):
        runs = {self.succeed(*self.tune("--out", "recipe.json", "--json", "--threads", threads)) for threads in (1, 3)}
        result = json.loads(runs.pop())
        self.assertEqual(runs, set())
        self.assertEqual([lists["name"] for lists in result["lists"]], ["balanced", "learned", "popular", "random"])
        self.assertIn("difference_to_first", result["lists"][1])
        self.assertAlmostEqual(sum(result["learned_weights"].values()), 1, 9)
        self.assertEqual(result["folds"], 5)

    def test_claims_only_what_the_intervals_show(self):
        text = self.succeed(*self.tune("--out", "recipe.json"))
        claims = re.findall(r"^(?:era-free )?recall on held-out shows: (.*?) balanced: \S+ \((\S+) to (\S+)\)$", text, re.M)
        self.assertEqual(len(claims), 2, text)
        for verdict, low, high in claims:
            expected = "better than" if float(low) > 0 else "worse than" if float(high) < 0 else "not certainly different from"
            self.assertEqual(verdict, expected)

    def test_bad_input_is_one_clear_line(self):
        self.assertIn("--out", self.fail_with(2, *self.tune()))
        self.assertIn("--ratings FILE", self.fail_with(2, "tune", "--out", "recipe.json"))
        self.assertIn("there is no such recipe", self.fail_with(2, *self.tune("--out", "recipe.json", "--recipe", "fancy")))
        self.assertIn("no two shows are liked by 999 users", self.fail_with(1, *self.tune("--out", "r.json", least=999)))
        self.assertEqual(list(self.folder.glob("r*.json")), [])


if __name__ == "__main__":
    unittest.main()
