#!/usr/bin/env python3
"""Times the stages of the whole pipeline, from a catalogue file to published recommendations.

    bench/pipeline_bench.py --catalogue FILE [--repeat 3] [--threads 2] [--program build/release/bingefriend]
                            [--database-url URL]

Runs the program like a user, in a new folder each time and by default with a new SQLite database. Prints the
medians from the run reports.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile


def report_of_a_run(options, folder):
    command = [options.program.resolve(), "pipeline", "--quiet", "--catalogue", options.catalogue.resolve(),
               "--data-dir", folder / "data", "--threads", str(options.threads),
               "--database-url", options.database_url or f"sqlite:///{folder}/lists.db"]
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True)
    [report] = (folder / "data/runs").glob("*.json")
    return json.loads(report.read_text(encoding="utf-8"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--catalogue", type=pathlib.Path, required=True)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--program", type=pathlib.Path, default=pathlib.Path("build/release/bingefriend"))
    parser.add_argument("--database-url")
    options = parser.parse_args()

    reports = []
    for _ in range(options.repeat):
        with tempfile.TemporaryDirectory() as folder:
            reports.append(report_of_a_run(options, pathlib.Path(folder)))
    stages = {}
    for report in reports:
        for stage in report["stages"]:
            stages.setdefault(stage["name"], []).append(stage)
    print(json.dumps({
        "catalogue": str(options.catalogue),
        "shows": reports[0]["generation"]["shows"],
        "recommendations": reports[0]["generation"]["recommendations"],
        "threads": options.threads,
        "seconds": statistics.median(r["seconds"] for r in reports),
        "peak_mb": max(s["peak_memory_bytes"] for r in reports for s in r["stages"]) / 2**20,
        "stages": {name: statistics.median(s["seconds"] for s in runs) for name, runs in stages.items()},
    }, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
