#!/usr/bin/env python3
"""The report of the benchmark in pandas and numpy. usage: pandas_report.py REGISTER.csv OUT-FOLDER TODAY [--danish]"""

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv

import holidays_dk as dk

register, out, today, date_format = dk.arguments()
today = np.datetime64(today, "D")
calendar = np.busdaycalendar(holidays=np.array(dk.closed_days(), "datetime64[D]"))

# Few different values, each held once.
CATEGORIES = ["type", "sagsomraade", "paragraf", "afdeling"]
DATES = ["modtaget", "kvitteret", "oversendt", "besvaret", "afgjort", "underrettet", "ny_frist"]

# pandas would read the file with Arrow, too, but cannot tell it of line breaks within a value.
category = pa.dictionary(pa.int32(), pa.string())
# Arrow reads a date in one form only, and a point in time in any.
date = pa.date32() if date_format == "%Y-%m-%d" else pa.timestamp("s")
cases = csv.read_csv(
    register,
    parse_options=csv.ParseOptions(delimiter=";", newlines_in_values=True),
    convert_options=csv.ConvertOptions(
        include_columns=["sagsnr", *CATEGORIES, *DATES],
        column_types={"sagsnr": pa.string()} | {name: category for name in CATEGORIES} | {name: date for name in DATES},
        timestamp_parsers=[date_format],
    ),
)
days = {name: cases[name].cast(pa.date32()).to_numpy() for name in DATES}
cases = cases.select(["sagsnr", *CATEGORIES]).to_pandas()


def offset(dates, count, roll):
    """busday_offset that lets a missing date be missing."""
    result = np.full(dates.shape, np.datetime64("NaT"), "datetime64[D]")
    known = ~np.isnat(dates)
    result[known] = np.busday_offset(dates[known], count, roll=roll, busdaycal=calendar)
    return result


def rolled(dates):
    return offset(dates, 0, "forward")


def working_days(dates, count):
    return offset(dates, count, "backward")


def rule(name, concerned, start, stop, due, extendable=False):
    """The clocks of one rule; `due` is told the starts and the rows that they stand in."""
    rows = np.flatnonzero(concerned & ~np.isnat(days[start]))
    dates = due(days[start][rows], rows)
    if extendable:
        renewed = rolled(days["ny_frist"][rows])
        # A comparison with a missing date is false, and fmax passes over one.
        dates = np.where(days["underrettet"][rows] <= dates, np.fmax(dates, renewed), dates)
    return name, rows, dates, days[stop][rows]


departments = cases["afdeling"].array
kind = cases["type"]
no_paragraph = (cases["paragraf"].isna() | (cases["paragraf"] == "")).to_numpy()
lengths = dk.area_days()
area = cases["sagsomraade"]
# An area that is not in the table, and a case without one, come out as NaT and have no deadline.
area_days = np.array([*(lengths.get(name) for name in area.cat.categories), None], "timedelta64[D]")[
    area.cat.codes.to_numpy()
]

clocks = [
    rule(
        "aktindsigt",
        (kind == "aktindsigt").to_numpy(),
        "modtaget",
        "besvaret",
        lambda start, rows: working_days(start, 7),
    ),
    rule("kvittering", True, "modtaget", "kvitteret", lambda start, rows: rolled(start + 7)),
    rule(
        "merudgifter-100",
        (cases["paragraf"] == "SEL §100").to_numpy(),
        "modtaget",
        "afgjort",
        lambda start, rows: working_days(start, 60),
        extendable=True,
    ),
    rule(
        "para3",
        (kind == "ansoegning").to_numpy() & no_paragraph & ~np.isnat(area_days),
        "modtaget",
        "afgjort",
        lambda start, rows: rolled(start + area_days[rows]),
        extendable=True,
    ),
    rule(
        "svar-3-uger",
        kind.isin(["oversendelsessag", "dialogsag"]).to_numpy(),
        "oversendt",
        "besvaret",
        lambda start, rows: rolled(start + 21),
    ),
]
names, rows, due, stop = zip(*clocks)
rule_numbers = np.repeat(np.arange(len(names)), [len(part) for part in rows])
rows, due, stop = (np.concatenate(parts) for parts in (rows, due, stop))
horizon = working_days(np.array([today]), dk.HORIZON)[0]

STATES = ["for-sent", "løber", "overholdt", "overskredet", "snart"]
state_numbers = np.select(
    [stop <= due, ~np.isnat(stop), due < today, due <= horizon],
    [STATES.index(name) for name in ("overholdt", "for-sent", "overskredet", "snart")],
    STATES.index("løber"),
)
table = pd.DataFrame(
    {
        "afdeling": departments.take(rows),
        "frist": pd.Categorical.from_codes(rule_numbers, names),
        "tilstand": pd.Categorical.from_codes(state_numbers, STATES),
    }
)
counts = table.groupby(list(table.columns), observed=True).size().reset_index()
# As text: a category sorts as its list says, which need not be the order of the alphabet.
counts.astype({name: "str" for name in table.columns}).sort_values(list(table.columns)).to_csv(
    out / "counts.csv", sep=";", header=False, index=False
)

is_overdue = state_numbers == STATES.index("overskredet")
overdue = pd.DataFrame(
    {
        "forfald": due[is_overdue],
        "sagsnr": cases["sagsnr"].array.take(rows[is_overdue]),
        "frist": table["frist"].array[is_overdue],
        "afdeling": table["afdeling"].array[is_overdue],
    }
).sort_values(["forfald", "sagsnr", "frist"])
# Not only those that were seen: a department with nothing overdue has an empty list.
for department, clocks_of_it in overdue.groupby("afdeling", observed=False):
    clocks_of_it.drop(columns="afdeling").to_csv(dk.overdue_list(out, department), sep=";", header=False, index=False)
