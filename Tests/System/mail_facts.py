#!/usr/bin/env python3
"""Reads every message of a maildir, and other texts, and says each fault, one a line; exit code 1 if there is any.

  mail_facts.py [--forbidden FILE] [--recipients FILE] [--readers FILE] [--subjects FILE] [--maildir FOLDER] [TEXT…]

  --forbidden   one string a line that may stand nowhere
  --recipients  one address a line: nobody else may get mail
  --readers     `CASE;ADDRESS ADDRESS …`: who may be told of a case
  --subjects    is written: the decoded subjects, one a line

A TEXT that ends in .html or .ics is read as that. Python's own mail parser is one that this project had no hand in.
"""

import argparse
import collections
import email
import email.policy
import html.parser
import os
import re
import sys
import unicodedata
import urllib.parse

ONCE = ("Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Auto-Submitted")
# A plausible day and month, replacement numbers among them; no modulus 11, because many numbers are without.
CPR = re.compile(r"(?<!\d)[0-7]\d[01]\d\d\d(?:[^\S\n]|[-\u2010-\u2015\u2212])?\d{4}(?!\d)")
# Controls, bidi and zero-width characters, line and paragraph separators, and what has no meaning in a text.
UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Co", "Cn", "Cs")
# What takes no room: the eye reads the digits on both sides as one number.
NO_ROOM = ("Cf", "Mn", "Me")
FILLERS = "\u115f\u1160\u3164\uffa0"
INLINE = set("a strong em small span".split())
TAGS = INLINE | set("wbr html head meta title style body main header footer section h1 h2 h3 p ul ol li br hr div".split())
DRAWN = set("svg g path rect line polyline polygon circle".split())
TAGS |= DRAWN | set("table caption thead tbody tfoot tr th td dl dt dd details summary figure figcaption text tspan desc".split())


class Finder:
    """Finds which of many strings stand in a text; the many cost no more than a few."""

    def __init__(self, strings):
        length = min(map(len, strings), default=0)
        self.by_start = collections.defaultdict(list)
        for string in strings:
            self.by_start[string[:length]].append(string)
        places = [re.escape("".join(sorted({start[at] for start in self.by_start}))) for at in range(length)]
        self.start = re.compile("(?=(" + "".join(f"[{characters}]" for characters in places) + "))")

    def found(self, text):
        found = set()
        for start in self.start.finditer(text):
            for string in self.by_start.get(start[1], ()):
                if text.startswith(string, start.start()):
                    found.add(string)
        return found


class Page(html.parser.HTMLParser):
    """The text of a page with its entities resolved, where it leads to, and whatever could act or be fetched."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.texts, self.addresses, self.faults = [], [], []
        self.feed(source)
        self.close()
        self.text = "\n".join(["".join(self.texts)] + self.addresses)

    def handle_data(self, data):
        self.texts.append(data)

    def handle_starttag(self, tag, attributes):
        self.texts.append("" if tag in INLINE else "\n")
        if tag not in TAGS:
            self.faults.append(f"a tag <{tag}>")
        for name, value in attributes:
            # The coordinates of a figure are nothing that is read.
            self.addresses.append("" if tag in DRAWN else urllib.parse.unquote(value or ""))
            if name.startswith("on") or name in ("src", "srcset", "background", "http-equiv"):
                self.faults.append(f"an attribute {name}")
            if name == "href" and not re.match(r"https?://", value or ""):
                self.faults.append("a link that is none")

    def handle_endtag(self, tag):
        self.texts.append("" if tag in INLINE else "\n")

    def handle_comment(self, data):
        self.faults.append("a comment")

    def unknown_decl(self, data):
        self.faults.append("a declaration")


class Facts:
    def __init__(self, options):
        self.faults = []
        self.forbidden = Finder([line.casefold() for line in lines_of(options.forbidden)])
        self.recipients = set(lines_of(options.recipients))
        pairs = [line.split(";") for line in lines_of(options.readers)]
        self.readers = {case: set(addresses.split()) for case, addresses in pairs}
        self.cases = Finder(list(self.readers))
        self.seen = {}
        self.subjects = []
        self.named = set()

    def say(self, where, what):
        self.faults.append(f"{where}: {what}")

    # --- a text

    def check_text(self, where, text, crlf=False):
        """What holds for everything that somebody reads."""
        characters = set(text)
        unseen = {one for one in characters if unicodedata.category(one) in UNSEEN} - {"\n", "\r" if crlf else "\n"}
        if unseen:
            first = min(text.index(character) for character in unseen)
            self.say(where, f"unseen characters {ascii(sorted(unseen))}: {excerpt(text, first)}")
        if CPR.search(as_seen(text)):
            for line in text.splitlines():
                for number in CPR.finditer(as_seen(line)):
                    self.say(where, f"looks like a CPR number, {number[0]}: {excerpt(line.strip(), 0)}")
        for string in sorted(self.forbidden.found(text.casefold())):
            self.say(where, f"forbidden: {excerpt(text, text.casefold().index(string))}")

    def check_page(self, where, source):
        page = Page(source)
        for fault in page.faults:
            self.say(where, fault)
        self.check_text(where, page.text)
        return page.text

    def check_calendar(self, where, data):
        """RFC 5545: CRLF, folded lines, and what each entry must have."""
        if not data.endswith(b"\r\n") or re.search(rb"(?<!\r)\n|\r(?!\n)", data):
            self.say(where, "a line end that is not CRLF")
        for line in re.split(rb"\r?\n", data):
            if len(line) > 75:
                self.say(where, f"a line of {len(line)} octets")
            try:
                line.decode()
            except UnicodeDecodeError:
                self.say(where, "a line folded inside a character")
        text = data.decode("utf-8", "replace")
        unfolded = re.sub(r"\r?\n[ \t]", "", text)
        self.check_text(where, unfolded, crlf=True)
        open_parts, names, identities = [], [], []
        for line in re.split(r"\r?\n", unfolded.rstrip("\r\n")):
            name, value = (line.split(":", 1) + [""])[:2]
            name = name.split(";")[0]
            if not re.fullmatch(r"[A-Z-]+", name):
                self.say(where, f"a line that is no property: {excerpt(line, 0)}")
            elif name == "BEGIN":
                open_parts.append(value)
                names = []
            elif name == "END":
                if not open_parts or open_parts.pop() != value:
                    self.say(where, f"END:{value[:20]} without its BEGIN")
                missing = {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE"}.difference(names)
                if value == "VEVENT" and (missing or len(names) > len(set(names))):
                    self.say(where, f"a VEVENT without {sorted(missing)}, or with something twice")
            names.append(name)
            identities += [value] if name == "UID" else []
        if open_parts or not identities:
            self.say(where, "a calendar that does not end, or without an entry")
        for identity, times in collections.Counter(identities).items():
            if times > 1:
                self.say(where, f"UID {identity} stands {times} times")
        return unfolded

    # --- a message

    def check_message(self, path):
        with open(path, "rb") as file:
            raw = file.read()
        where = os.path.basename(path)
        self.check_bytes(where, raw)
        message = email.message_from_bytes(raw, policy=email.policy.default)
        self.check_headers(where, message, raw)
        texts = [str(message["Subject"])]
        self.check_text(f"{where} subject", texts[0])
        self.subjects.append(texts[0])
        parts = [part for part in message.walk() if not part.is_multipart()]
        if "text/plain" not in [part.get_content_type() for part in parts]:
            self.say(where, "no text/plain part")
        for part in message.walk():
            for defect in part.defects:
                self.say(where, f"{part.get_content_type()}: {defect!r}")
            if not part.is_multipart():
                texts.append(self.check_part(f"{where} {part.get_content_type()}", part))
        self.check_reader(where, str(message["To"]), "\n".join(texts))

    def check_bytes(self, where, raw):
        head, _, _ = raw.partition(b"\n\n")
        if b"\r" in raw or b"\0" in raw:
            self.say(where, "CR or NUL in a message for sendmail")
        if any(len(line) > 998 for line in raw.split(b"\n")):
            self.say(where, "a line over 998")
        if not raw.isascii():
            self.say(where, "a byte that is not ASCII")
        for line in head.split(b"\n"):
            if len(line) > 78 or re.search(rb"[^\x20-\x7e]", line):
                self.say(where, f"a header line that is too long or not printable: {line[:60]!r}")

    def check_headers(self, where, message, raw):
        for name in ONCE:
            if len(message.get_all(name, [])) != 1:
                self.say(where, f"{len(message.get_all(name, []))} times {name}")
        for name in set(message.keys()):
            if name.lower() in ("cc", "bcc"):
                self.say(where, f"a header {name}")
            for value in message.get_all(name):
                for defect in getattr(value, "defects", ()):
                    self.say(where, f"{name}: {defect!r}")
        identity = str(message["Message-ID"])
        if self.seen.setdefault(identity, raw) != raw:
            self.say(where, f"{identity} stands on two messages")
        addresses = [address.addr_spec for address in getattr(message["To"], "addresses", ())]
        if len(addresses) != 1 or addresses != [str(message["To"])]:
            self.say(where, f"not one plain recipient: {message['To']}")
        for address in addresses:
            if self.recipients and address not in self.recipients:
                self.say(where, f"a mail to {address}")

    def check_part(self, where, part):
        if part.get_filename() is not None:
            self.check_text(f"{where} file name", part.get_filename())
        data = part.get_payload(decode=True)
        try:
            text = data.decode(part.get_content_charset("us-ascii"))
        except UnicodeDecodeError:
            self.say(where, "undecodable text")
            return ""
        # A reader cannot tell it from text that went wrong on the way.
        if "\ufffd" in text:
            self.say(where, f"undecodable text: {excerpt(text, text.index(chr(0xFFFD)))}")
        if part.get_content_type() == "text/html":
            return self.check_page(where, text)
        if part.get_content_type() == "text/calendar":
            return self.check_calendar(where, data)
        self.check_text(where, text)
        return text

    def check_reader(self, where, recipient, text):
        for case in sorted(self.cases.found(text)):
            self.named.add(case)
            if recipient not in self.readers[case]:
                self.say(where, f"{recipient} is told of {case}")

    # --- a file that is no mail

    def check_file(self, path):
        with open(path, "rb") as file:
            data = file.read()
        where = os.path.basename(path)
        self.check_text(f"name of {where}", where)
        try:
            text = data.decode()
        except UnicodeDecodeError:
            self.say(where, "undecodable text")
            text = data.decode("utf-8", "replace")
        if path.endswith(".html"):
            self.check_page(where, text)
        elif path.endswith(".ics"):
            self.check_calendar(where, data)
        else:
            self.check_text(where, text)


def as_seen(text):
    """Digits of any script as digits, and nothing between them that takes no room."""
    hidden = [one for one in set(text) if unicodedata.category(one) in NO_ROOM or one in FILLERS]
    return unicodedata.normalize("NFKC", text.translate(dict.fromkeys(map(ord, hidden))))


def excerpt(text, at):
    """In ASCII, so that hidden characters are seen."""
    return ascii(text[max(0, at - 24) : at + 80])


def lines_of(path):
    if path is None:
        return []
    with open(path, encoding="utf-8", newline="\n") as file:
        return [line for line in file.read().split("\n") if line]


def main():
    parser = argparse.ArgumentParser()
    for option in ("forbidden", "recipients", "readers", "subjects", "maildir"):
        parser.add_argument(f"--{option}")
    parser.add_argument("texts", nargs="*")
    options = parser.parse_args()
    facts = Facts(options)
    messages = []
    if options.maildir:
        folders = [f"{options.maildir}/new", f"{options.maildir}/cur"]
        messages = sorted(entry.path for folder in folders for entry in os.scandir(folder))
        if not messages:
            facts.say(options.maildir, "no message")
    for path in messages:
        facts.check_message(path)
    for path in options.texts:
        facts.check_file(path)
    if options.subjects:
        with open(options.subjects, "w", encoding="utf-8") as file:
            file.writelines(f"{subject}\n" for subject in facts.subjects)
    for fault in facts.faults:
        print(fault)
    alone = sum(len(facts.readers[case]) == 1 for case in facts.named)
    print(
        f"{len(messages)} messages, {len(options.texts)} texts, {len(facts.faults)} faults; "
        f"{len(facts.named)} cases named, {alone} of them with one reader",
        file=sys.stderr,
    )
    sys.exit(1 if facts.faults else 0)


main()
