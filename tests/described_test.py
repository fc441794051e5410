"""The man page and the completion agree with --help."""
import re
import subprocess
import unittest

from program import ProgramTest, settings


class Described(ProgramTest):
    def commands(self):
        listing = self.succeed("--help").split("Subcommands:")[1]
        return re.findall(r"^  (\w+) ", listing, re.M)

    def options(self, command):
        return set(re.findall(r"^ +(?:-\w,)?(--[a-z][a-z-]*)", self.succeed(command, "--help"), re.M))

    def completed(self, *words):
        script = '. "$0"; COMP_WORDS=(bingefriend "$@"); COMP_CWORD=$#; _bingefriend; printf "%s\\n" "${COMPREPLY[@]}"'
        (self.folder / "completion.bash").write_text(self.succeed("completion"))
        output = subprocess.run(["bash", "-c", script, "completion.bash", *words], cwd=self.folder, text=True,
                                capture_output=True, check=True)
        self.assertEqual(output.stderr, "")
        return output.stdout.split()

    def test_the_man_page_has_every_command_option_and_setting(self):
        page = self.succeed("manual").replace("\\-", "-")
        for command in self.commands():
            section = page.split(f".SS {command}\n")[1].split("\n.SS ")[0].split("\n.SH ")[0]
            for option in self.options(command) - {"--help"}:
                self.assertIn(option, section, command)
        for setting in settings():
            self.assertIn(f"\\fB{setting['key']}\\fR", page)

    def test_bash_completes_commands_options_values_and_files(self):
        self.assertEqual(self.completed("rec"), ["recommend"])
        self.assertLessEqual(set(self.commands()), set(self.completed("")))
        for command in self.commands():
            self.assertLessEqual(self.options(command), set(self.completed(command, "--")), command)
        self.assertIn("sample", self.completed("pipeline", "--source", ""))
        self.assertEqual(self.completed("export", "--format", "c"), ["csv"])
        self.assertEqual(self.completed("generations", "r"), ["rollback"])
        (self.folder / "shows.ndjson").write_text("")
        self.assertEqual(self.completed("pipeline", "--catalogue", "sho"), ["shows.ndjson"])


if __name__ == "__main__":
    unittest.main()
