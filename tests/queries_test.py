"""Sends computed queries to the real server on each database."""
import http.client
import json
import unittest
import urllib.parse

import mariadb
from program import ProgramTest, Server


class Asking:
    PIPELINE = ["pipeline"]

    def setUp(self):
        super().setUp()
        self.use_database()
        self.succeed(*self.PIPELINE)
        self.server = Server(self)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        self.addCleanup(self.connection.close)

    def ask(self, path, method="GET", body=None, **parameters):
        query = urllib.parse.urlencode(parameters, doseq=True)
        self.connection.request(method, path + ("?" + query if query else ""), body=body and json.dumps(body),
                                headers={"Content-Type": "application/json"} if body else {})
        response = self.connection.getresponse()
        content = response.read()
        self.assertIn(response.status, (200, 404), content)
        return content.decode()

    def get(self, path, **parameters):
        return json.loads(self.ask(path, **parameters))

    def all_shows(self):
        shows = []
        while True:
            page = self.get("/get_shows_bulk", offset=len(shows), limit=100)["shows"]
            shows += page
            if len(page) < 100:
                return shows


class Queries(Asking):
    def test_computed_and_stored_lists_of_every_show_agree(self):
        def entries(text):
            return text[text.index('"recommendations":'):] if '"recommendations":[]' not in text else None

        for show in self.all_shows():
            plain = self.ask(f"/shows/{show['id']}/recommendations", n=50)
            mixed = self.ask("/recommendations", like=show["id"], n=20, min_similarity=0.1)
            weighted = self.ask(f"/shows/{show['id']}/recommendations", n=20, min_similarity=0.1,
                                weights="genre:4,text:5,metadata:1")
            posted = json.loads(self.ask("/recommendations/similar", "POST", show, n=20, min_similarity=0.1,
                                         exclude=show["id"]))
            if entries(plain) is None:
                self.assertEqual(json.loads(mixed)["count"], 0)
                continue
            self.assertEqual(entries(mixed), entries(plain))
            self.assertEqual(entries(weighted), entries(plain))
            self.assertEqual(posted["recommendations"], json.loads(plain)["recommendations"])

    def test_applies_filters_before_the_ranking(self):
        shows = {show["id"]: show for show in self.all_shows()}
        some = self.get("/recommendations", like=169, genre=["crime", "COMEDY"], type="Scripted", min_rating=8, n=50)
        fitting = [id for id, show in shows.items() if id != 169 and show["type"] == "Scripted"
                   and {"Crime", "Comedy"} & set(show["genres"]) and (show["rating"]["average"] or 0) >= 8]
        self.assertEqual(some["count"], min(50, len(fitting)))
        self.assertLessEqual({r["show_id"] for r in some["recommendations"]}, set(fitting))
        scores = [r["similarity_score"] for r in some["recommendations"]]
        self.assertEqual(scores, sorted(scores, reverse=True))

    def test_dislikes_lower_the_rank_of_similar_shows(self):
        liked = self.get("/recommendations", like="169,5", n=50)
        less = self.get("/recommendations", like="169,5", unlike=liked["recommendations"][0]["show_id"], n=50)
        before = {r["show_id"]: r["similarity_score"] for r in liked["recommendations"]}
        for r in less["recommendations"]:
            if r["show_id"] in before:
                self.assertLessEqual(r["similarity_score"], before[r["show_id"]])
        self.assertNotIn(liked["recommendations"][0]["show_id"], [r["show_id"] for r in less["recommendations"]])
        self.assertEqual(self.get("/recommendations", like="169,999999999")["unknown"], [999999999])

    def test_search_finds_names_as_people_type_them(self):
        names = [show["name"] for show in self.get("/shows/search", q="the WIRE")["shows"]]
        self.assertEqual(names[0], "The Wire")
        self.assertEqual(self.get("/shows/search", q="breaking b")["shows"][0]["name"], "Breaking Bad")
        self.assertEqual(self.get("/shows/search", q="zzzzzz")["shows"], [])
        self.assertEqual(self.get("/shows/search", q="' OR 1=1 -- %")["count"], 0)

    def test_a_show_has_the_data_of_the_catalogue(self):
        show = self.get("/shows/169")
        self.assertEqual((show["id"], show["name"]), (169, "Breaking Bad"))
        listed = self.get("/get_shows_bulk", show_ids="169,5,999999999")
        self.assertEqual([s["id"] for s in listed["shows"]], [5, 169])
        self.assertEqual(listed["shows"][1], show)

    def test_bulk_pages_work_as_a_show_service_with_the_same_lists(self):
        lists = self.exported()
        copy = "sqlite:///copy.db"
        self.succeed("pipeline", "--show-service-url", f"http://127.0.0.1:{self.server.port}/api", "--data-dir", "copy",
                     "--database-url", copy)
        lines = self.succeed("export", "--database-url", copy).splitlines()
        self.assertEqual({line["id"]: line["top"] for line in map(json.loads, lines)}, lists)

    def test_links_are_included(self):
        shows = [{"id": i, "name": f"Show {i}", "genres": ["Drama"], "status": "Ended", "premiered": "2001-02-03",
                  "url": f"https://example.org/{i}", "image": {"medium": "https://example.org/m", "original": None},
                  "externals": {"imdb": "tt1", "thetvdb": 5, "tvrage": None}, "network": {"name": "N"},
                  "webChannel": {"name": "W"}} for i in range(1, 4)]
        self.succeed("pipeline", "--force", "--catalogue", self.write_catalogue(shows))
        self.server.stop()
        self.server = Server(self)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        self.addCleanup(self.connection.close)
        first = self.get("/shows/1/recommendations")["recommendations"][0]
        self.assertEqual(first["url"], "https://example.org/2")
        self.assertEqual(first["image"], {"medium": "https://example.org/m", "original": None})
        self.assertEqual(first["externals"], {"tvrage": None, "thetvdb": 5, "imdb": "tt1"})
        self.assertEqual((first["status"], first["premiered"], first["network"], first["web_channel"]),
                         ("Ended", "2001-02-03", "N", "W"))
        show = self.get("/shows/2")
        self.assertEqual((show["network"], show["webchannel"]), ({"name": "N"}, {"name": "W"}))


class OnSqlite(Queries, ProgramTest):
    def use_database(self):
        pass


class OnMariadb(Queries, ProgramTest):
    def use_database(self):
        server = mariadb.server()
        self.environment["DATABASE_URL"] = server.url(server.new_database())


class DiverseLists(Asking, ProgramTest):
    PIPELINE = ["pipeline", "--diversity", "0.4", "--max-per-franchise", "1"]

    def use_database(self):
        pass

    def test_are_stored_as_queries_compute_them(self):
        shows = self.all_shows()
        for show in shows[::7]:
            stored = self.get(f"/shows/{show['id']}/recommendations", n=50)["recommendations"]
            computed = self.get(f"/shows/{show['id']}/recommendations", n=20, min_similarity=0.1, diversity=0.4,
                                max_per_franchise=1)["recommendations"]
            self.assertEqual(stored, computed)
        stats = self.get("/recommendations/stats")
        self.assertEqual((stats["diversity"], stats["max_per_franchise"]), (0.4, 1))
        self.assertIn("diversity, per franchise   0.4, 1\n", self.succeed("stats"))


if __name__ == "__main__":
    unittest.main()
