"""A generation that looks broken is not published: the previous one stays, and every report gives the reason."""
import json
import random
import unittest

from program import ProgramTest, Server, some_shows


class Gate(ProgramTest):
    def publish(self, shows, *arguments):
        return self.run_program("pipeline", "--catalogue", self.write_catalogue(shows), *arguments)

    def latest(self):
        return json.loads(self.succeed("runs", "latest", "--json"))

    def assert_refused(self, shows, cause, *arguments):
        """Runs a pipeline that must not publish, for this cause. Returns its report."""
        before = self.exported()
        code, output, errors = self.publish(shows, *arguments)
        self.assertEqual(code, 1, errors)
        self.assertRegex(errors, rf"^bingefriend: the new generation is not published: .*{cause}.*--force\n$")
        report = self.latest()
        self.assertEqual((report["outcome"], report["failed_stage"], report["generation"]), ("refused", "compare", None))
        self.assertRegex("; ".join(report["comparison"]["objections"]), cause)
        self.assertIn("not published: ", output)
        self.assertEqual(self.exported(), before)
        return report

    def test_passes_the_first_run_and_a_repeated_one(self):
        self.assertEqual(self.publish(some_shows(300))[0], 0)
        self.assertIsNone(self.latest()["comparison"])
        self.assertEqual(self.publish(some_shows(300))[0], 0)
        comparison = self.latest()["comparison"]
        self.assertEqual((comparison["with_generation"], comparison["mean_overlap"], comparison["objections"]), (1, 1, []))
        self.assertEqual(comparison["before"], comparison["now"])
        self.assertEqual(comparison["before"]["shows"], 300)

    def test_refuses_a_catalogue_that_shrank_and_serves_the_old_one(self):
        self.publish(some_shows(300))
        server = Server(self)
        before = server.get("/shows/7/recommendations?n=20")
        self.assert_refused(some_shows(269), "269 shows are fewer than 90% of the 300 published")
        self.assertEqual(server.get("/shows/7/recommendations?n=20"), before)
        self.assertEqual(server.get("/recommendations/stats")[1]["cached_shows"], 300)
        self.succeed("populate", "--force")
        self.assertEqual(server.get("/recommendations/stats")[1]["cached_shows"], 269)
        report = self.latest()
        self.assertEqual((report["outcome"], report["generation"]["number"]), ("published", 2))
        self.assertTrue(report["comparison"]["forced"])
        self.assertEqual(len(report["comparison"]["objections"]), 1)
        self.assertEqual(self.publish(some_shows(269))[0], 0, "the next run is compared with the forced generation")

    def test_refuses_lost_genres_summaries_or_recommendations(self):
        self.publish(some_shows(300))
        self.assert_refused([show | {"genres": []} if show["id"] % 10 == 0 else show for show in some_shows(300)],
                     r"with genres fell from 100\.0% to 90\.0%")
        self.assert_refused([show | {"summary": None} if show["id"] % 10 == 0 else show for show in some_shows(300)],
                     r"with a summary fell from 100\.0% to 90\.0%")
        self.assert_refused([{"id": show["id"], "name": show["name"]} if show["id"] % 10 == 0 else show for show in some_shows(300)],
                     r"with recommendations fell from 100\.0% to 90\.0%")

    def test_refuses_changed_lists_unless_the_settings_changed(self):
        self.publish(some_shows(300))
        ids = list(range(1, 301))
        random.Random(20261125).shuffle(ids)  # every show gets a different id
        others = [show | {"id": number} for number, show in zip(ids, some_shows(300))]
        report = self.assert_refused(others, r"the lists of \d+ shows overlap with those published by 0\.\d\d, less than 0\.5")
        changed = report["comparison"]["changed_most"]
        self.assertEqual(len(changed), 10)
        self.assertEqual(changed, sorted(changed, key=lambda show: (show["overlap"], show["id"])))
        self.assertTrue(all(show["before"] and show["now"] for show in changed))
        self.assertIn("changed most:", self.succeed("runs", "latest"))
        code, output, errors = self.publish(others, "--genre-weight", "0", "--metadata-weight", "0.9")
        self.assertEqual(code, 0, errors)
        self.assertIn("not judged", output)

    def test_passes_a_catalogue_that_grows(self):
        self.publish(some_shows(200))
        code, output, errors = self.publish(some_shows(400))
        self.assertEqual(code, 0, errors)
        comparison = self.latest()["comparison"]
        self.assertEqual((comparison["shows_added"], comparison["shows_removed"]), (200, 0))

    def test_reads_its_limits_from_settings(self):
        self.publish(some_shows(300))
        self.assert_refused(some_shows(298), "fewer than 99.5% of", "--gate-min-shows", "0.995")
        self.environment["GATE_MIN_SHOWS"] = "0.3"
        self.assertEqual(self.publish(some_shows(200))[0], 0)
        self.environment["GATE_MAX_FALL"] = "much"
        self.assertIn("GATE_MAX_FALL", self.fail_with(2, "pipeline"))
        self.environment["GATE_MAX_FALL"] = "5"
        self.assertIn("GATE_MAX_FALL", self.fail_with(2, "populate"))
        self.fail_with(2, "pipeline", "--gate-min-overlap", "2")


if __name__ == "__main__":
    unittest.main()
