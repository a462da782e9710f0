#!/usr/bin/env python3
"""The report of the benchmark in DuckDB. usage: duckdb_report.py REGISTER.csv OUT-FOLDER TODAY [--danish]"""

import duckdb

import holidays_dk as dk

register, out, today, date_format = dk.arguments()

TEXTS = ["sagsnr", "type", "sagsomraade", "paragraf", "forvaltning", "afdeling", "sagsbehandler"]
DATES = ["modtaget", "kvitteret", "oversendt", "besvaret", "afgjort", "underrettet", "ny_frist"]
NEEDED = ["sagsnr", "type", "sagsomraade", "paragraf", "afdeling", *DATES]
columns = {name: "varchar" for name in TEXTS} | {name: "date" for name in DATES} | {"emne": "varchar"}

db = duckdb.connect()
# The answers are sorted at the end; the order of the rows in between is worth nothing.
db.execute("set preserve_insertion_order = false")

# One row for each day: how many working days lie behind it, and the first working day from it on.
db.execute(
    """
    create table day as
    with every as (
      select unnest(generate_series($first::date, $last::date, interval 1 day))::date as d
    ), marked as (
      select d, isodow(d) < 6 and not list_contains($closed::date[], d) as working from every
    )
    select d,
      (count(*) filter (working) over (order by d))::int as number,
      min(d) filter (working) over (order by d desc) as rolled
    from marked
    """,
    {"first": dk.FIRST_DAY, "last": dk.LAST_DAY, "closed": dk.closed_days()},
)
# The n-th working day, to go from a number back to a date.
db.execute("create table working as select number, min(d) as d from day group by number")
db.execute("create table area (name varchar, days int)")
db.executemany("insert into area values (?, ?)", list(dk.area_days().items()))
(horizon,) = db.execute(
    "select w.d from day join working w on w.number = day.number + ? where day.d = ?",
    [dk.HORIZON, today],
).fetchone()

db.execute(
    f"""
    create table cases as select {", ".join(NEEDED)}
    from read_csv($file, delim = ';', header = true, quote = '"', escape = '"',
      columns = {columns!r}, dateformat = $format, parallel = true)
    """,
    {"file": register, "format": date_format},
)

db.execute(
    """
    create table clocks as
    with extendable as (
      select sagsnr, afdeling, 'merudgifter-100' as frist, w.d as due, afgjort as stop, underrettet, ny_frist
      from cases join day on day.d = modtaget join working w on w.number = day.number + 60
      where paragraf = 'SEL §100'
      union all
      select sagsnr, afdeling, 'para3', rolled, afgjort, underrettet, ny_frist
      from cases join area on area.name = sagsomraade join day on day.d = modtaget + area.days
      where type = 'ansoegning' and coalesce(paragraf, '') = ''
    ), dated as (
      select sagsnr, afdeling, 'kvittering' as frist, rolled as due, kvitteret as stop
      from cases join day on day.d = modtaget + 7
      union all
      select sagsnr, afdeling, 'svar-3-uger', rolled, besvaret
      from cases join day on day.d = oversendt + 21
      where type in ('oversendelsessag', 'dialogsag')
      union all
      select sagsnr, afdeling, 'aktindsigt', w.d, besvaret
      from cases join day on day.d = modtaget join working w on w.number = day.number + 7
      where type = 'aktindsigt'
      union all
      -- greatest passes over a missing new deadline
      select sagsnr, afdeling, frist, case when underrettet <= due then greatest(due, rolled) else due end, stop
      from extendable left join day on day.d = ny_frist
    )
    select *, case
      when stop <= due then 'overholdt'
      when stop is not null then 'for-sent'
      when due < $today then 'overskredet'
      when due <= $horizon then 'snart'
      else 'løber' end as tilstand
    from dated
    """,
    {"today": today, "horizon": horizon},
)

db.execute(
    f"""
    copy (select afdeling, frist, tilstand, count(*) from clocks group by all order by all)
    to '{out}/counts.csv' (delimiter ';', header false)
    """
)
# Few clocks are overdue: picked out once, instead of from all of them for every department.
db.execute("create table overdue as select afdeling, due, sagsnr, frist from clocks where tilstand = 'overskredet'")
for (department,) in db.execute("select distinct afdeling from clocks").fetchall():
    db.execute(
        f"""
        copy (select due, sagsnr, frist from overdue where afdeling = $department order by all)
        to '{dk.overdue_list(out, department)}' (delimiter ';', header false)
        """,
        {"department": department},
    )
