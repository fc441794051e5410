"""Checks that src/ has only includes that the architecture allows, and that its modules and files stay small.

ctest runs it; to run it alone: python3 tests/includes_test.py
"""
import collections
import pathlib
import re
import unittest

SRC = pathlib.Path(__file__).resolve().parent.parent / "src"

# The headers that each module may include. ARCHITECTURE.md has the reasons.
ALLOWED = {
    "base": set(),
    "bytes": {"base"},
    "domain": {"base"},
    "records": {"base", "domain"},
    "net": {"base"},
    "database": {"base"},
    "features": {"base", "domain"},
    "recipes": {"base", "domain"},
    "similarity": {"base", "domain"},
    "kernel": {"base", "domain", "similarity/index.hpp", "similarity/part_functions.hpp"},
    "diversity": {"base", "domain", "features/features.hpp", "similarity/part_functions.hpp"},
    "search": {"base", "domain", "features/features.hpp"},
    "gate": {"base", "domain"},
    "evaluation": {"base", "domain"},
    "ratings": {"base", "bytes", "domain", "evaluation/likes.hpp", "evaluation/lists.hpp"},
    "files": {"base", "bytes", "domain", "records", "recipes/recipes.hpp"},
    "packed": {"base", "domain", "recipes/recipes.hpp"},
    "reports": {"base", "domain", "records"},
    "notify": {"base", "net"},
    "store": {"base", "domain", "database"},
    "fetch": {"base", "bytes", "domain", "records", "net", "files/shows_csv.hpp"},
    "azure": {"base", "domain", "net", "files/feature_files.hpp", "files/file_shapes.hpp", "files/refuse.hpp",
              "files/download_folder.hpp", "files/json_count.hpp"},
    "edition": {"base", "domain", "search", "diversity", "features/features.hpp", "similarity/question.hpp", "similarity/reasons.hpp",
                "similarity/part_functions.hpp", "packed/packed_features.hpp"},
    "http": {"base"},
    "bodies": {"base", "domain", "edition"},
    "api": {"base", "domain", "edition", "bodies", "http/handler.hpp", "http/metrics.hpp", "http/options.hpp", "http/proxies.hpp",
            "http/request.hpp", "http/response.hpp", "http/server.hpp", "http/authority.hpp"},
    "console": {"base"},
    "settings": {"base"},
    "app": {"base", "domain", "records", "net", "console", "settings", "diversity", "fetch/fetch.hpp", "features/features.hpp",
            "recipes/recipes.hpp", "kernel/most_similar.hpp", "gate/gate.hpp", "files/shows_csv.hpp", "files/feature_files.hpp",
            "files/data_lock.hpp", "packed/packed_features.hpp", "reports", "azure/feature_blobs.hpp", "notify/notify.hpp",
            "database/database_url.hpp", "store/store.hpp"},
    "app/quality": {"app", "base", "domain", "console", "settings", "features/features.hpp", "kernel/most_similar.hpp",
                    "similarity/part_functions.hpp", "fetch/fetch.hpp", "recipes/recipes.hpp", "evaluation", "ratings"},
    "app/commands": {"app", "app/quality/evaluate.hpp", "app/quality/tune.hpp", "base", "domain", "console", "settings",
                     "features/features.hpp", "similarity/similarity.hpp",
                     "files/matrix_file.hpp", "reports", "edition", "store/store.hpp", "api/serve.hpp",
                     "bodies/show_json.hpp"},
}
# Only the program itself may include its commands.
MAY_INCLUDE_COMMANDS = {"app/main.cpp"}
# Extra headers for the tests of all modules, and of single modules.
ALLOWED_FOR_TESTS = {"net/test_server.hpp", "net/fake_clock.hpp"}
ALLOWED_FOR_TESTS_OF = {"edition": {"kernel/most_similar.hpp"}, "kernel": {"similarity/oracle.hpp", "similarity/test_catalogues.hpp"},
                        "diversity": {"kernel/most_similar.hpp", "similarity/test_catalogues.hpp"},
                        "api": {"http/response_head.hpp", "http/test_client.hpp"}}
# Headers of `base` that pure modules may include, because they are pure.
PURE_HEADERS_OF_BASE = {"code_points.hpp", "edit_distance.hpp", "error.hpp", "numbers.hpp", "parallel.hpp", "prefetch.hpp",
                        "progress.hpp", "secret.hpp", "text.hpp"}
# Pure modules touch no file, clock, log, environment or randomness.
PURE = {"kernel", "domain", "records", "features", "recipes", "similarity", "evaluation", "gate", "search", "diversity"}
IMPURE_HEADERS = {"fstream", "iostream", "filesystem", "cstdio", "chrono", "random", "cstdlib", "unistd.h",
                  "spdlog/spdlog.h", "curl/curl.h", "fcntl.h"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def is_for_tests(path):
    return path.stem.endswith("_test") or path.name.startswith(("test_", "fake_")) or path.name in {"oracle.hpp", "in_memory_reader.hpp"}


def module_of(name):
    """Returns the innermost module of a path within src/: a nested folder is a module if ALLOWED lists it."""
    parts = name.split("/")[:-1]
    nested = "/".join(parts[:2])
    return nested if nested in ALLOWED else "/".join(parts[:1])


def line_count(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def sources():
    for path in sorted(SRC.rglob("*.[ch]pp")):
        yield path, module_of(path.relative_to(SRC).as_posix()), INCLUDE.findall(path.read_text(encoding="utf-8"))


class Includes(unittest.TestCase):
    def test_every_folder_of_src_is_a_module(self):
        self.assertEqual({p.name for p in SRC.iterdir() if p.is_dir()}, {name for name in ALLOWED if "/" not in name})

    def test_modules_include_only_allowed_headers(self):
        for path, module, includes in sources():
            for quote, name in includes:
                other = module_of(name)
                if quote != '"' or other == module or other not in ALLOWED:
                    continue
                allowed = other in ALLOWED[module] or name in ALLOWED[module]
                allowed = allowed or (other == "app/commands" and path.relative_to(SRC).as_posix() in MAY_INCLUDE_COMMANDS)
                allowed = allowed or (is_for_tests(path) and name in ALLOWED_FOR_TESTS | ALLOWED_FOR_TESTS_OF.get(module, set()))
                self.assertTrue(allowed, f"{path.relative_to(SRC)} includes {name}: {module} may not")

    def test_pure_modules_touch_nothing_outside(self):
        for path, module, includes in sources():
            if module in PURE and not is_for_tests(path):
                for _, name in includes:
                    self.assertNotIn(name, IMPURE_HEADERS, f"{path.relative_to(SRC)}: {module} is pure")
                    if name.startswith("base/"):
                        self.assertIn(name.removeprefix("base/"), PURE_HEADERS_OF_BASE,
                                      f"{path.relative_to(SRC)}: {module} is pure")

    def test_only_one_source_includes_the_http_parser_of_beast(self):
        with_beast = {str(path.relative_to(SRC)) for path, _, includes in sources()
                      for _, name in includes if name.startswith("boost/beast/http")}
        self.assertEqual(with_beast, {"http/request_reader.cpp"}, "each source that includes it costs seconds of every build")

    def test_only_one_source_includes_cli11(self):
        with_cli11 = {str(path.relative_to(SRC)) for path, _, includes in sources()
                      for _, name in includes if name.startswith("CLI/")}
        self.assertEqual(with_cli11, {"app/commands/command_line.cpp"}, "each source that includes it costs 8 s of every build")

    def test_every_source_is_in_the_list_of_its_module(self):
        for path, _, _ in sources():
            if path.suffix == ".cpp":
                lists = path.parent / "CMakeLists.txt"
                self.assertRegex(lists.read_text(encoding="utf-8"), rf"(?<![\w/]){re.escape(path.name)}\b",
                                 f"{lists.relative_to(SRC)} does not build {path.name}")

    def test_modules_stay_small(self):
        files, lines = collections.Counter(), collections.Counter()
        for path, module, _ in sources():
            if not is_for_tests(path):
                files[module] += 1
                lines[module] += line_count(path)
        self.assertEqual({m: n for m, n in files.items() if n > 30}, {}, "files of a module: split it")
        self.assertEqual({m: n for m, n in lines.items() if n > 3_000}, {}, "lines of a module: split it")

    def test_files_stay_small(self):
        long = {str(path.relative_to(SRC)): line_count(path) for path, _, _ in sources()
                if line_count(path) > (400 if is_for_tests(path) else 300)}
        self.assertEqual(long, {}, "a long file usually has two ideas")

    def test_headers_are_included_from_src(self):
        for path, _, includes in sources():
            for quote, name in includes:
                if quote == '"' and not name.endswith(("version.hpp", "statements.hpp", "web_files.hpp")):
                    self.assertTrue((SRC / name).is_file(), f"{path.relative_to(SRC)} includes {name}")


if __name__ == "__main__":
    unittest.main()
