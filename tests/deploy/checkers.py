"""Runs the checkers of tests/deploy/tools, and reads the table of settings from the program."""
import functools
import json
import os
import pathlib
import subprocess

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("BINGEFRIEND", str(PROJECT / "build/release/bingefriend"))


def check(what, *files):
    done = subprocess.run(["node", PROJECT / "tests/deploy/tools/check.cjs", what, *files], cwd=PROJECT, text=True,
                          capture_output=True)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout)


@functools.cache
def settings():
    return json.loads(subprocess.check_output([PROGRAM, "settings", "--format", "json"], text=True, cwd="/"))


def keys_read_by(program, secret=None):
    """Returns the settings that a deployment may set for this program: pipeline or serve."""
    return {setting["key"] for setting in settings() if program in setting["read_by"] and not setting["set_by_host"]
            and secret in (None, setting["secret"])}


def documents(path):
    """Returns the documents of a YAML file."""
    return next(iter(check("yaml", str(path)).values()))


def text(path):
    return (PROJECT / path).read_text(encoding="utf-8")
