#!/usr/bin/env python3
"""The report of the benchmark in Polars. usage: polars_report.py REGISTER.csv OUT-FOLDER TODAY [--danish]"""

import polars as pl
from polars import col

import holidays_dk as dk

register, out, today, date_format = dk.arguments()
closed = dk.closed_days()

DATES = ["modtaget", "kvitteret", "oversendt", "besvaret", "afgjort", "underrettet", "ny_frist"]
NEEDED = ["sagsnr", "type", "sagsomraade", "paragraf", "afdeling", *DATES]

cases = (
    pl.scan_csv(register, separator=";", infer_schema=False)
    .select(NEEDED)
    .with_columns(col(DATES).str.to_date(date_format))
    # Held in memory once: five plans over the file are a third slower than five over the table.
    .collect(engine="streaming")
    .lazy()
)


def rolled(date):
    return date.dt.add_business_days(0, roll="forward", holidays=closed)


def working_days(date, count):
    return date.dt.add_business_days(count, roll="backward", holidays=closed)


def rule(name, concerned, start, stop, due, extendable=False):
    clocks = cases.filter(concerned, col(start).is_not_null()).with_columns(due=due)
    if extendable:
        moved = pl.max_horizontal("due", rolled(col("ny_frist")))
        clocks = clocks.with_columns(due=pl.when(col("underrettet") <= col("due")).then(moved).otherwise("due"))
    return clocks.select("sagsnr", "afdeling", "due", frist=pl.lit(name), stop=stop)


area_days = col("sagsomraade").replace_strict(dk.area_days(), default=None, return_dtype=pl.Int64)
no_paragraph = col("paragraf").fill_null("") == ""
clocks = pl.concat(
    [
        rule("kvittering", pl.lit(True), "modtaget", "kvitteret", rolled(col("modtaget").dt.offset_by("7d"))),
        rule(
            "svar-3-uger",
            col("type").is_in(["oversendelsessag", "dialogsag"]),
            "oversendt",
            "besvaret",
            rolled(col("oversendt").dt.offset_by("21d")),
        ),
        rule(
            "merudgifter-100",
            col("paragraf") == "SEL §100",
            "modtaget",
            "afgjort",
            working_days(col("modtaget"), 60),
            extendable=True,
        ),
        rule(
            "para3",
            (col("type") == "ansoegning") & no_paragraph & area_days.is_not_null(),
            "modtaget",
            "afgjort",
            rolled(col("modtaget") + pl.duration(days=area_days)),
            extendable=True,
        ),
        rule("aktindsigt", col("type") == "aktindsigt", "modtaget", "besvaret", working_days(col("modtaget"), 7)),
    ]
)

horizon = pl.select(working_days(pl.lit(today), dk.HORIZON)).item()
clocks = clocks.with_columns(
    tilstand=pl.when(col("stop") <= col("due"))
    .then(pl.lit("overholdt"))
    .when(col("stop").is_not_null())
    .then(pl.lit("for-sent"))
    .when(col("due") < today)
    .then(pl.lit("overskredet"))
    .when(col("due") <= horizon)
    .then(pl.lit("snart"))
    .otherwise(pl.lit("løber"))
)

# Both questions in one call, so that what they share is reckoned once.
counts, overdue = pl.collect_all(
    [
        clocks.group_by("afdeling", "frist", "tilstand").len().sort("afdeling", "frist", "tilstand"),
        clocks.filter(col("tilstand") == "overskredet")
        .select("afdeling", "due", "sagsnr", "frist")
        .sort("afdeling", "due", "sagsnr", "frist"),
    ]
)
counts.write_csv(out / "counts.csv", separator=";", include_header=False)
lists = overdue.partition_by("afdeling", as_dict=True, include_key=False)
# A department with nothing overdue has an empty list, not none.
nothing = overdue.clear().drop("afdeling")
for department in counts["afdeling"].unique():
    lists.get((department,), nothing).write_csv(dk.overdue_list(out, department), separator=";", include_header=False)
