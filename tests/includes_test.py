"""Walks the includes of src/ and fails on any that the architecture does not allow.

Run by ctest; also alone: python3 tests/includes_test.py
"""
import pathlib
import re
import unittest

SRC = pathlib.Path(__file__).resolve().parent.parent / "src"

# What each room may include of the others.  ARCHITECTURE.md has the reasons.
ALLOWED = {
    "base": set(),
    "domain": set(),
    "net": {"domain"},
    "artifacts": {"base", "domain", "net"},
    "fetch": {"domain", "net", "artifacts/shows_csv.hpp"},
    "features": {"domain"},
    "similarity": {"domain"},
    "gate": {"domain"},
    "notify": {"domain", "net"},
    "query": {"domain", "features/features.hpp", "similarity/question.hpp", "similarity/reasons.hpp",
              "similarity/part_functions.hpp",
              "artifacts/packed_features.hpp"},
    "store": {"base", "domain"},
    "serve": {"domain"},
    "app": {"domain", "fetch/fetch.hpp", "features/features.hpp", "similarity/similarity.hpp",
            "artifacts/packed_features.hpp", "query/query.hpp",
            "artifacts/shows_csv.hpp", "artifacts/feature_files.hpp", "artifacts/matrix_file.hpp",
            "artifacts/run_reports.hpp", "artifacts/feature_blobs.hpp", "artifacts/data_lock.hpp",
            "base/lock_file.hpp", "gate/gate.hpp", "net/http_client.hpp",
            "notify/notify.hpp",
            "store/store.hpp", "serve/serve.hpp", "serve/show_json.hpp"},
}
# What the tests of any room may include besides, and those of one.
ALLOWED_FOR_TESTS = {"domain/test_folder.hpp", "net/test_server.hpp", "net/fake_clock.hpp"}
ALLOWED_FOR_TESTS_OF = {"query": {"similarity/similarity.hpp"}}
# Pure rooms touch no file, clock, log, environment or randomness.
PURE = {"domain", "features", "similarity", "gate"}
IMPURE_HEADERS = {"fstream", "iostream", "filesystem", "cstdio", "chrono", "random", "cstdlib", "unistd.h",
                  "spdlog/spdlog.h", "curl/curl.h", "fcntl.h"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def is_for_tests(path):
    return path.stem.endswith("_test") or path.name.startswith("test_") or path.name in {"oracle.hpp", "fake_reader.hpp", "fake_clock.hpp"}


def sources():
    for path in sorted(SRC.rglob("*.[ch]pp")):
        yield path, path.relative_to(SRC).parts[0], INCLUDE.findall(path.read_text(encoding="utf-8"))


class Includes(unittest.TestCase):
    def test_every_folder_of_src_is_a_room(self):
        self.assertEqual({p.name for p in SRC.iterdir() if p.is_dir()}, set(ALLOWED))

    def test_rooms_include_only_the_doors_they_may(self):
        for path, room, includes in sources():
            for quote, name in includes:
                other = name.split("/")[0]
                if quote != '"' or other == room or other not in ALLOWED:
                    continue
                allowed = other in ALLOWED[room] or name in ALLOWED[room]
                allowed = allowed or (is_for_tests(path) and name in ALLOWED_FOR_TESTS | ALLOWED_FOR_TESTS_OF.get(room, set()))
                self.assertTrue(allowed, f"{path.relative_to(SRC)} includes {name}: {room} may not")

    def test_pure_rooms_touch_nothing_outside(self):
        for path, room, includes in sources():
            if room in PURE and not is_for_tests(path):
                for _, name in includes:
                    self.assertNotIn(name, IMPURE_HEADERS, f"{path.relative_to(SRC)}: {room} is pure")

    def test_only_one_source_includes_beast(self):
        with_beast = {str(path.relative_to(SRC)) for path, _, includes in sources()
                      for _, name in includes if name.startswith("boost/beast")}
        self.assertEqual(with_beast, {"serve/request_reader.cpp"}, "each source that does costs seconds of every build")

    def test_headers_are_included_from_src(self):
        for path, _, includes in sources():
            for quote, name in includes:
                if quote == '"' and not name.endswith(("version.hpp", "statements.hpp", "web_files.hpp")):
                    self.assertTrue((SRC / name).is_file(), f"{path.relative_to(SRC)} includes {name}")


if __name__ == "__main__":
    unittest.main()
