#!/usr/bin/env python3
"""Writes a made-up case register, the same one every time, as a CSV file with semicolons.

usage: make_register.py N OUT.csv [--danish]

N is the number of cases. Dates are written as yyyy-mm-dd; with --danish as dd-mm-yyyy, and the
file begins with a byte order mark, as Excel writes it. A smaller register is the beginning of a
larger one. Needs nothing but the standard library, and no more memory for a large register than
for a small one.
"""

import datetime
import math
import random
import sys

COLUMNS = (
    "sagsnr;type;sagsomraade;paragraf;forvaltning;afdeling;sagsbehandler;"
    "modtaget;kvitteret;oversendt;besvaret;afgjort;underrettet;ny_frist;emne"
)
FIRST_DAY = datetime.date(2023, 1, 1)
LAST_DAY = datetime.date(2026, 11, 20)

# Department, directorate, and how many parts of the cases it has: one is large, two are tiny.
DEPARTMENTS = [
    ("Familie og Unge", "Børn, Unge & Kultur", 96),
    ("Skoleafdelingen", "Børn, Unge & Kultur", 8),
    ("Pladsanvisningen", "Børn, Unge & Kultur", 6),
    ("Tandplejen", "Børn, Unge & Kultur", 1),
    ("Jobhuset", "Arbejdsmarked", 48),
    ("Ydelser og Pension", "Arbejdsmarked", 22),
    ("Integration", "Arbejdsmarked", 9),
    ("Handicap og Psykiatri", "Social & Sundhed", 24),
    ("Ældre og Hjælpemidler", "Social & Sundhed", 18),
    ("Rusmiddelrådgivning", "Social & Sundhed", 1),
    ("Byggesager", "Teknik, Klima & Miljø", 9),
    ("Åer og Natur", "Teknik, Klima & Miljø", 8),
]
TYPES = [
    ("oversendelsessag", 8),
    ("dialogsag", 7),
    ("raadogvejledning", 20),
    ("ansoegning", 55),
    ("aktindsigt", 10),
]
AREAS = [
    "merudgifter-voksne",
    "merudgifter-boern",
    "tabt-arbejdsfortjeneste",
    "hjaelpemidler",
    "boligindretning",
    "botilbud",
    "ledsageordning",
    "stoette-i-hjemmet",
    "enkeltydelser",
    "kontanthjaelp",
    "sygedagpenge",
    "fleksjob",
]
CASEWORKERS = [f"mb{number:03d}@by.example" for number in range(400)]

PLAIN_SUBJECT = "Spørgsmål til sagens gang"
# A reader that takes the separator, the quotes or the line break at face value loses its place here.
AWKWARD_SUBJECT = '"Rykker; ""svar udbedes"",\nbilag følger"'
ROWS_A_WRITE = 20_000


def repeated(weighted):
    """Every entry as often as its weight says: a draw from the list is then one multiplication."""
    return [entry[:-1] for entry in weighted for _ in range(entry[-1])]


def written_days(danish):
    """The text of each day from the first on; the last ones are needed by new deadlines only."""
    pattern = "%d-%m-%Y" if danish else "%Y-%m-%d"
    count = (LAST_DAY - FIRST_DAY).days + 100
    return [(FIRST_DAY + datetime.timedelta(days)).strftime(pattern) for days in range(count)]


def rows(count, danish):
    draw = random.Random(20_261_120).random
    log = math.log
    day = written_days(danish)
    last = (LAST_DAY - FIRST_DAY).days
    departments = [f"{directorate};{name}" for name, directorate in repeated(DEPARTMENTS)]
    types = [name for (name,) in repeated(TYPES)]

    def event(start, mean, missing):
        """A day that much later on average, or None: it never came, or has not come yet."""
        absent = draw() < missing
        # The sum of two exponential delays: few events come at once, and some come very late.
        later = start + int(-log((1 - draw()) * (1 - draw())) * mean / 2)
        return None if absent or later > last else later

    for number in range(count):
        kind = types[int(draw() * len(types))]
        department = departments[int(draw() * len(departments))]
        caseworker = CASEWORKERS[int(draw() * len(CASEWORKERS))]
        received = int(draw() * (last + 1))
        acknowledged = event(received, 5, 0.05)
        area = paragraph = ""
        sent = answered = decided = notified = renewed = None
        if kind == "ansoegning":
            area = AREAS[int(draw() * len(AREAS))]
            paragraph = "SEL §100" if area == "merudgifter-voksne" else ""
            decided = event(received, 60, 0.05)
            if draw() < 0.06:
                notified = received + 20 + int(draw() * 60)
                renewed = notified + 20 + int(draw() * 40)
                if notified > last:
                    notified = renewed = None
        elif kind == "aktindsigt":
            answered = event(received, 14, 0.06)
        elif kind != "raadogvejledning":
            sent = received + int(draw() * 4)
            if sent > last:
                sent = None
            answered = None if sent is None else event(sent, 14, 0.06)
        dates = (received, acknowledged, sent, answered, decided, notified, renewed)
        written = ";".join(["" if date is None else day[date] for date in dates])
        subject = PLAIN_SUBJECT if number % 50 else AWKWARD_SUBJECT
        yield (
            f"{2023 + number % 4}-{number:08d};{kind};{area};{paragraph};{department};"
            f"{caseworker};{written};{subject}\n"
        )


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--danish"]
    if len(arguments) != 2 or not arguments[0].isdigit():
        sys.exit(__doc__)
    danish = "--danish" in sys.argv
    encoding = "utf-8-sig" if danish else "utf-8"
    with open(arguments[1], "w", encoding=encoding, newline="") as out:
        out.write(COLUMNS + "\n")
        pending = []
        for row in rows(int(arguments[0]), danish):
            pending.append(row)
            if len(pending) == ROWS_A_WRITE:
                out.write("".join(pending))
                pending.clear()
        out.write("".join(pending))


main()
