"""Compares the settings that the program reads, the settings that it prints, and the documentation."""
import pathlib
import re
import unittest

from program import ProgramTest, settings

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROW = re.compile(r"^\|([^|]*)\|", re.M)
KEY = re.compile(r"`([A-Z][A-Z0-9_]+)`")


def documented_keys():
    pages = [ROOT / "README.md", *(ROOT / "docs/operating").glob("*.md")]
    return {key for page in pages for cell in ROW.findall(page.read_text(encoding="utf-8")) for key in KEY.findall(cell)}


class Settings(ProgramTest):
    def test_only_one_source_reads_the_environment(self):
        readers = {str(path.relative_to(ROOT)) for path in (ROOT / "src").rglob("*.[ch]pp")
                   if not path.stem.endswith("_test") and re.search(r"\b(secure_)?getenv\b|\benviron\b", path.read_text(encoding="utf-8"))}
        self.assertEqual(readers, {"src/settings/settings.cpp", "src/console/terminal.cpp"})

    def test_every_setting_is_in_a_table_of_the_documentation(self):
        self.assertEqual({setting["key"] for setting in settings()} - documented_keys(), set())

    def test_terraform_has_the_same_settings(self):
        committed = (ROOT / "deploy/terraform/settings.json").read_text(encoding="utf-8")
        self.assertEqual(committed, self.succeed("settings", "--format", "json"),
                         "run: build/release/bingefriend settings --format json > deploy/terraform/settings.json")

    def test_prints_the_current_settings_without_secrets(self):
        self.environment["DATABASE_URL"] = "mysql://user:hunter2@host/db"
        self.environment["PORT"] = "81"
        output = self.succeed("settings")
        self.assertNotIn("hunter2", output)
        self.assertIn("PORT: 81 (environment)\n", output)

    def test_names_invalid_settings(self):
        for key, value in (("ALLOWED_ORIGINS", "https://a.example/"), ("API_KEY", "hunter2 "), ("RATE_LIMIT", "many"), ("FETCH_ATTEMPTS", "0"),
                           ("TRUSTED_PROXIES", "proxy"), ("GATE_MIN_SHOWS", "2"), ("PORT", "x"), ("ADMIN_OPEN", "perhaps")):
            with self.subTest(key=key):
                saved, self.environment = self.environment, {**self.environment, key: value}
                line = self.fail_with(2, "settings")
                self.assertIn(key, line)
                self.assertNotIn("hunter2", line)
                self.environment = saved
        (self.folder / "local.settings.json").write_text('{"Values": {"API_KEY": ["hunter2"]}}')
        for command in ("settings", "stats", "serve"):
            line = self.fail_with(2, command)
            self.assertIn("API_KEY has the wrong type: ", line)
            self.assertNotIn("hunter2", line)

    def test_null_means_unset(self):
        (self.folder / "local.settings.json").write_text('{"Values": {"API_KEY": null, "ALLOWED_ORIGINS": null}}')
        output = self.succeed("settings")
        self.assertIn("API_KEY: none\n", output)
        self.assertIn("ALLOWED_ORIGINS: none\n", output)

    def test_the_environment_file_is_complete_and_commented_out(self):
        lines = self.succeed("settings", "--format", "env").splitlines()
        self.assertTrue(all(line.startswith("#") or not line for line in lines))
        keys = {line[1:].split("=")[0] for line in lines if re.match(r"#[A-Z_0-9]+=", line)}
        self.assertEqual(keys, {setting["key"] for setting in settings() if not setting["set_by_host"]})


if __name__ == "__main__":
    unittest.main()
