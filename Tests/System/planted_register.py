#!/usr/bin/env python3
"""Makes a kommune whose register is full of what must never leave it: planted_register.py SEED CASES FOLDER.

FOLDER then holds fristvagt.conf, planted.frist, register.csv and events.csv, which fit a first tick on FIRST_DAY, and
what a checker needs:

  forbidden.txt   one string a line that may stand in no mail and no report
  recipients.txt  one address a line: whoever may get mail at all
  readers.csv     `CASE;ADDRESS ADDRESS …`: who may read of a case; of some only the adviser

Every text of the register holds a made-up word of its own, so the words and the birthdays are all that forbidden.txt
lists: they are found in a text that was cut, cleaned or masked too, and no other text has them.
"""

import datetime
import os
import random
import re
import sys

FIRST_DAY = datetime.date(2026, 9, 7)
DOMAIN = "plantoe.example"
ADVISER = f"raad@{DOMAIN}"
# Name: forvaltning, digest schedule, and whether it has a mailbox of its own.
DEPARTMENTS = {
    "Familie og Børn": ("Læring", "arbejdsdage 07:00", True),
    "Jobcenter": ("Beskæftigelse", "mandag, torsdag 07:30", True),
    "Handicap & Psykiatri": ("Social", "mandag 07:00", True),
    "Teknik, Vej & Miljø": ("Teknik", "dagligt 06:00", False),
    "Ældre": ("Social", "arbejdsdage 07:00", True),
    "Borgerservice": ("Beskæftigelse", None, True),
}
WORKERS = [f"sb{number:03}@{DOMAIN}" for number in range(1, 121)]
NAMED_WORKERS = {f"Medarbejder {letter}": f"navn.{letter.lower()}@{DOMAIN}" for letter in "ABCDEFGHIJKL"}
# Who is away, and who stands in; the second and third stand in for each other.
ABSENCES = {
    WORKERS[0]: WORKERS[1],
    WORKERS[2]: WORKERS[3],
    WORKERS[3]: WORKERS[2],
    f"leder1@{DOMAIN}": f"leder2@{DOMAIN}",
}
FIELDS = ["sagsnr", "type", "område", "paragraf", "forvaltning", "afdeling", "sagsbehandler", "samtykke"]
EVENTS = ["modtaget", "kvitteret", "afgjort", "underrettet", "ny_frist", "oversendt", "besvaret", "indgivet"]
EVENTS += ["vurderet", "bekræftet", "overdraget", "lukket", "genåbnet"]
COLUMNS = FIELDS + ["fødselsdato"] + EVENTS + ["borger", "cpr", "adresse", "emne", "notat"]

# Weight; område; the event that starts the clock, and between how many days before FIRST_DAY; the events that may
# follow, each with its share of the cases and at most how many days later.
AFTER = {"kvitteret": (0.6, 9), "afgjort": (0.4, 40), "underrettet": (0.2, 30), "ny_frist": (0.2, 60)}
KINDS = {
    "ansøgning": (50, "", "modtaget", (60, -4), AFTER),
    "klage": (15, "", "modtaget", (60, -4), AFTER),
    "dialog": (15, "", "oversendt", (40, -4), {"besvaret": (0.3, 20), "lukket": (0.1, 30)}),
    "hændelse": (6, "underretning", "indgivet", (7, -7), {"vurderet": (0.5, 2)}),
    "indberetning": (8, "whistleblower", "indgivet", (20, -4), {"bekræftet": (0.3, 9)}),
    "overgang": (6, "", "overdraget", (400, -400), {}),
}
# " | " stands for a line break.
RULES = """
[kalender lov] | helligdage = danske | lukket = 06-05 | lukket = 12-24 | lukket = 12-31

[frist planted-afgørelse] | navn = Afgørelse på ansøgning, § 3; "20 arbejdsdage"
hjemmel = retssikkerhedsloven § 3, stk. 2; byrådets <frister> & mål
slags = kommunal | gælder = type: ansøgning | fra = modtaget | til = afgjort | længde = 20 arbejdsdage
udsættelse = underrettet → ny_frist | ved-overskridelse = borger: underrettet
varsel = 10 arbejdsdage før: sagsbehandler | varsel = 3 arbejdsdage før: sagsbehandler, leder
varsel = på dagen: sagsbehandler, postkasse | varsel = 1 arbejdsdag efter: leder, borgerrådgiver; gentag 5 arbejdsdage
eksempel = modtaget 2026-08-10 → frist 2026-09-07

[frist planted-kvittering] | navn = Kvittering, syv dage | hjemmel = kommunens løfte | slags = løfte
gælder = type: ansøgning, klage, indberetning | fra = modtaget | til = kvitteret | længde = 7 dage | ruller = frem
varsel = på dagen: sagsbehandler | varsel = 1 arbejdsdag efter: leder; gentag 10 arbejdsdage
eksempel = modtaget 2026-08-31 → frist 2026-09-07

[frist planted-dialog] | navn = Svar på det, som borgerrådgiveren sender videre
hjemmel = aftale med forvaltningen | slags = løfte | samtykke = kræves
gælder = type: dialog | fra = oversendt | til = besvaret | længde = 10 arbejdsdage
varsel = 3 arbejdsdage før: sagsbehandler | varsel = på dagen: sagsbehandler, postkasse
varsel = 1 arbejdsdag efter: leder, borgerrådgiver; gentag 5 arbejdsdage
eksempel = oversendt 2026-08-24 → frist 2026-09-07

[frist planted-underretning] | navn = Vurdering af en underretning, 24 timer | hjemmel = barnets lov § 136
slags = lovbestemt | gælder = område: underretning | fra = indgivet | til = vurderet | længde = 24 timer
varsel = 4 timer før: sagsbehandler, leder
varsel = 1 arbejdsdag efter: leder, borgerrådgiver; gentag 1 arbejdsdag
eksempel = indgivet 2026-09-06T12:00 → frist 2026-09-07T12:00

[frist planted-whistleblower] | navn = Bekræftelse af indberetning, syv dage
hjemmel = lov om beskyttelse af whistleblowere | slags = lovbestemt | fortrolig = ja
gælder = område: whistleblower | fra = indgivet | til = bekræftet | længde = 7 dage | ruller = nej
varsel = 2 arbejdsdage før: borgerrådgiver | varsel = 1 arbejdsdag efter: borgerrådgiver; gentag 2 arbejdsdage
eksempel = indgivet 2026-08-31 → frist 2026-09-07

[frist planted-overgang] | navn = Overgang til voksenlivet | hjemmel = aftale mellem afdelingerne | slags = løfte
gælder = type: overgang | fra = fødselsdato | til = overdraget | længde = 18 år - 4 måneder | ruller = tilbage
varsel = 10 arbejdsdage før: sagsbehandler | varsel = 1 arbejdsdag efter: leder, borgerrådgiver; gentag 5 arbejdsdage
eksempel = fødselsdato 2009-01-07 → frist 2026-09-07
""".replace(" | ", "\n")

# What a citizen or an export may write; ¤ is a made-up word. The last ones are no UTF-8, or not wholly.
TRAPS = [
    "¤\r\nBcc: ¤@evil.example\r\n\r\n¤", "¤\rX-¤: 1", "¤\nTo: ¤@evil.example", "¤\n.\n¤", "¤\nFrom ¤", "From ¤", ".¤",
    "¤\0¤", "\x1b[31m¤\x07", "\u202e¤\u202c", "\u2066¤\u2069\u200f", "¤\u0085¤", "¤\u2028¤\u2029¤", "\u200b¤\ufeff¤",
    "\"¤\" og '¤' og `¤`", "»¤«", "<script>alert('¤')</script>", "<img src=x onerror=¤>", "</td></table><b>¤",
    "&lt;¤&gt; &amp;#8238;", "{sagsnr} {¤} ${¤}", "%s %n %0d%0a¤", "=?UTF-8?Q?¤?= ¤", "¤=20=3D=", "¤;¤;¤",
    "¤, <¤@evil.example>", "=cmd|'/c ¤'!A1", "\tTab ¤", "¤\\n\\,\\; BEGIN:VEVENT", "¤\r\nEND:VCALENDAR\r\n",
    "🕰️ ¤ 👩\u200d👧", "e\u0301¤ z\u0351\u0356\u0300", "\U000e0041¤\ue000\ufdd0", "¤ " + "langt " * 1_700, "¤" * 1_200,
    b"\xc2\xa4 \xff", b"\xc2\xa4 \xc0\xaf", b"\xc2\xa4 \xe2\x82", b"\xf0\x9f\x95 \xc2\xa4", b"\xed\xa0\x80\xc2\xa4",
    b"bl\xe5b\xe6r \xc2\xa4 \x93\x80\x94", b"\xc2\xa4 \x81\x8d\x9d",
]
FIRST_NAMES = ["Bodil", "Søren", "Åse", "Zoe\u0308", "Jens-Ole", "Mette Marie", "D'Arcy", "Ægir"]
# Consent as people write it, and what is nearly that and not it.
CONSENT = ["ja", "ja", "ja", "Ja", "JA", "ja\u200b", "\u00a0ja", "true", "x", "1"]
NO_CONSENT = ["", "", "nej", "ja.", "ja?", "j", "jа", "ja\0", "ja nej", "0"]
# Between the digits of a number, where nobody sees them. The last four are no format characters.
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u2066\u061c\u034f\ufe0f\U000e0100\u3164"
# What may stand between birthday and serial number.
DASHES = ["-", "-", "-", " ", "", "\u2013", "\u2011", "\u2010", "\u2014", "\u2212", "\u00a0", "\u202f", "\t"]


class Kommune:
    """Everything planted, from one seed."""

    def __init__(self, seed, cases):
        self.random = random.Random(seed)
        self.choose = self.random.choice
        self.forbidden = []
        self.words = set()
        self.readers = {}
        self.rows = [self.row(number) for number in range(cases)]

    def chance(self, share):
        return self.random.random() < share

    # --- what must not leave the register

    def word(self):
        """Made of syllables that Danish does not have."""
        while True:
            word = "".join(self.choose("qxzw") + self.choose("aeiou") + self.choose("lnrst") for _ in range(3)).title()
            if word not in self.words:
                self.words.add(word)
                self.forbidden.append(word)
                return word

    def name(self):
        return f"{self.choose(FIRST_NAMES)} {self.word()}"

    def trap(self, word=None):
        """A trap with fresh words in it, or with a word that may be seen."""
        trap = as_bytes(self.choose(TRAPS))
        # The long one repeats its fourth.
        for times in (1, 1, 1, -1):
            trap = trap.replace("¤".encode(), (word or self.word()).encode(), times)
        return trap

    def birthday(self, youngest, oldest):
        birthday = self.day(youngest, oldest)
        months = "januar februar marts april maj juni juli august september oktober november december".split()
        written = [f"{birthday}", f"{birthday:%d-%m-%Y}"]
        self.forbidden += written + [f"{birthday.day}. {months[birthday.month - 1]} {birthday.year}"]
        return birthday, self.choose(written)

    def cpr(self, birthday):
        """The number in one of the ways in which people write it."""
        day = birthday.day + (60 if self.chance(0.1) else 0)
        digits = f"{day:02}{birthday:%m%y}", f"{self.random.randrange(10_000):04}"
        number = self.choose(DASHES).join(digits)
        if self.chance(0.3):
            number = self.choose(INVISIBLE).join(number)
        if self.chance(0.1):
            zero = ord(self.choose("\uff10\u0660\U0001d7ce"))
            number = number.translate({ord("0") + digit: zero + digit for digit in range(10)})
        return number

    # --- a case

    def day(self, earliest, latest):
        """A day between so many days before FIRST_DAY and so many."""
        return FIRST_DAY - datetime.timedelta(self.random.randint(latest, earliest))

    def written(self, day):
        time = f"{self.random.randrange(24):02}:{self.random.randrange(60):02}"
        return self.choose([f"{day}", f"{day:%d-%m-%Y}", f"{day.day}/{day.month}/{day.year}", f"{day}T{time}"])

    def course(self, row):
        """What has happened in the case so far, or will in the days of the test."""
        _, area, start, span, after = KINDS[row["type"]]
        day = self.day(*span)
        row["område"] = area
        # Without its stop a young person's case goes on.
        if start != "overdraget" or self.chance(0.2):
            row[start] = self.written(day)
        for event, (share, most) in after.items():
            if self.chance(share):
                row[event] = self.written(day + datetime.timedelta(self.random.randint(0, most)))
        if row["type"] in ("dialog", "indberetning"):
            row["samtykke"] = self.choose(CONSENT if self.chance(0.5) else NO_CONSENT)
        if row["type"] == "indberetning":
            # A second deadline, which alone would let the department hear.
            row["modtaget"] = self.written(day)

    def citizen(self, row):
        # Of the young their deadline is counted from the birthday.
        span = (6_510, 6_400) if row["type"] == "overgang" else (30_000, 7_500)
        birthday, row["fødselsdato"] = self.birthday(*span)
        row["borger"], row["cpr"] = self.name(), self.cpr(birthday)
        row["adresse"] = f"{self.word()}vej {self.random.randrange(1, 99)}, 2. tv"
        row["emne"] = f"{self.word()} venter på svar" if self.chance(0.6) else self.trap()
        row["notat"] = self.trap() if self.chance(0.6) else f"{self.name()}, {self.cpr(birthday)}, ringede"
        if self.chance(0.02):
            row[self.choose(["borger", "cpr", "adresse"])] = self.trap()
        return birthday

    def row(self, number):
        """The bytes of one row; on the way it is noted who may read of the case."""
        case = f"KQ-{number:05}-X"
        kind = self.random.choices(list(KINDS), [kind[0] for kind in KINDS.values()])[0]
        department = self.choose(list(DEPARTMENTS))
        worker = self.choose(list(NAMED_WORKERS)) if self.chance(0.1) else self.choose(WORKERS)
        row = dict.fromkeys(COLUMNS, "")
        row.update({"sagsnr": case, "type": kind, "afdeling": department, "sagsbehandler": worker})
        row.update({"paragraf": "SEL §100", "forvaltning": DEPARTMENTS[department][0]})
        self.course(row)
        birthday = self.citizen(row)
        if self.chance(0.25):
            column = self.choose(FIELDS + EVENTS[:9] + ["sagsnr"] * 6 + ["afdeling", "sagsbehandler"] * 2)
            row[column] = self.misplaced(column, row[column], birthday)
        self.readers[case] = readers(row)
        return self.line([row[column] for column in COLUMNS])

    def misplaced(self, column, value, birthday):
        """What stands in a column that the program reads, in place of what belongs there."""
        if column == "sagsnr":
            return self.choose([
                f"{value} {self.cpr(birthday)}", f"{self.cpr(birthday)}/{value}", f"{value}{self.cpr(birthday)}",
                value.encode() + self.trap("sag"), self.trap("sag")[:40] + value.encode(), value + "x" * 10_000, value,
            ])
        if column == "sagsbehandler" and "@" in value:
            evil = f"{self.word()}@evil.example"
            attempts = [f"{value},{evil}", f"{value}\nBcc: {evil}", f"{value}\r\n{evil}", f"<{value}>"]
            attempts += [f"{value} {evil}", f"{value}\u202e", f'"{evil}"', f"-{value}\0", f"{value}\r\n", value.upper()]
            if self.chance(0.5):
                return self.choose(attempts)
        number = self.cpr(birthday)
        return self.choose([self.name(), self.name(), number, f"{self.name()} {number}", self.trap()])

    # --- as CSV

    def line(self, values):
        fields = [self.cell(value) for value in values]
        if self.chance(0.01):
            too_many, behind_quote = fields + [self.word().encode()] * 2, fields[:-1] + [b'"\xe5"x']
            fields = self.choose([fields[:-3], too_many, behind_quote, [b""] + fields[1:]])
        return b";".join(fields) + self.choose([b"\n", b"\r\n"])

    def cell(self, value):
        content = as_bytes(value)
        if not re.search(rb'[;"\r\n]', content) and not self.chance(0.1):
            return content
        return b'"' + content.replace(b'"', b'""') + b'"'

    def events(self):
        """The further notices of some cases, a few of them no events or of no case."""
        lines = ["sagsnr;hændelse;dato;ny_frist\n".encode()]
        for case in self.random.sample(sorted(self.readers), len(self.readers) // 50):
            row = [case, "underrettet", f"{self.day(20, 0)}", f"{self.day(0, -20)}"]
            if self.chance(0.2):
                column = self.random.randrange(4)
                row[column] = self.choose([self.name(), self.cpr(self.day(30_000, 7_500)), self.trap()])
            lines.append(b";".join(map(self.cell, row)) + b"\n")
        return b"".join(lines)


def as_bytes(value):
    return value if isinstance(value, bytes) else value.encode()


def department_addresses(name):
    number = list(DEPARTMENTS).index(name) + 1
    addresses = {"leder": f"leder{number}@{DOMAIN}", "stedfortræder": f"sted{number}@{DOMAIN}"}
    if DEPARTMENTS[name][2]:
        addresses["postkasse"] = f"post{number}@{DOMAIN}"
    return addresses


def text_of(value):
    """A field as the program reads it: without white space at its ends, and as Windows-1252 where it is no UTF-8."""
    try:
        return (value if isinstance(value, str) else value.decode()).strip(" \t\r\n")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace").strip(" \t\r\n")


def readers(row):
    """Who may read of a case: the adviser; where nothing stands against it the department, and who stands in there."""
    department, worker = text_of(row["afdeling"]), text_of(row["sagsbehandler"])
    worker = "".join(letter for letter in worker if letter not in INVISIBLE)
    lacks_consent = text_of(row["type"]) == "dialog" and text_of(row["samtykke"]) not in CONSENT
    found = {ADVISER}
    if department in DEPARTMENTS and not lacks_consent and text_of(row["område"]) != "whistleblower":
        found |= set(department_addresses(department).values())
        worker = NAMED_WORKERS.get(worker, worker.lower())
        found |= {worker} & ({*WORKERS} | {*NAMED_WORKERS.values()})
    for _ in ABSENCES:
        found |= {ABSENCES[person] for person in found if person in ABSENCES}
    return found


def configuration():
    text = f"""
[fristvagt] | kommune = Plantø | regler = planted.frist | tilstandsmappe = state | rapporter = out
[register] | kilde = register.csv | hændelser = events.csv
[borgerrådgiver] | adresse = {ADVISER} | rapport = arbejdsdage 07:00
[varsler] | vindue = arbejdsdage 07:00 .. 17:00
[mail] | maildir = udbakke | afsender = Fristvagt, "Plantø" <fristvagt@{DOMAIN}> | returadresse = retur@{DOMAIN}
link = https://register.{DOMAIN}/sag/{{sagsnr}}?vis=1&sag={{sagsnr}}
"""
    for name, (directorate, digest, _) in DEPARTMENTS.items():
        text += f"[afdeling {name}]\nforvaltning = {directorate}\n"
        text += "".join(f"{role} = {address}\n" for role, address in department_addresses(name).items())
        text += f"digest = {digest}\n" if digest else ""
    text += "".join(f"[medarbejder {name}]\nadresse = {address}\n" for name, address in NAMED_WORKERS.items())
    for person, deputy in ABSENCES.items():
        text += f"[fravær {person}]\nperiode = 2026-09-01 .. 2026-09-30\nstedfortræder = {deputy}\n"
    return text.replace(" | ", "\n")


def main():
    seed, cases, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    kommune = Kommune(seed, cases)
    events = kommune.events()
    recipients = set().union(*kommune.readers.values())
    os.makedirs(folder, exist_ok=True)
    files = {
        "fristvagt.conf": configuration(),
        "planted.frist": RULES,
        "register.csv": ";".join(COLUMNS).encode() + b"\n" + b"".join(kommune.rows),
        "events.csv": events,
        "forbidden.txt": "".join(f"{text}\n" for text in sorted(set(kommune.forbidden))),
        "recipients.txt": "".join(f"{address}\n" for address in sorted(recipients)),
        "readers.csv": "".join(f"{case};{' '.join(sorted(may))}\n" for case, may in kommune.readers.items()),
    }
    for name, content in files.items():
        with open(f"{folder}/{name}", "wb") as file:
            file.write(as_bytes(content))


main()
