"""Tests output on terminals: any width, few capabilities, any locale."""
import fcntl
import os
import struct
import termios
import unicodedata
import unittest

from program import ProgramTest, read_terminal, some_shows

NAMES = ["名探偵コナン", "Pokémon", "Cafe\u0301 de l'e\u0301te\u0301", "한국 드라마 이야기", "Семнадцать мгновений весны", "👍🏽 Show ❤️"]


def columns(line):
    """Counts the width of a line independently, for the names above."""
    return sum(0 if unicodedata.combining(c) or c in "\ufe0f" else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


class Terminal(ProgramTest):
    def setUp(self):
        super().setUp()
        shows = some_shows(40)
        for i, show in enumerate(shows):
            show |= {"name": f"{NAMES[i % len(NAMES)]} {i}", "network": {"name": "Nippon Television Network Corporation"}}
        self.write_catalogue(shows)
        self.environment["TERM"] = "xterm"
        self.environment.pop("COLUMNS", None)

    def on_terminal(self, *arguments, width=80, errors=False):
        """Returns what the program writes to a terminal, or with `errors` its error output there."""
        terminal, its_end = os.openpty()
        fcntl.ioctl(its_end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
        process = self.start(*arguments, **{"stderr" if errors else "stdout": its_end})
        os.close(its_end)
        seen = read_terminal(terminal)
        other = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0, other)
        return seen.replace("\r\n", "\n")

    def test_tables_fit_its_width(self):
        self.succeed("pipeline", "--catalogue", "shows.ndjson")
        for command in (["recommend", "1"], ["generations"], ["runs"]):
            whole = self.succeed(*command)
            for width in (72, 80, 120, 500):
                with self.subTest(command=command, width=width):
                    table = [line for line in self.on_terminal(*command, width=width).splitlines() if not line.startswith(("    ", "`"))]
                    self.assertLessEqual(max(map(columns, table)), max(width, 85 if command[0] == "recommend" else 0))
            self.assertEqual(self.on_terminal(*command, width=500), whole)
            for width in (0, 1, 5):
                self.on_terminal(*command, width=width)
        self.environment["COLUMNS"] = "90"
        narrow = self.on_terminal("recommend", "1", width=500)
        self.assertLessEqual(max(columns(line) for line in narrow.splitlines() if not line.startswith("    ")), 90)
        self.environment["COLUMNS"] = "500"
        self.assertEqual(self.on_terminal("recommend", "1", width=40), self.succeed("recommend", "1"))
        for nonsense in ("0", "-1", "wide", "99999999999999999999999"):
            self.environment["COLUMNS"] = nonsense
            self.assertEqual(self.on_terminal("recommend", "1", width=90), narrow)

    def test_columns_are_aligned_in_every_script(self):
        self.succeed("pipeline", "--catalogue", "shows.ndjson")
        rows = [line for line in self.succeed("recommend", "1").splitlines() if "Nippon" in line and not line.startswith("    ")]
        self.assertGreater(len(rows), 5)
        self.assertEqual(len({columns(row[:row.index("Nippon")]) for row in rows}), 1, "\n".join(rows))

    def test_progress_is_overwritten_only_if_possible(self):
        self.write_catalogue([show | {"id": i + 1} for i, show in enumerate(some_shows(100) * 100)])
        self.assertIn("\r\x1b[K", self.on_terminal("pipeline", "--catalogue", "shows.ndjson", errors=True))
        for width in (1, 2, 20):
            for line in self.on_terminal("pipeline", "--catalogue", "shows.ndjson", width=width, errors=True).split("\r"):
                self.assertLess(len(line.replace("\x1b[K", "")), width)
        for kind in ("dumb", ""):
            self.environment["TERM"] = kind
            self.assertNotIn("\x1b", self.on_terminal("pipeline", "--catalogue", "shows.ndjson", errors=True))

    def test_output_has_no_colours(self):
        for command in (["--help"], ["pipeline", "--help"], ["pipeline", "--catalogue", "shows.ndjson"], ["stats"], ["recommend", "1"], ["settings"]):
            self.assertNotRegex(self.on_terminal(*command), "\x1b")

    def test_output_is_the_same_in_every_locale(self):
        self.succeed("pipeline", "--catalogue", "shows.ndjson")
        expected = None
        for name in ("C", "POSIX", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8", "ja_JP.SJIS", "nonsense", ""):
            with self.subTest(name):
                self.environment |= {"LC_ALL": name, "LANG": name, "LC_NUMERIC": name}
                output = [self.succeed(*command) for command in (["recommend", "1"], ["recommend", "1", "--json"], ["stats"],
                                                                 ["export", "--format", "csv"], ["--help"], ["recommend", "pokémon 1"])]
                expected = expected or output
                self.assertEqual(output, expected)
                self.assertIn("名探偵コナン", output[0])
                self.succeed("features", "--text-max-df", "0.6")


if __name__ == "__main__":
    unittest.main()
