"""Reads catalogues of other programs: all usable data is read; for other files, the message has the remedy."""
import bz2
import csv
import gzip
import json
import lzma
import os
import subprocess
import unittest
import zipfile
import zlib

from program import PROGRAM, ProgramTest

HUNTER = {"id": 1, "name": "The Hunter", "genres": ["Crime", "Drama"], "summary": "<p>A detective hunts a killer.</p>"}
COUNSEL = {"id": 2, "name": "Counsel", "genres": ["Drama", "Legal"], "summary": "<p>A lawyer hunts a killer.</p>"}
KITCHEN = {"id": 3, "name": "Kitchen", "genres": ["Food"], "summary": "<p>A chef opens a restaurant.</p>"}
THREE = [HUNTER, COUNSEL, KITCHEN]
LINES = "".join(json.dumps(show) + "\n" for show in THREE).encode()
EPISODE = {"id": 101, "url": "https://www.tvmaze.com/episodes/101/x", "name": "Pilot", "season": 1, "number": 1, "airdate": "2001-01-01"}
SKIPPABLE = bytes.fromhex("502a4d1804000000") + b"abcd"  # a zstd frame without data, which pzstd writes first


def zstd_frame(data):
    """Returns a frame of one stored block, without the library."""
    return bytes.fromhex("28b52ffd0038") + (len(data) << 3 | 1).to_bytes(3, "little") + data


def zstd_of_repeated(byte, gib, before=b""):
    """Returns a small frame that expands to this many GiB: 128 KiB blocks, each a byte and a length."""
    stored = (len(before) << 3).to_bytes(3, "little") + before if before else b""
    block = (0x20000 << 3 | 2).to_bytes(3, "little") + byte
    return bytes.fromhex("28b52ffd0038") + stored + block * (gib << 13) + bytes.fromhex("010000")


def gzip_of_zeros(gib, before):
    """Returns the same for gzip, without the expanded data in memory."""
    packer = zlib.compressobj(wbits=31)
    return packer.compress(before) + b"".join(packer.compress(bytes(1 << 20)) for _ in range(gib << 10)) + packer.flush()


class ReadingTest(ProgramTest):
    def write(self, content, name="shows.file"):
        data = content if isinstance(content, bytes) else content.encode() if isinstance(content, str) else json.dumps(content).encode()
        (self.folder / name).write_bytes(data)
        return name

    def shows(self, content):
        """Fetches a catalogue. Returns the shows that the program writes, and stores its output."""
        self.printed = self.succeed("fetch", "--catalogue", self.write(content))
        with open(self.folder / "data/processed/shows_metadata.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def names(self, content):
        return [show["name"] for show in self.shows(content)]

    def rejection(self, content):
        return self.fail_with(1, "pipeline", "--catalogue", self.write(content))


class Shapes(ReadingTest):
    def test_reads_every_array_of_a_file(self):
        pages = f"{json.dumps(THREE[:2])}\n{json.dumps(THREE[2:])}"
        for content in (pages, pages.replace("\n", ""), pages.replace("\n", ",\n\n"), [THREE[:2], [[KITCHEN]]], "[]\n" + pages, json.dumps(THREE, indent=2)):
            with self.subTest(content=content):
                self.assertEqual(self.names(content), ["The Hunter", "Counsel", "Kitchen"])
                self.assertNotIn("rejected", self.printed)

    def test_reads_an_object_that_contains_the_shows(self):
        for content in ({"shows": THREE}, {"data": THREE, "count": 3}, {"status": "ok", "data": {"items": THREE}, "errors": []},
                        "\n".join(json.dumps({"page": i, "results": [show]}) for i, show in enumerate(THREE)),
                        [{"score": 0.5, "show": show} for show in THREE], {"shows": THREE, "networks": [{"id": 1, "name": "HBO"}]}):
            with self.subTest(content=content):
                self.assertEqual(self.names(content), ["The Hunter", "Counsel", "Kitchen"])

    def test_rejects_episodes_and_reads_their_shows(self):
        self.assertIn("an episode, not a show", self.rejection([EPISODE]))
        self.assertIn("an episode, not a show", self.rejection("id,name,season,number\n101,Pilot,1,1\n"))
        self.assertIn("a person, not a show", self.rejection([{"id": 1, "name": "A", "url": "https://www.tvmaze.com/people/1/a"}]))
        with_show = EPISODE | {"_embedded": {"show": HUNTER}}
        self.assertEqual(self.names([with_show, EPISODE]), ["The Hunter"])
        self.assertEqual(self.shows("id,name,season,number,_embedded.show.id,_embedded.show.name,_embedded.show.genres\n"
                                    "101,Pilot,1,1,7,Harbour,\"['Drama']\"\n")[0]["genres"], '["Drama"]')

    def test_finds_shows_among_blanks_commas_and_nested_lists(self):
        self.assertEqual(self.names(b"\n" * 200_000 + LINES.replace(b"\n", b"\r\n\n \n")), ["The Hunter", "Counsel", "Kitchen"])
        many = "".join(json.dumps([{"id": i, "name": f"Show {i}"}]) for i in range(1, 1_001))
        self.assertEqual(len(self.shows(many)), 1_000)


class Values(ReadingTest):
    def test_reads_json_and_csv_by_the_same_rules(self):
        table = [("genres", ""), ("genres", '["", " ", "Drama", "Drama "]'), ("genres", "['Drama', 'Crime']"), ("genres", "[nan, None]"),
                 ("url", "N/A"), ("url", "www.example.org/x"), ("url", "https://x.example/a b"), ("url", "http://"), ("url", "https://a@b:99999/"),
                 ("url", "https://x.example:8080/a"), ("image", "nan"), ("imdb", "x" * 40), ("imdb", "tt0903747"), ("thetvdb", "81189.0"),
                 ("rating", "NaN"), ("rating", "{'average': 8.5}"), ("rating.average", "8.5"), ("network.name", "AMC"), ("network", "{'name': 'AMC'}"),
                 ("summary", "a\0b"), ("language", "None"), ("summary", "x" * 70_000), ("premiered", "2008-01-20")]
        for field, value in table:
            with self.subTest(field=field, value=value[:40]):
                of_json = self.shows(json.dumps({"id": "1", "name": "A", field: value}))
                cell = value.replace('"', '""')
                of_csv = self.shows(f'id,name,{field}\n1,A,"{cell}"\n')
                self.assertEqual(of_json, of_csv)
                self.assertEqual(len(of_json), 1)

    def test_drops_empty_genres(self):
        shows = [{"id": i, "name": f"Show {i}", "genres": genres} for i, genres in enumerate([[" "], ["  ", ""], [" ", "Drama "], ["Drama"]], 1)]
        self.assertEqual([show["genres"] for show in self.shows(shows)], ["[]", "[]", '["Drama"]', '["Drama"]'])

    def test_truncates_summaries_above_64_kib_with_one_warning(self):
        shows = [{"id": i, "name": f"Show {i}", "summary": "<p>" + "word " * 20_000 + "</p>"} for i in (1, 2)]
        self.assertTrue(all(len(show["summary"]) <= 65_536 for show in self.shows(shows)))
        self.assertEqual(self.printed.count("2 summaries above 64 KiB were cut"), 1, self.printed)

    def test_warns_once_about_unknown_columns(self):
        self.shows("id,name,runtime,rating.average,x\n" + "".join(f"{i},Show {i},60,8.5,\n" for i in range(1, 50)))
        self.assertEqual(self.printed.count("columns that are not used: runtime, x"), 1, self.printed)

    def test_accepts_up_to_1000_genres_per_show(self):
        genres = [f"Genre {i}" for i in range(1_001)]
        rich = HUNTER | {"genres": genres[:1_000]}
        for wrong in (genres, ["a"] * 1_000_000, genres * 10):
            self.assertEqual(self.names([rich, COUNSEL | {"genres": wrong}, KITCHEN]), ["The Hunter", "Kitchen"])
            self.assertIn("genres: too many", self.printed)
        self.write([rich, rich | {"id": 2, "name": "Twin"}, KITCHEN], "rich.json")
        self.succeed("pipeline", "--catalogue", "rich.json")
        self.succeed("similarities")
        self.assertEqual(self.exported()[1][0][0], 2)

    def test_ignores_text_of_scripts_and_styles(self):
        shows = self.shows([HUNTER | {"summary": "<p>Seen.</p><script>var unseen = 1 < 2;</script><style>p { unseen: 1 }</style><p>Also.</p>"}])
        self.assertEqual(shows[0]["summary_clean"], "Seen. Also.")

    def test_finds_a_name_without_letters(self):
        self.write([{"id": 1, "name": "???", "genres": ["Drama"]}, {"id": 2, "name": "…", "genres": ["Drama"]}, {"id": 3, "name": "Who?"}], "odd.json")
        self.succeed("pipeline", "--catalogue", "odd.json")
        for name in ("???", "…"):
            self.assertTrue(self.succeed("recommend", name).startswith(name), name)


class Compressed(ReadingTest):
    def test_reads_gzip_and_zstd(self):
        packed = gzip.compress(LINES)
        for content in (packed, packed + bytes(512), gzip.compress(LINES[:9]) + gzip.compress(LINES[9:]) + bytes(1), zstd_frame(LINES),
                        SKIPPABLE + zstd_frame(LINES), SKIPPABLE * 2 + zstd_frame(LINES[:9]) + SKIPPABLE + zstd_frame(LINES[9:]) + bytes(4096)):
            with self.subTest(begin=content[:12]):
                self.assertEqual(self.names(content), ["The Hunter", "Counsel", "Kitchen"])

    def test_reads_a_quoted_header_after_a_byte_order_mark(self):
        self.assertEqual(self.names(b'\xef\xbb\xbf"id","name"\r\n"1","A"\r\n'), ["A"])
        self.assertEqual(self.names(b"\xef\xbb\xbf" + LINES), ["The Hunter", "Counsel", "Kitchen"])

    def test_names_other_formats_and_the_remedy(self):
        with zipfile.ZipFile(self.folder / "shows.zip", "w") as archive:
            archive.writestr("shows.ndjson", LINES)
        window = bytes.fromhex("28b52ffd0090") + bytes(20)  # a window of 256 MiB
        text = LINES.decode()
        for content, words in [(text.encode("utf-16"), "UTF-16 iconv"), (text.encode("utf-16-le"), "UTF-16 iconv"), (text.encode("utf-32"), "UTF-32 iconv"),
                               (bz2.compress(LINES), "bzip2 bunzip2"), (lzma.compress(LINES), "xz unxz"), ((self.folder / "shows.zip").read_bytes(), "ZIP unzip"),
                               (gzip.compress(gzip.compress(LINES)), "twice gunzip"), (window, "window 128"), (b"id;name\n1;A\n", "semicolons commas"),
                               (b"id\tname\n1\tA\n", "tabs commas"), (b'"id";"name"\n"1";"A"\n', "semicolons commas"), (b'{"a": [{"id": 1}], "b": [{"id": 2}]}', "several lists"), (b'id,name\n1,A "B" C\n', "quote row"), (b'id,name\n1,"A"B\n', "quote row"),
                               (b"<!DOCTYPE html><p>", "HTML"), (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "LFS pull"), (b"", "empty"),
                               (b" \n \n", "empty"), (b"title,year\nA,2008\n", "column id title"), (b"[]", "no records"), (b"{}", "no id"),
                               (b"[1, 2]", "not object"), (b'[{"id": 1, "name": ""}]', "no name"), (b'{"shows": []}', "no records"), (b"Hello\n", "column id"),
                               (gzip.compress(LINES)[:-20], "gzip too early"), (bytes(100), "zero")]:
            with self.subTest(content=content[:40]):
                message = self.rejection(content)
                self.assertNotIn("0 records were rejected", message)
                for word in words.split():
                    self.assertIn(word, message)

    def test_rejects_decompression_bombs_within_400_mb(self):
        for content in (zstd_of_repeated(b"\0", 10), zstd_of_repeated(b" ", 10), zstd_of_repeated(b"[", 10), zstd_of_repeated(b"{", 10),
                        zstd_of_repeated(b"\n", 10, LINES), zstd_of_repeated(b"a", 10, b'{"id": 1, "name": "'), zstd_of_repeated(b"a", 10, b'{"data": [{"id": 1, "name": "'),
                        zstd_of_repeated(b"a", 10, b'id,name\n1,"'), zstd_of_repeated(b",", 10, b"id,name"), zstd_of_repeated(b"a", 10),
                        gzip_of_zeros(1, b'{"id": 1, "name": "')):
            with self.subTest(begin=content[:40]):
                self.write(content, "bomb")
                with open(self.folder / "errors", "w+", encoding="utf-8") as errors:
                    process = subprocess.Popen([PROGRAM, "pipeline", "--catalogue", "bomb"], cwd=self.folder, env=self.environment,
                                               stdout=subprocess.DEVNULL, stderr=errors)
                    _, status, usage = os.wait4(process.pid, 0)
                    process.returncode = os.waitstatus_to_exitcode(status)
                    errors.seek(0)
                    message = errors.read()
                self.assertEqual(process.returncode, 1, message)
                self.assertLess(usage.ru_maxrss, 400_000, "KB")  # of Linux


if __name__ == "__main__":
    unittest.main()
