"""Tests the command line: errors end with one clear line and the right exit code; output is readable."""
import gzip
import json
import os
import resource
import socket
import sqlite3
import subprocess
import unittest

from program import PROGRAM, ProgramTest, Server, some_shows

COMMANDS = "notify runs pipeline fetch features similarities populate migrate serve recommend stats generations export settings".split()


class WrongUse(ProgramTest):
    def test_exits_with_2_on_a_wrong_command_line(self):
        for arguments in [(), ("nonsense",), ("pipeline", "--nonsense"), ("pipeline", "--top-n", "many"),
                          ("pipeline", "--top-n", "0"), ("pipeline", "--source", "nowhere"), ("recommend",),
                          ("pipeline", "--source", "file"), ("pipeline", "--steps", "dance"),
                          ("pipeline", "--text-max-df", "1.5"), ("pipeline", "--genre-weight", "-1"),
                          ("pipeline", "--genre-weight", "nan"), ("export", "--format", "xml"),
                          ("fetch", "--source", "show-service"), ("serve", "--port", "70000"),
                          ("serve", "--host", "not an address"), ("stats", "--database-url", "what"),
                          ("stats", "--database-url", "mysql://user:hunter2@host")]:
            with self.subTest(arguments):
                self.assertNotIn("hunter2", self.fail_with(2, *arguments))

    def test_suggests_the_closest_command_or_option(self):
        for arguments, name, closest in [(("pipelin",), "pipelin", "`bingefriend pipeline`"),
                                         (("Serve",), "Serve", "`bingefriend serve`"),
                                         (("generations", "rolback"), "rolback", "`bingefriend generations rollback`"),
                                         (("serve", "--prot", "1"), "--prot", "--port"),
                                         (("--quite", "pipeline"), "--quite", "--quiet"),
                                         (("stats", "--databse-url=mysql://user:hunter2@host"), "--databse-url", "--database-url")]:
            with self.subTest(arguments):
                line = self.fail_with(2, *arguments)
                self.assertRegex(line, f"^bingefriend: unknown (command|option): {name}: did you mean {closest}[?]")
                self.assertNotIn("hunter2", line)
        self.assertNotIn("did you mean", self.fail_with(2, "nonsense"))
        self.assertIn("unexpected argument: more", self.fail_with(2, "stats", "more"))
        self.assertNotIn("\x1b", self.fail_with(2, "\x1b[2J"))

    def test_exits_with_2_on_wrong_settings(self):
        (self.folder / "local.settings.json").write_text("not json")
        self.assertIn("local.settings.json", self.fail_with(2, "stats"))
        (self.folder / "local.settings.json").write_text('{"Values": {"DATABASE_URL": "nonsense"}}')
        self.assertIn("DATABASE_URL", self.fail_with(2, "stats"))
        (self.folder / "local.settings.json").unlink()
        self.environment["PORT"] = "eighty"
        self.assertIn("PORT", self.fail_with(2, "serve"))

    def test_every_command_has_help(self):
        overview = self.succeed("--help")
        for command in COMMANDS:
            self.assertIn(command, overview)
            self.assertIn("--help", self.succeed(command, "--help"))
        self.assertRegex(self.succeed("--version"), r"^\d+\.\d+\.\d+\n$")


class UnreadableInput(ProgramTest):
    def test_names_a_missing_empty_or_unusable_catalogue(self):
        self.assertIn("missing.json", self.fail_with(1, "pipeline", "--catalogue", "missing.json"))
        self.assertIn("folder", self.fail_with(1, "fetch", "--catalogue", "/"))
        (self.folder / "empty.json").write_bytes(b"")
        self.assertIn("empty", self.fail_with(1, "fetch", "--catalogue", "empty.json"))
        (self.folder / "page.html").write_text("<html>Not found</html>")
        self.assertIn("page.html", self.fail_with(1, "fetch", "--catalogue", "page.html"))
        self.write_catalogue([{"id": 1}, {"name": "x"}], "bad.ndjson")
        self.assertIn("2 records were rejected", self.fail_with(1, "fetch", "--catalogue", "bad.ndjson"))

    @unittest.skipIf(os.geteuid() == 0, "root reads every file")
    def test_names_an_unreadable_catalogue(self):
        path = self.folder / "secret.json"
        path.write_text("{}")
        path.chmod(0)
        self.assertIn("Permission denied", self.fail_with(1, "fetch", "--catalogue", "secret.json"))

    def test_keeps_shows_of_a_truncated_catalogue_unpublished(self):
        self.succeed("pipeline")
        text = "".join(json.dumps(show) + "\n" for show in some_shows(2_000)).encode()
        (self.folder / "cut.ndjson.gz").write_bytes(gzip.compress(text)[:-2_000])
        line = self.fail_with(1, "pipeline", "--catalogue", "cut.ndjson.gz")
        self.assertIn("ended too early", line)
        self.assertGreater((self.folder / "data/processed/shows_metadata.csv").read_text().count("\n"), 500)
        self.assertIn("generation                 1\n", self.succeed("stats"))

    def test_reports_bad_records_by_reason_and_position(self):
        with open(self.folder / "mixed.ndjson", "wb") as file:
            file.write(b'{"id":1,"name":"good"}\n{"id":2}\n{"id":"x3","name":"x"}\nnonsense\n{"id":4,"name":"\xff"}\n')
            file.write(b'{"id":5,"name":"' + b"x" * 5_000 + b'"}\n{"id":6,"name":"good too"}\n')
        output = self.succeed("fetch", "--catalogue", "mixed.ndjson")
        self.assertIn("fetched: 2 shows", output)
        self.assertIn("rejected: 5 of 7 records", output)
        self.assertIn("line 2: no name", output)
        self.assertIn("line 5: invalid UTF-8", output)

    def test_names_the_step_to_run_if_its_input_is_missing(self):
        self.assertIn("bingefriend fetch", self.fail_with(1, "features"))
        self.assertIn("bingefriend fetch", self.fail_with(1, "populate"))
        self.succeed("fetch")
        self.assertIn("bingefriend features", self.fail_with(1, "populate"))


class UnwritableOutput(ProgramTest):
    def test_reports_a_full_device(self):
        self.succeed("pipeline")
        self.assertIn("No space left", self.fail_with(1, "export", "-o", "/dev/full"))
        with open("/dev/full", "w") as full:
            process = subprocess.run([PROGRAM, "export"], cwd=self.folder, env=self.environment, stdout=full,
                                     stderr=subprocess.PIPE, text=True)
        self.assertEqual(process.returncode, 1)
        self.assertIn("No space left", process.stderr)

    def test_keeps_the_old_files_on_a_full_disk(self):
        self.succeed("pipeline")
        before = self.exported()
        csv = (self.folder / "data/processed/shows_metadata.csv").read_bytes()
        self.write_catalogue(some_shows(3_000))

        def small_files():  # makes writes fail like on a full disk, for any user
            resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
            import signal
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

        self.assertIn("cannot write", self.fail_with(1, "fetch", "--catalogue", "shows.ndjson", preexec_fn=small_files))
        self.assertEqual((self.folder / "data/processed/shows_metadata.csv").read_bytes(), csv)
        self.succeed("pipeline", "--steps", "fetch,features", "--catalogue", "shows.ndjson", "--data-dir", "other")
        self.assertIn("cannot write", self.fail_with(1, "populate", "--data-dir", "other", "--force", preexec_fn=small_files))
        self.assertEqual(self.exported(), before)
        self.succeed("populate", "--data-dir", "other", "--force")
        self.assertEqual(len(self.exported()), 3_000)

    def test_names_a_locked_incompatible_or_missing_database(self):
        self.assertIn("bingefriend pipeline", self.fail_with(1, "stats"))
        self.succeed("pipeline")
        lock = sqlite3.connect(self.folder / "data/recommendations.db", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        self.assertIn("locked by another program", self.fail_with(1, "populate"))
        lock.execute("ROLLBACK")
        lock.close()
        other = sqlite3.connect(self.folder / "other.db")
        other.execute("CREATE TABLE recipes (name TEXT)")
        other.commit()
        other.close()
        self.assertIn("another program", self.fail_with(1, "pipeline", "--database-url", "sqlite:///other.db"))
        (self.folder / "text.db").write_text("no database " * 100)
        self.assertIn("no SQLite database", self.fail_with(1, "migrate", "--database-url", "sqlite:///text.db"))

    def test_names_a_port_in_use(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            self.assertIn(f"the port is in use: 127.0.0.1:{port}", self.fail_with(1, "serve", "--port", port))


class Reading(ProgramTest):
    def test_recommend_prints_a_table_by_id_or_by_name(self):
        self.succeed("pipeline")
        by_name = self.succeed("recommend", "breaking BAD", "-n", "3")
        self.assertTrue(by_name.startswith("Breaking Bad (2008): Drama, Crime, Thriller\n"))
        self.assertEqual(len(by_name.splitlines()), 8, "the show, the header, and a row and a reason for each of three")
        self.assertRegex(by_name.splitlines()[3], "^    Both are .*crime.*dramas.*[.]$")
        self.assertEqual(self.succeed("recommend", "169", "-n", "3"), by_name)
        self.assertIn("no show", self.fail_with(1, "recommend", "no such show at all"))
        code, output, errors = self.run_program("recommend", "star trek")
        self.assertEqual(code, 0, errors)
        code, output, errors = self.run_program("recommend", "office")
        self.assertEqual(code, 1)
        self.assertIn("1292", output)
        self.assertIn("several shows", errors)

    def test_recommend_ignores_accents_case_and_a_typing_error(self):
        self.write_catalogue([{"id": 1, "name": "Pok\u00e9mon", "genres": ["Anime"]}, {"id": 2, "name": "Digimon", "genres": ["Anime"]}])
        self.succeed("pipeline", "--catalogue", "shows.ndjson")
        expected = self.succeed("recommend", "1")
        for typed in "POKEMON", "pok\u00e9mon", "pokmeon", "pokemn":
            self.assertEqual(self.succeed("recommend", typed), expected, typed)

    def test_recommend_prints_the_same_json_as_the_api(self):
        self.succeed("pipeline")
        json_output = json.loads(self.succeed("recommend", "breaking bad", "--json", "-n", "3"))
        self.assertEqual(json_output, Server(self).get("/shows/169/recommendations?n=3")[1])
        reasons = json_output["recommendations"][0]["reasons"]
        self.assertIn("Crime", reasons["genres"])
        self.assertTrue(all(0 < term["share"] <= 1 for term in reasons["terms"]), reasons)
        code, output, _ = self.run_program("recommend", "office", "--json")
        self.assertEqual(code, 1)
        self.assertGreater(len(json.loads(output)["shows"]), 1)

    def test_lists_generations_and_rolls_back(self):
        self.succeed("pipeline")
        first = self.exported()
        self.succeed("pipeline", "--genre-weight", "0", "--metadata-weight", "0")
        self.assertNotEqual(self.exported(), first)
        self.assertIn("generation 1", self.succeed("generations", "rollback"))
        self.assertEqual(self.exported(), first)
        listing = self.succeed("generations").splitlines()
        self.assertRegex(listing[2], r"^\* +1 ")
        self.assertIn("no generation to go back to", self.fail_with(2, "generations", "rollback"))
        self.succeed("pipeline", "--keep-generations", "1")
        self.assertRegex(self.succeed("generations"), r"\* +3 ")

    def test_export_writes_csv_and_files(self):
        self.succeed("pipeline", "--max-shows", "30", "--top-n", "5")
        self.succeed("export", "--format", "csv", "-o", "lists.csv")
        lines = (self.folder / "lists.csv").read_text().splitlines()
        self.assertEqual(lines[0], "show_id,position,similar_show_id,similarity_score,genre_score,text_score,metadata_score")
        self.assertEqual(len(lines) - 1, sum(map(len, self.exported().values())))

    def test_weights_and_length_change_the_lists(self):
        self.succeed("pipeline", "--genre-weight", "0", "--text-weight", "7", "--metadata-weight", "0", "--top-n", "3",
                     "--min-similarity", "0.2")
        for ranking in self.exported().values():
            self.assertLessEqual(len(ranking), 3)
            for _, score, _, text, _ in ranking:
                self.assertEqual(score, text)
                self.assertGreaterEqual(score, 0.2)

    def test_the_year_counts_only_with_a_weight(self):
        self.succeed("pipeline", "--max-shows", "60")
        classic = self.exported()
        first = min(classic)
        self.assertEqual({len(entry) for top in classic.values() for entry in top}, {5})
        self.assertNotIn("year", self.succeed("stats") + self.succeed("recommend", first) + self.succeed("similarities"))
        self.succeed("pipeline", "--max-shows", "60", "--year-weight", "0.25", "--min-similarity", "0")
        for top in self.exported().values():
            for _, score, genre, text, metadata, year in top:
                self.assertAlmostEqual(score, 0.8 * (0.4 * genre + 0.5 * text + 0.1 * metadata) + 0.2 * year, 9)
        self.assertIn("year 0.2", self.succeed("stats"))
        self.assertIn(" year ", self.succeed("recommend", first).splitlines()[1])
        self.assertIn("\nyear ", self.succeed("similarities", "--year-weight", "1"))
        self.assertEqual(self.succeed("export", "--format", "csv").splitlines()[0].split(",")[-2:], ["metadata_score", "year_score"])
        server = Server(self)
        stored = server.get(f"/shows/{first}/recommendations?n=50")[1]["recommendations"]
        self.assertEqual([r["year_score"] for r in stored], [entry[5] for entry in self.exported()[first]])
        live = server.get(f"/shows/{first}/recommendations?n=50&weights=genre:0.32,text:0.4,metadata:0.08,year:0.2")[1]
        self.assertEqual([r["show_id"] for r in live["recommendations"]][:20], [r["show_id"] for r in stored])
        self.assertNotIn("year_score", server.get(f"/shows/{first}/recommendations?weights=genre:1")[1]["recommendations"][0])
        self.assertAlmostEqual(server.get("/catalogue")[1]["weights"]["year"], 0.2)
        self.assertIn("matches its checksums", self.succeed("verify"))
        self.succeed("generations", "rollback")
        self.assertEqual(self.exported(), classic)
        self.assertIn("year_score", server.get(f"/shows/{first}/recommendations?weights=year:1")[1]["recommendations"][0])


class Serving(ProgramTest):
    def test_serves_the_published_generation_and_the_next_one(self):
        server = Server(self)
        self.assertEqual(server.get("/recommendations/health")[0], 503, "nothing is published yet")
        self.assertEqual(server.get("/shows/169/recommendations")[0], 503)
        self.succeed("pipeline")
        status, health = server.get("/api/recommendations/health")
        self.assertEqual((status, health["status"], health["service"]), (200, "healthy", "tv-recommender-service"))
        lists = self.exported()
        status, body = server.get("/shows/169/recommendations?n=50")
        self.assertEqual(status, 200)
        self.assertEqual([[r["show_id"], r["similarity_score"], r["genre_score"], r["text_score"], r["metadata_score"]]
                          for r in body["recommendations"]], lists[169])
        self.assertEqual(body["count"], len(lists[169]))
        self.assertEqual(server.get("/shows/5/recommendations")[1]["recommendations"][0]["genres"][0], "Drama")
        stats = server.get("/recommendations/stats")[1]
        self.assertEqual(stats["cached_shows"], 381)
        self.assertEqual(stats["similarity_stats"]["total_records"], sum(map(len, lists.values())))
        self.succeed("pipeline", "--max-shows", "100", "--force")
        self.assertEqual(server.get("/recommendations/stats")[1]["cached_shows"], 100)
        self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main()
