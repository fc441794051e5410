"""Tests the program on a real MariaDB server."""
import pathlib
import random
import re
import subprocess
import threading
import time
import unittest
import urllib.parse

import mariadb
from mariadb import make_authority
from program import ProgramTest, Server, some_shows
from tcp_proxy import TcpProxy

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEED = 20261125
PUBLISHER_KILLS = 100
SERVER_KILLS = 20
SECRET = "Correct-Horse:7/battery"
ESCAPED = "Correct-Horse%3A7%2Fbattery"

ORIGINAL_SCHEMA = """
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO alembic_version VALUES ('213c78f7baa1');
CREATE TABLE show_metadata (show_id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(255), genres JSON, summary TEXT,
    rating FLOAT, type VARCHAR(50), language VARCHAR(50), network VARCHAR(100), synced_at DATETIME);
CREATE TABLE show_similarities (id INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY, show_id INTEGER NOT NULL,
    similar_show_id INTEGER NOT NULL, similarity_score FLOAT NOT NULL, genre_score FLOAT, text_score FLOAT,
    metadata_score FLOAT, computed_at DATETIME, KEY ix_show_similarities_show_id (show_id));
INSERT INTO show_metadata VALUES (1, 'Lost', '["Drama"]', '<p>x</p>', 8.1, 'Scripted', 'English', 'ABC', '2025-11-02 09:00:00');
INSERT INTO show_metadata VALUES (2, 'Fringe', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO show_metadata VALUES (3, 'Alias', '[]', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO show_similarities VALUES (1, 1, 3, 0.4, NULL, 0.1, 0.2, '2025-11-02 09:30:00');
INSERT INTO show_similarities VALUES (2, 1, 2, 0.8, 1.0, 0.5, 0.2, '2025-11-02 09:30:00');
"""


def statements(text):
    """Returns the statements of one of our scripts, where a semicolon ends a line."""
    without_comments = re.sub(r"^\s*--.*$", "", text, flags=re.M)
    return [s for s in re.split(r";\s*$", without_comments, flags=re.M) if s.strip()]


class MariadbTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.server = mariadb.server()
        self.database = self.server.new_database()
        self.environment["DATABASE_URL"] = self.server.url(self.database)

    def ask(self, *sql):
        return self.server.ask(self.database, *sql)

    def published(self):
        """Returns the number of the published generation, which must be complete."""
        rows = self.ask("""
            SELECT g.number, g.shows, g.recommendations, (SELECT COUNT(*) FROM show_metadata),
                   (SELECT COUNT(*) FROM show_similarities)
            FROM published p JOIN generations g ON g.number = p.generation""")
        self.assertEqual(len(rows), 1)
        number, shows, lists, stored_shows, stored_lists = rows[0]
        self.assertEqual((stored_shows, stored_lists), (shows, lists), f"generation {number} is not complete")
        return number

    def publish_some(self, n=200):
        self.write_catalogue(some_shows(n))
        self.succeed("pipeline", "--catalogue", "shows.ndjson")

    def proxy(self, **options):
        proxy = TcpProxy(self.server.port, **options)
        self.addCleanup(proxy.close)
        return proxy


class Publishing(MariadbTest):
    def test_publishes_the_same_lists_as_sqlite(self):
        self.publish_some()
        on_mariadb = self.exported()
        self.environment["DATABASE_URL"] = "sqlite:///other.db"
        self.succeed("populate")
        self.assertEqual(on_mariadb, self.exported())

    def test_stores_or_rejects_each_real_row(self):
        hard = {
            7: {"name": "n" * 1_000, "network": {"name": "w" * 900}, "language": "l" * 400, "type": "t" * 300},
            8: {"name": "\U0001F3AC 名探偵 \u200b\u00ad 'quoted' \\ \"", "summary": "<p>" + "\U0001F600" * 16_382 + "</p>"},
            9: {"name": "null everywhere", "genres": None, "summary": None, "type": None, "language": None,
                "network": None, "webChannel": None, "rating": None, "premiered": None, "status": None},
            2**31 - 1: {"name": "the largest INT", "summary": "s" * 65_536},
            2**31: {"name": "one more"},
            2**53 + 1: {"name": "more than a double counts"},
            2**63 - 1: {"name": "the largest BIGINT", "genres": ["Drama"] * 3, "rating": {"average": 9.95}},
        }
        bad = [{"id": 20, "name": "n" * 1_001}, {"id": 2**63, "name": "too large"}, {"id": 21, "name": "w", "network": {"name": "w" * 1_001}}]
        self.write_catalogue(some_shows(5) + [{"id": i, **show} for i, show in hard.items()] + bad)
        output = self.succeed("pipeline", "--catalogue", "shows.ndjson", "--min-similarity", "0")
        self.assertIn("rejected: 3 of 15 records", output)
        stored = {row[0]: row[1:] for row in self.ask("SELECT show_id, name, summary, network, rating, genres FROM show_metadata")}
        self.assertEqual(set(stored), {1, 2, 3, 4, 5, *hard})
        for number, show in hard.items():
            self.assertEqual(stored[number][0], show["name"])
            self.assertEqual(stored[number][1], show.get("summary"))
        self.assertEqual(stored[7][2], "w" * 900)
        self.assertEqual(stored[9][1:], (None, None, None, "[]"))
        self.assertEqual(stored[2**63 - 1][3], 9.95)
        self.assertIn("n" * 1_000, self.succeed("recommend", "7"))
        self.assertEqual(len(self.exported()), 12)

    def test_allows_one_publisher_at_a_time(self):
        self.publish_some()
        other = self.server.connection(self.database)
        with other.cursor() as cursor:
            cursor.execute("SELECT GET_LOCK(%s, 0)", (f"bingefriend publish {self.database}",))
            self.assertIn("another process is publishing", self.fail_with(1, "populate"))
            self.assertIn("another process is publishing", self.fail_with(1, "generations", "rollback"))
        other.close()  # the lock ends with its owner
        both = [self.start("populate"), self.start("populate")]
        results = [(p.communicate(timeout=120)[1], p.returncode) for p in both]
        self.assertIn(0, [code for _, code in results])
        for errors, code in results:
            self.assertTrue(code == 0 or "another process is publishing" in errors, errors)
        self.published()

    def test_retains_generations_and_rolls_back(self):
        self.publish_some(60)
        for _ in range(3):
            self.succeed("populate", "--keep-generations", "3")
        self.assertEqual([row[0] for row in self.ask("SELECT number FROM generations ORDER BY number")], [2, 3, 4])
        self.assertEqual(self.ask("SELECT COUNT(DISTINCT generation) FROM generation_shows")[0][0], 3)
        self.succeed("generations", "rollback")
        self.assertEqual(self.published(), 3)
        self.succeed("generations", "rollback")
        self.assertEqual(self.published(), 2)
        self.assertIn("no generation to go back to", self.fail_with(2, "generations", "rollback"))
        self.succeed("populate")
        self.assertEqual(self.published(), 5)


class Conversion(MariadbTest):
    def undo(self):
        for version in ("0006_year", "0005_checksums", "0004_spread", "0003_questions", "0002_generations", "0001_original_tables"):
            text = (ROOT / f"src/store/migrations/mysql/{version}.sql").read_text(encoding="utf-8")
            self.ask(*statements(text.split("-- migrate:down")[1]))
        self.ask("DROP TABLE schema_migrations")

    def tables(self):
        return {row[0]: row[1] for row in self.ask(
            "SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = DATABASE()")}

    def test_keeps_the_original_rows_published_and_can_undo_it(self):
        self.ask(*statements(ORIGINAL_SCHEMA))
        before = self.ask("SHOW CREATE TABLE show_similarities")[0][1]
        self.assertIn("bingefriend migrate", self.fail_with(1, "stats"))
        self.succeed("migrate")
        self.assertEqual(self.ask("SELECT version_num FROM alembic_version"), (("213c78f7baa1",),))
        self.assertEqual(self.published(), 1)
        self.assertEqual(self.exported(), {1: [[2, 0.8, 1.0, 0.5, 0.2], [3, 0.4, 0.0, 0.1, 0.2]], 2: [], 3: []})
        self.assertEqual(str(self.ask("SELECT computed_at FROM show_similarities LIMIT 1")[0][0]), "2025-11-02 09:30:00")
        self.assertIn("current schema", self.succeed("migrate"))
        self.publish_some(50)
        self.assertEqual(self.published(), 2)
        self.succeed("generations", "rollback")
        self.undo()
        self.assertEqual(self.tables(), dict.fromkeys(["alembic_version", "show_metadata", "show_similarities"], "BASE TABLE"))
        self.assertEqual(re.sub(r" AUTO_INCREMENT=\d+", "", self.ask("SHOW CREATE TABLE show_similarities")[0][1]),
                         re.sub(r" AUTO_INCREMENT=\d+", "", before))
        self.assertEqual(self.ask("SELECT name FROM show_metadata ORDER BY show_id"), (("Lost",), ("Fringe",), ("Alias",)))
        self.assertEqual(self.ask("SELECT similar_show_id FROM show_similarities ORDER BY similarity_score"), ((3,), (2,)))
        self.succeed("migrate")
        self.assertEqual(self.published(), 1)

    def test_finishes_an_interrupted_migration(self):
        text = (ROOT / "src/store/migrations/mysql/0002_generations.sql").read_text(encoding="utf-8")
        up = statements(text.split("-- migrate:up")[1].split("-- migrate:down")[0])
        for done in range(1, len(up) + 1):
            self.database = self.server.new_database()
            self.environment["DATABASE_URL"] = self.server.url(self.database)
            self.ask(*statements(ORIGINAL_SCHEMA))
            self.ask("CREATE TABLE schema_migrations (version VARCHAR(128) PRIMARY KEY)",
                     "INSERT INTO schema_migrations VALUES ('0001')")
            if "PREPARE" not in up[done - 1] and "EXECUTE" not in up[done - 1]:  # their effect ends with the session
                self.ask(*up[:done])
                self.assertEqual(self.ask("SELECT COUNT(*) FROM show_metadata")[0][0], 3, "readers always see data")
                self.succeed("migrate")
                self.assertEqual(len(self.exported()[1]), 2, f"after {done} statements")
                self.assertFalse({t for t in self.tables() if t.startswith("new_")})

    def test_leaves_the_database_of_another_program_unchanged(self):
        self.ask("CREATE TABLE contacts (name TEXT)")
        self.assertIn("belongs to another program", self.fail_with(1, "migrate"))
        self.assertEqual(list(self.tables()), ["contacts"])

    def test_creates_a_missing_database(self):
        self.database = "made `by` us"
        self.addCleanup(self.server.ask, None, "DROP DATABASE `made ``by`` us`")
        self.environment["DATABASE_URL"] = self.server.url("made%20%60by%60%20us")
        self.assertIn("there is no database", self.fail_with(1, "stats"))
        self.publish_some(20)
        self.assertEqual(self.published(), 1)


class Accounts(MariadbTest):
    def make_accounts(self):
        """Creates the accounts of deploy/sql in the database of this test."""
        for name in ("writer", "reader"):
            text = (ROOT / f"deploy/sql/{name}.sql").read_text(encoding="utf-8")
            text = text.replace("bingefriend.*", f"{self.database}.*").replace("EXISTS bingefriend ", f"EXISTS {self.database} ")
            text = text.replace(f"bingefriend_{name}", f"{self.database}_{name}")
            self.ask(*statements(re.sub(r"CHANGE-THIS-\d", SECRET, text)))

    def url_of(self, name, **options):
        return self.server.url(self.database, f"{self.database}_{name}", ESCAPED, **options)

    def test_the_documented_grants_are_sufficient_and_necessary(self):
        self.make_accounts()
        self.environment["DATABASE_URL"] = self.url_of("writer")
        self.ask(*statements(ORIGINAL_SCHEMA))
        self.publish_some(50)
        self.succeed("populate", "--keep-generations", "2")  # deletes the rows of the original system
        self.environment["DATABASE_URL"] = self.url_of("reader")
        self.succeed("stats")
        self.succeed("generations")
        self.succeed("recommend", "1")
        self.assertEqual(len(self.exported()), 50)
        server = Server(self)
        self.assertEqual(server.get("/recommendations/health")[0], 200)
        self.assertEqual(server.get("/shows/1/recommendations")[0], 200)
        refused = self.fail_with(1, "generations", "rollback")
        self.assertIn("may not do this", refused)
        self.assertIn("deploy/sql", refused)
        self.assertNotIn(SECRET, refused)

    def test_a_password_appears_nowhere(self):
        self.make_accounts()
        self.publish_some(20)
        del self.environment["DATABASE_URL"]
        url = self.url_of("reader")
        server = Server(self, "--database-url", url)
        self.assertNotIn("Horse", server.first_line)
        for entry in (f"/proc/{server.process.pid}/cmdline",):
            self.assertNotIn("Horse", pathlib.Path(entry).read_text())
        for wrong in (url.replace("battery", "wrong"), url.replace(f":{self.server.port}/", ":1/"), url + "?x=1"):
            code, output, errors = self.run_program("stats", "--database-url", wrong)
            self.assertNotEqual(code, 0)
            self.assertNotIn("Horse", output + errors)
            self.assertEqual(len(errors.splitlines()), 1, errors)


class Connections(MariadbTest):
    def test_survives_a_connection_that_drops(self):
        self.publish_some(400)
        ca = urllib.parse.quote(str(self.server.ca))
        for parameters in ("", f"?ssl_ca={ca}"):
            proxy = self.proxy()
            self.environment["DATABASE_URL"] = self.server.url(self.database, port=proxy.port, parameters=parameters)
            proxy.cut_after, proxy.cuts_left = 100_000, 3  # the migration sends less; later connections work
            self.succeed("populate")
            self.assertGreater(proxy.connections, 3)
        self.assertEqual(self.published(), 3)
        self.assertEqual(self.ask("SELECT COUNT(*) FROM generations")[0][0], 2, "leftovers are deleted")

    def test_reports_a_connection_that_always_drops(self):
        self.publish_some(400)
        proxy = self.proxy()
        self.environment["DATABASE_URL"] = self.server.url(self.database, port=proxy.port)
        proxy.cut_after, proxy.cuts_left = 100_000, 1_000
        self.assertIn("connection to the database was lost", self.fail_with(1, "populate"))
        self.assertEqual(self.published(), 1)

    def test_does_not_wait_forever_for_a_silent_server(self):
        self.publish_some(50)
        proxy = self.proxy()
        proxy.silent = True
        self.environment["DATABASE_URL"] = self.server.url(
            self.database, port=proxy.port, parameters="?connect_timeout=1&read_timeout=1")
        self.assertIn("database", self.fail_with(1, "stats"))

    def test_verifies_a_server_before_it_is_trusted(self):
        self.publish_some(20)
        self.server.ask(None, f"CREATE USER {self.database}_tls IDENTIFIED BY 'x' REQUIRE SSL",
                        f"GRANT SELECT ON {self.database}.* TO {self.database}_tls")

        def stats(parameters, port=None, host="127.0.0.1"):
            url = self.server.url(self.database, f"{self.database}_tls", "x", port=port, parameters=parameters)
            return self.run_program("stats", "--database-url", url.replace("127.0.0.1", host))

        ca = urllib.parse.quote(str(self.server.ca))
        self.assertEqual(stats(f"?ssl_ca={ca}")[0], 0)
        self.assertEqual(stats(f"?ssl_ca={ca}", host="localhost")[0], 0)
        self.assertEqual(stats("?ssl_verify_cert=false&ssl=true")[0], 0)
        self.assertNotEqual(stats("")[0], 0, "the account accepts only TLS")
        code, _, errors = stats("?ssl_verify_cert=true")
        self.assertEqual(code, 1, "the authorities of the system do not include this one")
        self.assertIn("ssl_ca=FILE", errors)
        make_authority(self.folder)
        other = urllib.parse.quote(str(self.folder / "ca.pem"))
        self.assertEqual(stats(f"?ssl_ca={other}")[0], 1, "another authority with the same name")
        other_name = self.proxy(host="127.0.0.2")
        code, _, errors = stats(f"?ssl_ca={ca}", port=other_name.port, host="127.0.0.2")
        self.assertEqual(code, 1, "the certificate is for another name")
        self.assertIn("TLS", errors)

    def test_serve_renews_its_connections(self):
        self.publish_some(50)
        proxy = self.proxy()
        self.environment["DATABASE_URL"] = self.server.url(self.database, port=proxy.port)
        server = Server(self)
        self.assertEqual(server.get("/shows/1/recommendations")[0], 200)
        for (number,) in self.ask(f"SELECT id FROM information_schema.processlist WHERE db = '{self.database}' AND id <> CONNECTION_ID()"):
            self.ask(f"KILL {number}")
        for _ in range(4):
            self.assertEqual(server.get("/shows/1/recommendations")[0], 200, "a lost connection is replaced without an error")

    def rollbacks(self):
        return int(self.server.ask(None, "SHOW GLOBAL STATUS LIKE 'Com_rollback'")[0][1])

    def test_waits_for_a_primary_that_is_read_only_for_a_moment(self):
        self.publish_some(50)
        self.server.ask(None, f"CREATE USER {self.database}_w IDENTIFIED BY 'x'", f"GRANT ALL ON {self.database}.* TO {self.database}_w")
        self.environment["DATABASE_URL"] = self.server.url(self.database, f"{self.database}_w", "x")
        self.server.ask(None, "SET GLOBAL read_only = 1")
        try:
            before = self.rollbacks()
            process = self.start("populate")
            self.wait_until(lambda: self.rollbacks() > before, "populate does not try to write")
        finally:
            self.server.ask(None, "SET GLOBAL read_only = 0")
        self.assertEqual(process.communicate(timeout=120)[1], "")
        self.assertEqual(process.returncode, 0)
        self.assertEqual(self.published(), 2)


class Reading(MariadbTest):
    def statement(self, name, *values):
        sql = re.sub(r"^--.*$", "", (ROOT / f"src/store/sql/{name}.sql").read_text(encoding="utf-8"), flags=re.M)
        sql = re.sub(r"([\w.]*)@(\w+)", lambda m: ", ".join(m[1] + part + m[2] for part in ("genre", "text", "metadata")), sql)
        for value in values:
            sql = sql.replace("?", str(value), 1)
        return sql

    def rows_read(self, sql):
        """Returns how many rows the server read, and how many of them by a scan."""
        connection = self.server.connection(self.database)
        try:
            with connection.cursor() as cursor:
                cursor.execute("FLUSH STATUS")
                cursor.execute(sql)
                cursor.fetchall()
                cursor.execute("SHOW SESSION STATUS LIKE 'Handler_read%'")
                status = {name: int(value) for name, value in cursor.fetchall()}
                return sum(status.values()), status["Handler_read_rnd_next"]
        finally:
            connection.close()

    def test_a_lookup_reads_one_index_range_and_stats_scan_nothing(self):
        self.publish_some(500)
        self.succeed("populate")
        self.ask("ANALYZE TABLE generation_shows, generation_similarities, generations, published")
        generation = self.ask("SELECT generation FROM published")[0][0]
        for shows in (range(250, 251), range(100, 116)):
            lookup = self.statement("recommendations", generation, 10, ", ".join(map(str, shows)))
            plan = {row[2]: row for row in self.ask("EXPLAIN " + lookup)}
            self.assertEqual(plan["r"][5], "PRIMARY", plan)
            self.assertEqual(plan["r"][3], "range", plan)
            self.assertNotIn("s", plan, "only the lists, without their shows")
            self.assertFalse(any("filesort" in str(row) or "temporary" in str(row) for row in plan.values()), plan)
            touched, scanned = self.rows_read(lookup)
            self.assertLess(touched, 13 * len(shows) + 20)
            self.assertLess(scanned, 5)
        shows = self.statement("shows_of_ids", generation, ", ".join(map(str, range(10, 260, 25))))
        (plan,) = self.ask("EXPLAIN " + shows)
        self.assertEqual((plan[3], plan[5]), ("range", "PRIMARY"), plan)
        touched, scanned = self.rows_read(shows)
        self.assertLess(touched, 40)
        self.assertEqual(scanned, 0)
        touched, scanned = self.rows_read(self.statement("current_generation"))
        self.assertLess(touched, 10, "stats read two rows")

    def ask_without_pause(self, server, stop, faults, kinds):
        while not stop.is_set():
            status, body = server.get("/shows/7/recommendations?n=20")
            if status != 200:
                faults.append((status, body))
                continue
            of_genre = all(r["similarity_score"] == r["genre_score"] for r in body["recommendations"])
            of_text = all(r["similarity_score"] == r["text_score"] for r in body["recommendations"])
            if of_genre == of_text:
                faults.append(body)
            kinds.append(of_genre)

    def test_publications_and_rollbacks_never_fail_or_mix_requests(self):
        by_genre = ["--genre-weight", "1", "--text-weight", "0", "--metadata-weight", "0", "--min-similarity", "0"]
        by_text = ["--genre-weight", "0", "--text-weight", "1", "--metadata-weight", "0", "--min-similarity", "0"]
        self.write_catalogue(some_shows(300))
        self.succeed("pipeline", "--catalogue", "shows.ndjson", *by_genre)
        self.environment["ANSWER_CACHE_MB"] = "0"  # every request reaches the database
        server = Server(self)
        stop, faults, kinds = threading.Event(), [], []
        asking = [threading.Thread(target=self.ask_without_pause, args=(server, stop, faults, kinds)) for _ in range(2)]
        for thread in asking:
            thread.start()
        try:
            for run in range(10):
                self.succeed("populate", *(by_genre if run % 2 else by_text))
            for _ in range(2):
                self.succeed("generations", "rollback")
                self.wait_until(lambda: server.get("/recommendations/stats")[1]["weights"]["text"] == 1.0, "the rollback is not served")
                self.succeed("populate", *by_genre)
                self.succeed("populate", *by_text)
                self.succeed("populate", *by_genre)
        finally:
            stop.set()
            for thread in asking:
                thread.join()
        self.assertEqual(faults, [])
        self.assertEqual(set(kinds), {True, False}, "both kinds of generation were seen")


class UnusualServers(MariadbTest):
    """Servers with unusual defaults."""

    HOSTILE = {
        "alter_algorithm": "'INSTANT'", "autocommit": 0, "completion_type": 2, "default_storage_engine": "'MyISAM'", "foreign_key_checks": 0,
        "idle_readonly_transaction_timeout": 1, "idle_transaction_timeout": 1, "idle_write_transaction_timeout": 1,
        "innodb_default_row_format": "'redundant'", "innodb_lock_wait_timeout": 0, "lock_wait_timeout": 0, "max_join_size": 3,
        "max_sort_length": 64, "max_statement_time": 0.01, "net_read_timeout": 1, "net_write_timeout": 1, "sql_auto_is_null": 1,
        "sql_big_selects": 0, "sql_mode": "'ANSI,ORACLE,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH'", "sql_safe_updates": 1,
        "sql_select_limit": 2, "time_zone": "'-11:00'", "tx_isolation": "'READ-UNCOMMITTED'", "tx_read_only": 1,
        "unique_checks": 0, "wait_timeout": 1,
    }
    # Settings for the statements of the test itself.
    MILD = ("SET SESSION sql_mode = '', sql_select_limit = 18446744073709551615, sql_big_selects = 1, "
            "completion_type = 0, max_statement_time = 0, sql_safe_updates = 0, tx_read_only = 0, tx_isolation = 'REPEATABLE-READ', "
            "wait_timeout = 600, lock_wait_timeout = 60")

    def use(self, *options):
        """Starts a separate server for this test."""
        self.server = mariadb.Mariadb(*mariadb.SMALL, *options)
        self.addCleanup(self.server.close)
        self.use_new_database()

    def use_new_database(self):
        self.database = self.server.new_database()
        self.environment["DATABASE_URL"] = self.server.url(self.database)

    def row_formats(self):
        return {name: row_format for name, row_format in self.ask(
            "SELECT table_name, row_format FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'")}

    def test_server_defaults_do_not_change_stored_data(self):
        shows = some_shows(300)
        shows[7]["name"] = "Amélie \U0001F3AC 名探偵"
        self.write_catalogue(shows)
        self.environment["DATABASE_URL"] = "sqlite:///other.db"
        self.succeed("pipeline", "--catalogue", "shows.ndjson")
        lists = self.exported()

        self.use("--skip-character-set-client-handshake", "--character-set-server=latin1")
        self.ask(*statements(ORIGINAL_SCHEMA))
        self.server.init_command = self.MILD
        self.server.ask(None, *(f"SET GLOBAL {name} = {value}" for name, value in self.HOSTILE.items()))
        self.succeed("migrate")
        self.assertEqual(len(self.exported()[1]), 2)
        for _ in range(3):
            self.succeed("pipeline", "--catalogue", "shows.ndjson", "--keep-generations", "2")
            self.assertEqual(self.exported(), lists)
        self.assertEqual(self.published(), 4)
        self.assertEqual(self.ask("SELECT COUNT(*) FROM generation_shows")[0][0], 600, "old generations are deleted")
        self.assertEqual({engine for (engine,) in self.ask(
            "SELECT engine FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' "
            "AND table_name NOT LIKE 'original%' AND table_name <> 'alembic_version'")}, {"InnoDB"})
        self.succeed("generations", "rollback")
        self.assertEqual(self.published(), 3)
        self.succeed("verify")
        server = Server(self)
        self.assertEqual(server.get("/shows/8")[1]["name"], shows[7]["name"])
        self.assertEqual(len(server.get("/get_shows_bulk?limit=200")[1]["shows"]), 200)
        status, body = server.get("/shows/1/recommendations?n=20")
        self.assertEqual((status, len(body["recommendations"])), (200, len(lists[1])))

    def test_tables_are_dynamic_on_every_server(self):
        for preferred in ("compact", "redundant"):
            self.use(f"--innodb-default-row-format={preferred}")
            self.publish_some(20)
            self.assertEqual({f for name, f in self.row_formats().items() if name != "schema_migrations"}, {"Dynamic"})

    def test_converts_tables_that_an_older_version_created(self):
        self.use("--innodb-default-row-format=compact")
        made = ["0001_original_tables", "0002_generations"]  # the next step of that version failed
        for version in made:
            text = (ROOT / f"src/store/migrations/mysql/{version}.sql").read_text(encoding="utf-8")
            text = text.split("-- migrate:up")[1].split("-- migrate:down")[0].replace("ROW_FORMAT = DYNAMIC", "")
            self.ask(*statements(text))
        self.ask("CREATE TABLE schema_migrations (version VARCHAR(128) PRIMARY KEY)",
                 *(f"INSERT INTO schema_migrations VALUES ('{version[:4]}')" for version in made))
        self.assertEqual(self.row_formats()["generation_shows"], "Compact")
        long = {"id": 1, "name": "n" * 1_000, "summary": "s" * 2_000, "genres": ["g" * 900],
                "network": {"name": "w" * 1_000}, "webChannel": {"name": "c" * 1_000}, "type": "t" * 900, "language": "l" * 900,
                "status": "a" * 900, "url": "https://example.org/" + "u" * 1_000,
                "image": {"medium": "https://example.org/" + "m" * 1_000, "original": "https://example.org/" + "o" * 1_000}}
        self.write_catalogue([long, {"id": 2, "name": "short"}])
        self.succeed("pipeline", "--catalogue", "shows.ndjson")
        self.assertEqual(self.row_formats()["generation_shows"], "Dynamic")
        self.assertEqual(self.published(), 1)


class Crashes(MariadbTest):
    def test_a_killed_publisher_leaves_a_complete_generation(self):
        chance = random.Random(SEED)
        self.publish_some(400)
        generation = self.published()
        for _ in self.kill_at_random_moments(chance, PUBLISHER_KILLS, "populate"):
            self.assertGreaterEqual(self.published(), generation, f"seed {SEED}")
            generation = self.published()
        self.succeed("populate")
        self.assertGreater(self.published(), generation)
        self.assertEqual(self.ask("SELECT COUNT(*) FROM generations")[0][0], 2, "leftovers are deleted")
        self.assertEqual(self.ask("SELECT COUNT(*) FROM generation_shows")[0][0], 800)

    def test_a_killed_server_holds_a_complete_generation(self):
        chance = random.Random(SEED)
        server = mariadb.Mariadb(*mariadb.SMALL)
        self.addCleanup(server.close)
        self.server, self.database = server, server.new_database()
        self.environment["DATABASE_URL"] = server.url(self.database)
        self.publish_some(400)
        began = time.monotonic()
        self.succeed("populate")
        duration = time.monotonic() - began
        generation = self.published()
        for _ in range(SERVER_KILLS):
            process = self.start("populate")
            try:
                process.communicate(timeout=chance.uniform(0, duration))
            except subprocess.TimeoutExpired:
                pass
            server.kill()
            server.start()
            _, errors = process.communicate(timeout=120)
            self.assertTrue(process.returncode == 0 or len(errors.splitlines()) == 1, errors)
            self.assertGreaterEqual(self.published(), generation, f"seed {SEED}")
            generation = self.published()
        self.succeed("populate")
        self.assertGreater(self.published(), generation)


if __name__ == "__main__":
    unittest.main()
