"""Tests upload, download and the upload in a pipeline against Azurite."""
import hashlib
import json
import os
import shutil
import signal
import subprocess
import unittest

from azurite import ACCOUNT, KEY, Azurite, Proxy
from program import ProgramTest, some_shows

FILES = ["shows_metadata.csv", "genre_features.npy", "text_features.npz", "platform_features.npy", "type_features.npy",
         "language_features.npy", "tfidf_vectorizer.json", "genre_encoder.json"]
azurite = None


def setUpModule():
    global azurite
    azurite = Azurite()


def tearDownModule():
    azurite.stop()


class BlobTest(ProgramTest):
    containers = 0

    def setUp(self):
        super().setUp()
        BlobTest.containers += 1
        self.container = f"test-{BlobTest.containers}"
        self.use(azurite.connection_string())
        self.environment["STORAGE_CONTAINER_NAME"] = self.container

    def use(self, connection_string):
        self.environment["AZURE_STORAGE_CONNECTION_STRING"] = connection_string

    def through(self, **how):
        proxy = Proxy(azurite.port, **how)
        self.addCleanup(proxy.stop)
        self.use(azurite.connection_string(proxy.port))
        return proxy

    def make_features(self, folder, *options):
        self.succeed("fetch", "--data-dir", folder, *options)
        self.succeed("features", "--data-dir", folder)
        return self.content(folder)

    def content(self, folder):
        return {file.name: file.read_bytes() for file in (self.folder / folder).iterdir() if file.with_suffix(".npy").name in FILES or file.name in FILES}

    def names(self, folder):
        return sorted(set(os.listdir(self.folder / folder)) - {"runs"})  # the folder of run reports

    def downloaded(self, folder="downloaded"):
        self.use(azurite.connection_string())
        self.succeed("download", "--data-dir", folder)
        return self.content(folder)

    def manifest(self):
        return json.loads(azurite.blob(f"{self.container}/processed/manifest.json"))

    def make_large(self, folder, megabytes):
        """Adds a summary of so many zeros to the table, as a hole in the file. Removes the digest, because the features
        are of the table before this change."""
        vectorizer = self.folder / folder / "tfidf_vectorizer.json"
        content = json.loads(vectorizer.read_text(encoding="utf-8"))
        content.pop("digest", None)
        vectorizer.write_text(json.dumps(content), encoding="utf-8")
        table = self.folder / folder / "shows_metadata.csv"
        rows = table.read_bytes()
        with open(table, "wb") as file:
            file.write(rows.rstrip(b"\r\n").rpartition(b"\n")[0] + b'\n999999,"')
            file.seek(megabytes * 1_000_000, os.SEEK_CUR)
            file.write(b'"\r\n')

    def peak_megabytes(self, *arguments):
        with self.start(*arguments) as process:
            output = process.stdout.read() + process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0, output)
        return usage.ru_maxrss / 1_000


class RoundTrip(BlobTest):
    def test_gives_another_machine_the_same_bytes_and_generation(self):
        self.write_catalogue(some_shows(400))
        output = self.succeed("pipeline", "--catalogue", "shows.ndjson")
        self.assertIn("uploaded: run ", output, "a connection string is enough")
        lists = self.exported()
        first = self.content("data/processed")
        self.environment["DATABASE_URL"] = "sqlite:///another.db"
        self.assertEqual(self.downloaded("another"), first)
        self.succeed("populate", "--data-dir", "another")
        self.assertEqual(self.exported(), lists)
        self.assertEqual(self.names("another"), sorted(FILES), "no other file is left")

    def test_the_manifest_describes_each_file(self):
        content = self.make_features("features")
        self.succeed("upload", "--data-dir", "features")
        manifest = self.manifest()
        self.assertEqual({file["name"] for file in manifest["files"]}, set(FILES))
        for file in manifest["files"]:
            data = content[file["name"]]
            self.assertEqual((file["size"], file["sha256"]), (len(data), hashlib.sha256(data).hexdigest()))
            self.assertEqual(azurite.blob(f"{self.container}/processed/runs/{manifest['run']}/{file['name']}"), data)
            self.assertEqual(azurite.blob(f"{self.container}/processed/{file['name']}"), data, "also under the plain name")
        shapes = {file["name"]: file["shape"] for file in manifest["files"]}
        encoder = json.loads(content["genre_encoder.json"])
        self.assertEqual(shapes["shows_metadata.csv"], [381, 19])
        self.assertEqual(shapes["genre_features.npy"], [381, len(encoder["genres"])])
        self.assertEqual(shapes["text_features.npz"], [381, 500])
        self.assertEqual(shapes["genre_encoder.json"], [len(encoder[k]) for k in ("genres", "platforms", "types", "languages")])

    def test_sparse_and_dense_matrices_replace_each_other(self):
        dense = self.make_features("dense", "--max-shows", "20")
        self.write_catalogue([dict(show, genres=[f"{show['id']}-{n}" for n in range(25)]) for show in some_shows(60)])
        self.succeed("fetch", "--catalogue", "shows.ndjson", "--data-dir", "sparse")
        self.succeed("features", "--data-dir", "sparse")
        sparse = self.content("sparse")
        self.assertIn("genre_features.npz", sparse)
        for folder, files in [("dense", dense), ("sparse", sparse), ("dense", dense)]:
            self.succeed("upload", "--data-dir", folder)
            self.succeed("download", "--data-dir", "back")
            self.assertEqual(self.content("back"), files)
            for name in ("genre_features.npy", "genre_features.npz"):
                self.assertEqual(azurite.blob(f"{self.container}/processed/{name}"), files.get(name), name)

    def test_flags_set_prefix_and_container(self):
        content = self.make_features("features", "--max-shows", "20")
        flags = ["--container-name", "other-container", "--blob-prefix", "/deep/er/", "--connection-string", azurite.connection_string()]
        del self.environment["AZURE_STORAGE_CONNECTION_STRING"]
        self.succeed("upload", "--data-dir", "features", *flags)
        self.assertIsNotNone(azurite.blob("other-container/deep/er/manifest.json"))
        self.succeed("download", "--data-dir", "back", *flags)
        self.assertEqual(self.content("back"), content)

    def test_works_with_a_shared_access_signature(self):
        content = self.make_features("features", "--max-shows", "20")
        self.use(azurite.with_signature())
        self.succeed("upload", "--data-dir", "features")
        self.use(azurite.with_signature("r"))
        self.succeed("download", "--data-dir", "back")
        self.assertEqual(self.content("back"), content)

    def test_transfers_hundreds_of_megabytes_with_flat_memory(self):
        self.make_features("features")
        small = self.peak_megabytes("upload", "--data-dir", "features")
        self.make_large("features", 300)
        self.assertLess(self.peak_megabytes("upload", "--data-dir", "features"), small + 60)
        self.assertLess(self.peak_megabytes("download", "--data-dir", "back"), small + 60)
        for name in FILES:
            subprocess.run(["cmp", f"features/{name}", f"back/{name}"], cwd=self.folder, check=True)

    def test_the_client_keeps_its_contract(self):
        tests = os.environ["AZURE_TEST"]
        subprocess.run([tests, "--gtest_filter=RealStorage.*", "--gtest_brief=1"], check=True, timeout=300,
                       env=self.environment | {"BINGEFRIEND_TEST_STORAGE": azurite.connection_string()})


class Trouble(BlobTest):
    def test_a_killed_upload_leaves_the_last_one_valid(self):
        first = self.make_features("features", "--max-shows", "50")
        self.succeed("upload", "--data-dir", "features")
        second = self.make_features("features", "--max-shows", "60")
        # 1 container, 8 files, 8 copies, the manifest
        for put in (2, 5, 9, 10, 14, 17, 18):
            with self.subTest(put=put):
                proxy = self.through(hold_at=put)
                process = self.start("upload", "--data-dir", "features")
                self.assertTrue(proxy.held.wait(timeout=120))
                process.send_signal(signal.SIGKILL)
                process.communicate()
                proxy.hold_at = None
                self.assertEqual(self.downloaded(), first)
        self.succeed("upload", "--data-dir", "features")
        self.assertEqual(self.downloaded(), second)

    def test_a_killed_download_leaves_no_mixture(self):
        self.make_features("features", "--max-shows", "50")
        self.succeed("upload", "--data-dir", "features")
        before = self.make_features("other", "--max-shows", "60")
        proxy = self.through(break_after=30_000, breaks=1_000)
        process = self.start("download", "--data-dir", "other")
        self.wait_until(lambda: proxy.broken > 0 or process.poll() is not None, "the download does not start")
        process.send_signal(signal.SIGKILL)
        process.communicate()
        self.assertEqual(self.content("other"), before)
        self.succeed("populate", "--data-dir", "other")
        self.assertNotEqual(self.downloaded("other"), before)
        self.assertEqual(self.names("other"), sorted(FILES))

    def test_survives_a_flaky_connection(self):
        self.make_features("features")
        self.make_large("features", 40)
        proxy = self.through(break_after=12_000_000, breaks=4)
        self.assertIn("retries", self.succeed("upload", "--data-dir", "features"))
        self.assertEqual(proxy.broken, 4)
        proxy.broken = 0
        self.assertIn("retries", self.succeed("download", "--data-dir", "back"))
        self.assertEqual(proxy.broken, 4)
        for name in FILES:
            subprocess.run(["cmp", f"features/{name}", f"back/{name}"], cwd=self.folder, check=True)

    def test_two_parallel_uploads_leave_one_complete_upload(self):
        runs = [self.make_features("one", "--max-shows", "50"), self.make_features("two", "--max-shows", "60")]
        processes = [self.start("upload", "--data-dir", folder) for folder in ("one", "two")]
        for process in processes:
            _, errors = process.communicate(timeout=300)
            self.assertEqual(process.returncode, 0, errors)
        self.assertIn(self.downloaded(), runs)

    def test_the_later_of_two_uploads_is_current(self):
        one, two = self.make_features("one", "--max-shows", "50"), self.make_features("two", "--max-shows", "60")
        proxy = self.through(hold_at=18)  # files and copies are uploaded, the manifest is not
        slow = self.start("upload", "--data-dir", "one")
        self.assertTrue(proxy.held.wait(timeout=120))
        self.use(azurite.connection_string())
        self.succeed("upload", "--data-dir", "two")
        self.assertEqual(self.downloaded(), two)
        proxy.release()
        _, errors = slow.communicate(timeout=120)
        self.assertEqual(slow.returncode, 0, errors)
        self.assertEqual(self.downloaded(), one)
        for name in FILES:
            self.assertEqual(azurite.blob(f"{self.container}/processed/{name}"), one[name])

    def test_reports_storage_errors_in_one_line_without_secrets(self):
        self.make_features("features", "--max-shows", "20")
        wrong = "d3Jvbmcga2V5IG9mIHRoZSBhY2NvdW50"
        self.use(azurite.connection_string(key=wrong))
        line = self.fail_with(2, "upload", "--data-dir", "features")
        self.assertIn("does not accept the key", line)
        self.assertNotIn(wrong, line)
        self.use(azurite.with_signature(hours=-1))
        line = self.fail_with(2, "upload", "--data-dir", "features")
        self.assertIn("the shared access signature ended at 20", line)
        self.assertNotIn("sig=", line)
        self.use(azurite.connection_string())
        self.assertIn("the container is not there", self.fail_with(1, "download"))
        self.succeed("upload", "--data-dir", "features")
        self.use(azurite.with_signature("rl"))
        self.assertIn("lacks a right", self.fail_with(2, "upload", "--data-dir", "features"))
        self.use(azurite.connection_string())
        self.assertIn("nothing to download", self.fail_with(1, "download", "--blob-prefix", "elsewhere"))

    def test_finds_wrong_settings_before_the_work_starts(self):
        self.use("AccountName=x;AccountKey=hunter2")
        self.assertNotIn("hunter2", self.fail_with(2, "pipeline"))
        self.assertFalse((self.folder / "data/processed/shows_metadata.csv").exists())
        del self.environment["AZURE_STORAGE_CONNECTION_STRING"]
        self.environment["USE_BLOB_STORAGE"] = "true"
        self.assertIn("AZURE_STORAGE_CONNECTION_STRING", self.fail_with(2, "pipeline"))
        self.environment["USE_BLOB_STORAGE"] = "perhaps"
        self.assertIn("USE_BLOB_STORAGE", self.fail_with(2, "pipeline"))
        self.use(azurite.connection_string())
        self.assertIn("prefix", self.fail_with(2, "upload", "--blob-prefix", "../elsewhere"))
        self.assertIn("container", self.fail_with(2, "upload", "--container-name", "No Container"))
        self.environment["USE_BLOB_STORAGE"] = "false"
        self.assertNotIn("uploaded", self.succeed("pipeline", "--max-shows", "20"))

    def test_does_not_upload_files_that_do_not_belong_together(self):
        self.make_features("features", "--max-shows", "50")
        self.make_features("other", "--max-shows", "60")
        shutil.copy(self.folder / "other/type_features.npy", self.folder / "features")
        self.assertIn("type_features.npy", self.fail_with(1, "upload", "--data-dir", "features"))
        self.assertIsNone(azurite.blob(f"{self.container}/processed/manifest.json"))

    def test_does_not_download_files_that_do_not_belong_together(self):
        self.make_features("features", "--max-shows", "50")
        self.succeed("upload", "--data-dir", "features")
        manifest = self.manifest()
        table = self.folder / "features/shows_metadata.csv"
        other = table.read_bytes().replace(b"Drama", b"Crime")  # same size, and the manifest matches it
        azurite.blob(f"{self.container}/processed/runs/{manifest['run']}/shows_metadata.csv", other)
        file = next(file for file in manifest["files"] if file["name"] == "shows_metadata.csv")
        file["sha256"] = hashlib.sha256(other).hexdigest()
        azurite.blob(f"{self.container}/processed/manifest.json", json.dumps(manifest).encode())
        self.assertIn("of another catalogue", self.fail_with(1, "download", "--data-dir", "back"))
        self.assertEqual(self.names("back"), [])


class HostileManifest(BlobTest):
    def setUp(self):
        super().setUp()
        self.before = self.make_features("features", "--max-shows", "20")
        self.succeed("upload", "--data-dir", "features")
        self.make_features("mine", "--max-shows", "30")
        self.mine = self.content("mine")

    def refused(self, phrase, change):
        with self.subTest(phrase):
            manifest = json.loads(json.dumps(self.original))
            change(manifest)
            azurite.blob(f"{self.container}/processed/manifest.json", json.dumps(manifest).encode())
            self.assertIn(phrase, self.fail_with(1, "download", "--data-dir", "mine"))
            self.assertEqual(self.content("mine"), self.mine)
            self.assertEqual(self.names("mine"), sorted(FILES))

    def test_is_rejected_and_changes_nothing(self):
        self.original = self.manifest()
        file = lambda manifest: manifest["files"][0]
        for name in ("../shows_metadata.csv", "/etc/passwd", "a/b", "..", ".bashrc", "", "a\\b", "a\nb"):
            self.refused("would leave the folder", lambda m: file(m).update(name=name))
        self.refused("its run has a name", lambda m: m.update(run="../../other"))
        self.refused("SHA-256", lambda m: file(m).update(sha256="0" * 64))
        self.refused("it is larger than 5 bytes", lambda m: file(m).update(size=5))
        self.refused("were expected", lambda m: file(m).update(size=10**12))
        self.refused("shape", lambda m: file(m).update(shape=[1, 1]))
        self.refused("not the JSON expected", lambda m: file(m).update(size=-1))
        self.refused("twice", lambda m: m["files"].append(file(m)))
        self.refused("does not name", lambda m: m["files"].pop())
        self.refused("are gone", lambda m: m.update(run="20000101T000000Z-00000000"))
        self.refused("another format", lambda m: m.update(format=2))
        self.refused("more than 64", lambda m: m.update(files=[dict(file(m), name=f"f{i}") for i in range(65)]))
        for text in (b"", b"not json", b"[]", b"{}", b"[" * 100_000, b" " * 2_000_000):
            azurite.blob(f"{self.container}/processed/manifest.json", text)
            self.assertIn("manifest", self.fail_with(1, "download", "--data-dir", "mine"))
        self.succeed("upload", "--data-dir", "features")
        self.assertEqual(self.downloaded("mine"), self.before, "the next upload repairs it")


if __name__ == "__main__":
    unittest.main()
