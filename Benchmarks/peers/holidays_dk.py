"""The days on which a Danish kommune is closed, and what else the peers have in common."""

import datetime
import pathlib
import sys

# From before the first case to well after the last new deadline.
FIRST_YEAR, LAST_YEAR = 2022, 2028
FIRST_DAY = datetime.date(FIRST_YEAR, 1, 1)
LAST_DAY = datetime.date(LAST_YEAR, 12, 31)
# A deadline is near when it falls due within so many working days.
HORIZON = 5


def easter_sunday(year):
    """The Sunday after the first full moon of spring, by the tables of the Gregorian calendar."""
    century = year // 100
    golden = year % 19
    # How far the calendar's moon has slipped: leap days left out, less the moon's own correction.
    drift = century - century // 4 - (8 * century + 13) // 25
    age = (19 * golden + drift + 15) % 30
    # Two dates would give a full moon that the tables do not have; both move a day back.
    if age == 29 or (age == 28 and golden > 10):
        age -= 1
    full_moon = datetime.date(year, 3, 21) + datetime.timedelta(age)
    # A full moon on a Sunday puts Easter a week later: 7 days on, not 0.
    return full_moon + datetime.timedelta(7 - (full_moon.weekday() + 1) % 7)


def closed_days():
    """Every closed day that is not merely a weekend, in order."""
    closed = set()
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        easter = easter_sunday(year)
        # Thursday and Friday before; Easter; Ascension; Whit Sunday and Monday.
        moving = [-3, -2, 0, 1, 39, 49, 50]
        if year <= 2023:
            # Store bededag, abolished from 2024.
            moving.append(26)
        closed.update(easter + datetime.timedelta(days) for days in moving)
        # Constitution Day, Christmas Eve and New Year's Eve are no public holidays, but closed.
        for month, day in [(1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)]:
            closed.add(datetime.date(year, month, day))
    return sorted(closed)


def area_days():
    """The days that each area has, from the table that the rules name."""
    table = pathlib.Path(__file__).parent.parent / "omraader.csv"
    rows = [line.split(";") for line in table.read_text(encoding="utf-8").splitlines()[1:]]
    return {area: int(length.removesuffix(" dage")) for area, length in rows}


def arguments():
    """Register, output folder, today, and how the register writes its dates."""
    if len(sys.argv) not in (4, 5) or sys.argv[4:] not in ([], ["--danish"]):
        sys.exit(f"usage: {sys.argv[0]} REGISTER.csv OUT-FOLDER TODAY [--danish]")
    register, out, today = sys.argv[1:4]
    date_format = "%d-%m-%Y" if len(sys.argv) == 5 else "%Y-%m-%d"
    folder = pathlib.Path(out)
    (folder / "overdue").mkdir(parents=True, exist_ok=True)
    return register, folder, datetime.date.fromisoformat(today), date_format


def overdue_list(folder, department):
    """Where the overdue list of a department belongs."""
    return folder / "overdue" / f"{department.replace(' ', '_')}.csv"
