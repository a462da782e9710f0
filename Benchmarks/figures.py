#!/usr/bin/env python3
"""Makes tables of what run.sh noted: once to read in a terminal, once as Markdown.

usage: figures.py NOTES-FOLDER
"""

import pathlib
import statistics
import sys

notes = pathlib.Path(sys.argv[1])
NAMES = {"duckdb": "DuckDB", "polars": "Polars", "pandas": "pandas"}


def runs(name):
    """Milliseconds and megabytes of each run, in the order in which they were made."""
    pairs = [line.split() for line in (notes / name).read_text().splitlines()]
    return [float(time) for time, _ in pairs], [int(size) / 1024 for _, size in pairs]


def milliseconds(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"


def three_places(value):
    return f"{value:.3f}"


def spread(values, shown):
    return f"{shown(min(values))}–{shown(max(values))}"


def tool_row(name, times, sizes, ratios):
    ratio = f"{three_places(statistics.median(ratios))} ({spread(ratios, three_places)})" if ratios else ""
    return [
        name,
        milliseconds(statistics.median(times)),
        spread(times, milliseconds),
        ratio,
        f"{statistics.median(sizes):.0f}",
    ]


def tools():
    """All runs of fristvagt in one row, but each tool is compared only with the runs beside its own."""
    rows, own_times, own_sizes = [], [], []
    for peer, name in NAMES.items():
        if not (notes / f"peer.{peer}").exists():
            continue
        version = (notes / f"version.{peer}").read_text().strip()
        beside, sizes_beside = runs(f"own.{peer}")
        times, sizes = runs(f"peer.{peer}")
        ratios = [own / other for own, other in zip(beside, times)]
        rows.append(tool_row(f"{name} {version}", times, sizes, ratios))
        own_times += beside
        own_sizes += sizes_beside
    if rows:
        rows.insert(0, tool_row("fristvagt", own_times, own_sizes, []))
    return ["tool", "median ms", "ms, least–most", "fristvagt / tool", "MB"], rows


def growth():
    rows = []
    for path in sorted(notes.glob("growth.*"), key=lambda path: int(path.suffix[1:])):
        cases = int(path.suffix[1:])
        times, sizes = runs(path.name)
        median = statistics.median(times)
        each = milliseconds(median * 100_000 / cases)
        rows.append([f"{cases:,}", milliseconds(median), spread(times, milliseconds), each, f"{max(sizes):.0f}"])
    return ["cases", "median ms", "ms, least–most", "ms per 100,000 cases", "most MB"], rows


def single():
    """What is one number each."""
    times, sizes = runs("cold")
    rows = [
        [
            f"a whole process, 1,000 cases, median of {len(times)} (least–most)",
            f"{milliseconds(statistics.median(times))} ms ({spread(times, milliseconds)})",
        ],
        ["the same, most memory", f"{max(sizes):.1f} MB"],
    ]
    counted = {int(path.suffix[1:]): int(path.read_text().replace(",", "")) for path in notes.glob("instructions.*")}
    if counted:
        rows.append(["instructions, 10,000 cases", f"{counted[10_000] / 1e6:.1f} million"])
    for size in (10_000, 100_000):
        if 2 * size in counted:
            each = (counted[2 * size] - counted[size]) / size
            rows.append([f"instructions a case, from {size:,} to {2 * size:,} cases", f"{each:,.0f}"])
    if (notes / "measure").exists():
        lines = (notes / "measure").read_text().splitlines()
        for line in lines:
            if line.startswith("due date, "):
                length, cost = line.removeprefix("due date, ").split(": ")
                rows.append([f"due date in bulk, {length}", cost.split(" (")[0]])
        passes = [int(line.split()[1]) for line in lines if line.startswith("pass: ")]
        if passes:
            rows.append(["pass without a report, median", f"{statistics.median(passes) / 1000:.1f} ms"])
    rows += ticks()
    return ["what", "figure"], rows


def ticks():
    """What a service needs while a thousandth of the register changes, beside a report in the same process."""
    if not (notes / "ticks").exists():
        return []
    lines = (notes / "ticks").read_text().replace(",", "").splitlines()
    pairs = [(int(words[1]), int(words[4])) for words in map(str.split, lines) if words[0] == "tick:"]
    times = [tick / 1000 for tick, _ in pairs]
    ratios = [tick / report for tick, report in pairs]
    return [
        [
            f"tick of a service, a thousandth changed, median of {len(pairs)} (least–most)",
            f"{milliseconds(statistics.median(times))} ms ({spread(times, milliseconds)})",
        ],
        ["the same / a report in its process", f"{three_places(statistics.median(ratios))} ({spread(ratios, three_places)})"],
    ]


def in_columns(heading, rows):
    widths = [max(len(row[column]) for row in [heading, *rows]) for column in range(len(heading))]
    for row in [heading, *rows]:
        first, *others = (
            cell.ljust(width) if not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths))
        )
        print("  ".join([first, *others]).rstrip())


def in_markdown(heading, rows):
    for row in [heading, ["---"] + ["--:"] * (len(heading) - 1), *rows]:
        print(f"| {' | '.join(row)} |")


machine = (notes / "machine").read_text()
tables = [(heading, rows) for heading, rows in (tools(), growth(), single()) if rows]
for separator, written in (("", in_columns), ("\nas Markdown:\n", in_markdown)):
    if separator:
        print(separator)
    # Two blanks at the end of a line are a line break in Markdown.
    print(machine.strip() if not separator else machine.strip().replace("\n", "  \n"))
    for heading, rows in tables:
        print()
        written(heading, rows)
