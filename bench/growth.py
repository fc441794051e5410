#!/usr/bin/env python3
"""Measures how time and memory grow with the number of shows, and draws docs/growth.svg.

    bench/growth.py [--build build/release] [--sizes 1000,10000,85000,250000,1000000] [--to docs/growth.svg]

Catalogues come from bingefriend-generate, profile tvmaze, seed 1. The inverted index runs up to 85,000 shows.
"""
import argparse
import json
import math
import pathlib
import subprocess
import sys
import tempfile

BASELINE_UP_TO = 85_000
SERIES = [  # key, name, colour, dash
    ("kernel", "lists: the kernel", "#0b6e99", ""),
    ("inverted-lists", "lists: inverted index and heaps", "#b3541e", "5 4"),
    ("features", "reading and features", "#5b7f2b", "2 3"),
]


def measured(build, size, folder):
    catalogue = folder / f"{size}.ndjson"
    with catalogue.open("wb") as out:
        subprocess.run([build / "bench/bingefriend-generate", "--shows", str(size)], stdout=out, check=True)
    against = ["--against", "inverted-lists"] if size <= BASELINE_UP_TO else ["--alone"]
    run = subprocess.run(
        [build / "bench/similarity_bench", "--catalogue", catalogue, "--repeat", "1" if size > 100_000 else "3"] + against,
        stdout=subprocess.PIPE, check=True)
    catalogue.unlink()
    report = json.loads(run.stdout)
    result = {"shows": size, "threads": report["threads"]}
    for key, *_ in SERIES:
        if key in report:
            result[key] = {
                "seconds": report[key].get("median", report[key]["seconds"]),
                "process_mb": report[key]["process_mb"],
            }
    print(json.dumps(result), flush=True)
    return result


def panel(results, field, title, left, unit):
    """Draws one chart with logarithmic axes, 330 wide and 260 high."""
    width, height, top = 330, 260, 50
    xs = [math.log10(r["shows"]) for r in results]
    values = [r[k][field] for r in results for k, *_ in SERIES if k in r]
    low = math.floor(math.log10(min(max(v, 1e-3) for v in values)))
    high = math.ceil(math.log10(max(values)))

    def x(shows):
        return left + width * (math.log10(shows) - xs[0]) / (xs[-1] - xs[0])

    def y(value):
        return top + height * (1 - (math.log10(max(value, 1e-3)) - low) / (high - low))

    parts = [f'<text x="{left}" y="{top - 20}" class="title">{title}</text>']
    for power in range(low, high + 1):
        at = y(10 ** power)
        label = f"{10 ** power:,}" if power >= 0 else f"{10 ** power:.{-power}f}"
        parts.append(f'<path d="M{left} {at:.1f}h{width}" class="grid"/>'
                     f'<text x="{left - 8}" y="{at + 4:.1f}" class="left">{label} {unit}</text>')
    for r in results:
        n = r["shows"]
        label = f"{n // 1_000_000}M" if n >= 1_000_000 else f"{n // 1_000}k"
        parts.append(f'<text x="{x(n):.1f}" y="{top + height + 18}" class="mid">{label}</text>')
    for key, _, colour, dash in SERIES:
        points = [(x(r["shows"]), y(r[key][field])) for r in results if key in r]
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>')
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in points]
    parts.append(f'<text x="{left + width / 2}" y="{top + height + 36}" class="mid">shows</text>')
    return "\n".join(parts)


def drawn(results):
    legend = []
    for i, (_, name, colour, dash) in enumerate(SERIES):
        at = 70 + i * 250
        legend.append(f'<path d="M{at} 378h28" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
                      f'<text x="{at + 36}" y="382">{name}</text>')
    threads = results[0]["threads"]
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 840 400" role="img" aria-label="Time and memory by number of shows">
<style>text {{ font: 12px sans-serif; fill: #333 }} .title {{ font-weight: 600; font-size: 14px }}
.left {{ text-anchor: end }} .mid {{ text-anchor: middle }} .grid {{ stroke: #ddd }}</style>
<rect width="840" height="400" fill="#fff"/>
{panel(results, "seconds", f"Seconds, {threads} threads", 75, "s")}
{panel(results, "process_mb", "Peak memory of the process", 490, "MB")}
{chr(10).join(legend)}
</svg>
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/release"))
    parser.add_argument("--sizes", default="1000,10000,85000,250000,1000000")
    parser.add_argument("--to", type=pathlib.Path, default=pathlib.Path("docs/growth.svg"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        results = [measured(options.build, int(size), pathlib.Path(folder)) for size in options.sizes.split(",")]
    options.to.write_text(drawn(results), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
