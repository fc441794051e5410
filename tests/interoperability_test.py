"""Reads feature files that NumPy and SciPy wrote, of all types, and rejects hostile ones."""
import io
import json
import os
import unittest
import zipfile

import numpy
import scipy.sparse

from program import ProgramTest, some_shows

ONE_HOT = ["genre", "platform", "type", "language"]


class FeatureFiles(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write_catalogue(some_shows(150))
        self.succeed("pipeline", "--catalogue", "shows.ndjson", "--text-max-df", "1")
        self.lists = self.exported()
        self.data = self.folder / "data/processed"
        self.text = scipy.sparse.load_npz(self.data / "text_features.npz")
        self.assertGreater(self.text.nnz, 500)

    def expect_the_same_lists(self):
        self.environment["DATABASE_URL"] = "sqlite:///again.db"
        self.succeed("populate")
        self.assertEqual(self.exported(), self.lists)

    def write_npy(self, name, array, version=None):
        with open(self.data / f"{name}_features.npy", "wb") as file:
            numpy.lib.format.write_array(file, array, version=version)

    def write_npz(self, compress=zipfile.ZIP_DEFLATED, **arrays):
        """Writes the layout of scipy.sparse.save_npz with the given arrays."""
        arrays = {"format": numpy.array(b"csr"), "shape": numpy.array(self.text.shape), "indptr": self.text.indptr,
                  "indices": self.text.indices, "data": self.text.data} | arrays
        with zipfile.ZipFile(self.data / "text_features.npz", "w", compress) as archive:
            for name, array in arrays.items():
                content = array
                if not isinstance(array, bytes):
                    buffer = io.BytesIO()
                    numpy.lib.format.write_array(buffer, numpy.asarray(array), allow_pickle=True)
                    content = buffer.getvalue()
                archive.writestr(f"{name}.npy", content)


class WrittenByNumpy(FeatureFiles):
    def test_reads_one_hot_files_of_any_type_order_and_version(self):
        types = ["?", "i1", "u1", "<i2", ">i2", "<u4", ">i4", "<i8", ">u8", "<f2", ">f2", "<f4", ">f4", "<f8", ">f8"]
        whole = {name: numpy.load(self.data / f"{name}_features.npy") for name in ONE_HOT}
        for at, dtype in enumerate(types):
            with self.subTest(dtype):
                for shift, name in enumerate(ONE_HOT):
                    order = "FC"[(at + shift) % 2]
                    version = [(1, 0), (2, 0), (3, 0)][(at + shift) % 3]
                    self.write_npy(name, numpy.array(whole[name], dtype=dtype, order=order), version)
                self.expect_the_same_lists()

    def test_reads_sparse_matrices_saved_by_scipy(self):
        for compressed in (True, False):
            for index in (numpy.int32, numpy.int64):
                with self.subTest(compressed=compressed, index=index):
                    matrix = self.text.copy()
                    matrix.indices, matrix.indptr = matrix.indices.astype(index), matrix.indptr.astype(index)
                    scipy.sparse.save_npz(self.data / "text_features.npz", matrix, compressed=compressed)
                    self.expect_the_same_lists()

    def test_reads_sparse_matrices_of_other_types_and_orders(self):
        with self.subTest("unsorted"):
            indices, data = self.text.indices.copy(), self.text.data.copy()
            for begin, end in zip(self.text.indptr, self.text.indptr[1:]):
                indices[begin:end], data[begin:end] = indices[begin:end][::-1], data[begin:end][::-1]
            self.write_npz(indices=indices, data=data)
            self.expect_the_same_lists()
        with self.subTest("stored zeros"):
            dense = self.text.toarray()
            n, terms = dense.shape
            self.write_npz(indptr=numpy.arange(0, n * terms + 1, terms), indices=numpy.tile(numpy.arange(terms), n), data=dense.ravel())
            self.expect_the_same_lists()
        with self.subTest("byte orders, another text type, extra arrays"):
            self.write_npz(format=numpy.array("csr"), indptr=self.text.indptr.astype(">i4"), indices=self.text.indices.astype(">u2"),
                           data=self.text.data.astype(">f8"), shape=numpy.array(self.text.shape, dtype="<u4"), _is_array=numpy.array(True))
            self.expect_the_same_lists()
        with self.subTest("float32"):
            self.write_npz(data=self.text.data.astype("<f4"))
            self.environment["DATABASE_URL"] = "sqlite:///single.db"
            self.succeed("populate")
            for show, ranking in self.exported().items():
                self.assertAlmostEqual(ranking[0][1], self.lists[show][0][1], delta=1e-6)


class Hostile(FeatureFiles):
    def assert_rejected(self, file, phrase):
        line = self.fail_with(1, "populate")
        self.assertIn(file, line)
        self.assertIn(phrase, line)

    def test_rejects_one_hot_files_with_a_reason(self):
        good = (self.data / "type_features.npy").read_bytes()
        shape = numpy.load(self.data / "type_features.npy").shape
        header = lambda text: b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode()
        cases = [(b"", "no .npy array"), (b"\x80\x04cos\nsystem\n", "no .npy array"), (good[:9], "no .npy array"),
                 (good[:50], "ends within its header"), (good[:-1], "where its shape needs"), (good + b"\0", "where its shape needs"),
                 (header("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999, 99999999999), }"), "two dimensions"),
                 (header("{'descr': '|u1', 'fortran_order': True, 'shape': (4611686018427387904, 0), }"), "its shape is not"),
                 (header("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1, 1), }") + b"\0", "two dimensions"),
                 (header("{'descr': '|u1', 'fortran_order': False, 'shape': (-1,), }"), "two dimensions"),
                 (header("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"), "type that is not read"),
                 (header("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }"), "no type"),
                 (b"\x93NUMPY\x02\x00\xff\xff\xff\xff" + good, "header is too long"), (b"\x93NUMPY\x09\x00" + good[8:], "version")]
        for dtype, value, phrase in [("<f8", numpy.nan, "not finite"), ("<f8", numpy.inf, "not finite"), ("<f2", numpy.nan, "not finite"),
                                     ("<f8", 0.5, "fraction"), ("<i4", -1, "other than 0 and 1"), ("|u1", 2, "other than 0 and 1"),
                                     ("<u8", 2**63, "too large"), ("<c16", 1, "type that is not read"), ("<U1", "1", "text")]:
            array = numpy.zeros(shape, dtype=dtype)
            array[0, 0] = value
            buffer = io.BytesIO()
            numpy.save(buffer, array)
            cases.append((buffer.getvalue(), phrase))
        two = numpy.zeros((shape[0], 2), dtype="u1")
        two[3] = 1
        for content, phrase in cases:
            with self.subTest(phrase):
                (self.data / "type_features.npy").write_bytes(content)
                self.assert_rejected("type_features.npy", phrase)
        (self.data / "type_features.npy").write_bytes(good)
        self.write_npy("language", numpy.ones_like(numpy.load(self.data / "language_features.npy")))
        self.assert_rejected("language_features.npy", "two columns where one was expected")

    def test_rejects_sparse_matrices_with_a_reason(self):
        t = self.text
        n, terms = t.shape

        def changed(array, at, value):
            array = numpy.array(array, dtype=numpy.float64 if isinstance(value, float) else numpy.int64)
            array[at] = value
            return array

        cases = [({"data": changed(t.data, 0, numpy.nan)}, "not finite"), ({"data": -t.data}, "negative"),
                 ({"data": t.data * 2}, "length 1"), ({"data": t.data[:-1]}, "not as many as its rows say"),
                 ({"indices": changed(t.indices, 0, -1)}, "out of range"), ({"indices": changed(t.indices, 0, terms)}, "out of range"),
                 ({"indices": changed(t.indices, 1, t.indices[0])}, "a column twice"),
                 ({"indices": changed(t.indices, 0, 2**40)}, "out of range"),
                 ({"indptr": changed(t.indptr, 1, 10**6)}, "its rows are not"), ({"indptr": changed(t.indptr, 0, 1)}, "its rows are not"),
                 ({"indptr": changed(t.indptr, -1, 2**62)}, "its rows are not"), ({"indptr": changed(t.indptr, 0, -1)}, "its rows are not"),
                 ({"indptr": t.indptr[:-1]}, "its rows are not"), ({"shape": numpy.array([n + 1, terms])}, "its shape is not"),
                 ({"shape": numpy.array([-1, 2**62])}, "its shape is not"), ({"shape": numpy.array([n])}, "its shape is not"),
                 ({"shape": numpy.array([2**62, 2**62])}, "its shape is not"), ({"format": numpy.array(b"csc")}, "no CSR"),
                 ({"format": numpy.array(7)}, "one piece of text"), ({"data": numpy.array([{}], dtype=object)}, "type that is not read"),
                 ({"indices": b""}, "no .npy array")]
        for arrays, phrase in cases:
            with self.subTest(phrase):
                self.write_npz(**arrays)
                self.assert_rejected("text_features.npz", phrase)

    def test_rejects_archives_with_a_reason(self):
        path = self.data / "text_features.npz"
        good = path.read_bytes()
        for length in (0, 1, 100, len(good) // 2, len(good) - 1):
            path.write_bytes(good[:length])
            self.assert_rejected("text_features.npz", "run `bingefriend features` again")
        damaged = bytearray(good)
        with zipfile.ZipFile(io.BytesIO(good)) as archive:
            begin = archive.getinfo("data.npy").header_offset
        damaged[begin + 400] ^= 0xFF
        path.write_bytes(damaged)
        self.assert_rejected("text_features.npz", "data.npy")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "nothing")
        self.assert_rejected("text_features.npz", "it has no array")

    def test_rejects_a_zip_bomb_before_decompression(self):
        self.write_npz(data=b"")  # this process must stay small: its memory counts for its children
        with zipfile.ZipFile(self.data / "text_features.npz") as whole:
            arrays = {name: whole.read(name) for name in whole.namelist() if name != "data.npy"}
        with zipfile.ZipFile(self.data / "text_features.npz", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in arrays.items():
                archive.writestr(name, content)
            with archive.open("data.npy", "w") as data:
                for _ in range(400):
                    data.write(bytes(1_000_000))
        self.assertLess(os.path.getsize(self.data / "text_features.npz"), 1_000_000)
        with self.start("populate") as process:
            errors = process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 1)
        self.assertIn("larger than the matrix can need", errors)
        self.assertLess(usage.ru_maxrss / 1_000, 200)

    def test_rejects_json_files_with_a_reason(self):
        path = self.data / "tfidf_vectorizer.json"
        good = json.loads(path.read_text(encoding="utf-8"))
        for change, phrase in [({"shows": 3}, "another catalogue"), ({"shows": -1}, "not the JSON"), ({"idf": []}, "not equally many"),
                               ({"terms": None}, "not the JSON"), ({"settings": []}, "not the JSON")]:
            with self.subTest(change):
                path.write_text(json.dumps(good | change), encoding="utf-8")
                self.assert_rejected("tfidf_vectorizer.json", phrase)
        for text in ("", "[" * 200_000, '{"shows": 1e999}', "\xff"):
            path.write_text(text, encoding="latin-1")
            self.assert_rejected("tfidf_vectorizer.json", "not the JSON")


if __name__ == "__main__":
    unittest.main()
