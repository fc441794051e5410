"""Runs the migrations with dbmate, up and down, on both databases, and mixes them with those of the program."""
import pathlib
import subprocess
import unittest

import mariadb
from program import ProgramTest, Server, some_shows, test_tools

ROOT = pathlib.Path(__file__).resolve().parent.parent


class ByHand:
    def dbmate(self, command):
        run = subprocess.run(
            [test_tools() / ".bin/dbmate", "--no-dump-schema", "--migrations-dir", ROOT / "src/store/migrations" / self.dialect,
             "--url", self.url, command], cwd=self.folder, text=True, capture_output=True, timeout=300)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        return run.stdout

    def migrations(self):
        return sorted(path.stem for path in (ROOT / "src/store/migrations" / self.dialect).glob("*.sql"))

    def publish(self):
        self.succeed("pipeline", "--catalogue", self.write_catalogue(some_shows(60)))
        return self.exported()

    def test_dbmate_creates_the_same_schema_as_the_program(self):
        self.dbmate("up")
        self.assertIn("current schema", self.succeed("migrate"))
        self.assertEqual(len(self.publish()), 60)
        self.assertIn("Pending: 0", self.dbmate("status"))

    def test_dbmate_reverts_and_reapplies_our_migrations(self):
        lists = self.publish()
        self.assertIn("Pending: 0", self.dbmate("status"))
        for _ in self.migrations():
            self.dbmate("down")
        self.assertIn(f"Pending: {len(self.migrations())}", self.dbmate("status"))
        self.assertIn("bingefriend migrate", self.fail_with(1, "stats"))
        self.dbmate("up")
        self.assertEqual(self.publish(), lists)


    def test_serves_generations_from_before_score_distributions(self):
        lists = self.publish()
        for _ in [name for name in self.migrations() if name >= "0004"]:
            self.dbmate("down")
        self.dbmate("up")
        self.assertEqual(self.exported(), lists)
        self.assertEqual(Server(self).get("/recommendations/distribution")[0], 404)
        self.succeed("populate")
        status, spread = Server(self).get("/recommendations/distribution")
        self.assertEqual((status, spread["lists"]), (200, sum(1 for top in lists.values() if top)))


class OnSqlite(ByHand, ProgramTest):
    dialect = "sqlite"

    def setUp(self):
        super().setUp()
        self.environment["DATABASE_URL"] = "sqlite:///by-hand.db"
        self.url = "sqlite:by-hand.db"


class OnMariadb(ByHand, ProgramTest):
    dialect = "mysql"

    def setUp(self):
        super().setUp()
        server = mariadb.server()
        database = server.new_database()
        self.environment["DATABASE_URL"] = server.url(database)
        self.url = f"mysql://root@127.0.0.1:{server.port}/{database}"


if __name__ == "__main__":
    unittest.main()
