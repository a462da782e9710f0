#!/usr/bin/env python3
"""Looks at a page in a real browser: Debian's chromium, headless, driven by its chromedriver. Nothing is fetched.

    browser.py check PAGE.html                               says every fault, one a line; exit code 1 when there is one
    browser.py photograph PAGE.html FOLDER PREFIX [SELECTOR] pictures of the page, or of the one element that SELECTOR finds

What a fault is stands in browser_checks.js, which runs in the page; what only the browser knows is asked here. The
pictures are PREFIX.png, PREFIX-moerk.png, PREFIX-telefon.png and PREFIX-telefon-moerk.png, and PREFIX.pdf of a whole page.
"""

import base64
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

WIDTHS = (320, 360, 412, 768, 1280)
PHONES_BELOW = 600
SCHEMES = ("light", "dark")
# What a sheet of A4 with margins of a centimetre holds.
PAPER = 718
# At 320 pixels a drawing may have become small; from this width on all of it must be readable.
READABLE_FROM = 360
SMALLEST_TEXT = 10

FLAGS = [
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--lang=da",
    "--no-proxy-server",
    # No name can be looked up, so even what the flags below leave on reaches nobody.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-features=AutofillServerCommunication,MediaRouter,OptimizationHints,Translate",
]


class BrowserError(Exception):
    """The browser did not start, or did not answer as it must."""


class Browser:
    """A chromedriver with one session. What both write lies in a folder that goes with them."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="browser.")
        self.session = self.driver = None
        # An address of this machine, whatever proxy the environment names.
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        try:
            if self.session:
                self.call("DELETE", "")
        except (BrowserError, OSError):
            pass
        if self.driver:
            # The group, for a browser that its driver left behind.
            for number in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.killpg(self.driver.pid, number)
                    self.driver.wait(5)
                except (ProcessLookupError, subprocess.TimeoutExpired):
                    pass
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self):
        driver = shutil.which("chromedriver")
        if not driver:
            raise BrowserError("there is no chromedriver; install chromium-driver")
        log = pathlib.Path(self.folder, "driver.log")
        # A home of its own: nothing is left in that of the user, and nothing there changes the pictures.
        environment = {name: text for name, text in os.environ.items() if not name.startswith("XDG_")}
        environment |= {"HOME": self.folder, "TMPDIR": self.folder}
        with open(log, "wb") as file:
            self.driver = subprocess.Popen(
                [driver, "--port=0"],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )
        port = self.port(log)
        options = {"args": [*FLAGS, f"--user-data-dir={self.folder}/profile"]}
        if os.geteuid() == 0:
            # Chromium refuses its sandbox to root.
            options["args"].append("--no-sandbox")
        if binary := shutil.which("chromium"):
            options["binary"] = binary
        wanted = {
            "browserName": "chrome",
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "goog:chromeOptions": options,
        }
        self.address = f"http://127.0.0.1:{port}/session"
        answer = self.call("POST", None, {"capabilities": {"alwaysMatch": wanted}})
        self.session = answer["sessionId"]

    def port(self, log):
        """The free port that the driver chose."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.driver.poll() is None:
            if found := re.search(r"started successfully on port (\d+)", log.read_text(errors="replace")):
                return found[1]
            time.sleep(0.05)
        raise BrowserError(f"chromedriver does not start: {log.read_text(errors='replace').strip()[-500:]}")

    def call(self, method, path, body=None):
        """One command of WebDriver; without a path, the one that opens the session."""
        address = self.address if path is None else f"{self.address}/{self.session}{path}"
        data = None if method != "POST" else json.dumps(body or {}).encode()
        request = urllib.request.Request(address, data, {"Content-Type": "application/json"}, method=method)
        try:
            with self.opener.open(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            text = error.read().decode(errors="replace")
            raise BrowserError(f"{method} {path or ''} ended with {error.code}: {text[:500]}") from None
        except OSError as error:
            raise BrowserError(f"{method} {path or ''}: {error}") from None

    def devtools(self, command, **parameters):
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def run(self, script, *arguments):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def log(self, kind):
        return self.call("POST", "/se/log", {"type": kind})

    def dress(self, width, scheme, *, height=900, medium="screen", scale=1):
        """A window of that size; a page that is shown takes it at once."""
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=width < PHONES_BELOW,
        )
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.devtools("Emulation.setEmulatedMedia", media=medium, features=features)

    def show(self, address):
        self.call("POST", "/url", {"url": address})


# --- check


# Each width, scheme and medium in which the page is looked at. A browser prints in light, whatever its user chose.
STATES = [(width, scheme, "screen") for width in WIDTHS for scheme in SCHEMES] + [(PAPER, "light", "print")]


class Faults:
    """Says each fault once, with all the states that show it."""

    def __init__(self):
        self.found = {}

    def add(self, key, text, state=None):
        _, times = self.found.setdefault(key, (text, {}))
        times[state] = times.get(state, 0) + 1

    def lines(self):
        for text, times in self.found.values():
            most = max(times.values())
            more = f", and {most - 1} more like it" if most > 1 else ""
            yield f"{text}{more}{self.where([state for state in times if state])}"

    @staticmethod
    def where(states):
        """The states in few words: a width stands for both schemes, and nothing for all states."""
        if len(states) in (0, len(STATES)):
            return ""
        schemes = {}
        for width, scheme, medium in states:
            schemes.setdefault("paper" if medium == "print" else str(width), []).append(scheme)
        words = [
            look if look == "paper" or len(seen) == len(SCHEMES) else f"{look} {seen[0]}" for look, seen in schemes.items()
        ]
        return f" [{', '.join(words)}]"


def check_names(browser, script, faults):
    """The browser's own word for the roles and names that a screen reader gets, at both ends of the widths."""
    for width in (WIDTHS[0], WIDTHS[-1]):
        look = (width, "light", "screen")
        browser.dress(*look[:2])
        for element, role, needs_name, place in browser.run(f"{script}\nreturn named();"):
            path = f"/element/{next(iter(element.values()))}"
            found = browser.call("GET", f"{path}/computedrole")
            if found not in role.split("|"):
                kind = place.split(" (under")[0]
                faults.add(("role", kind, found), f"has the role {found}, not {role}: {place}", look)
            if needs_name and not browser.call("GET", f"{path}/computedlabel").strip():
                faults.add(("name", place), f"has no accessible name: {place}", look)


def check_logs(browser, page, faults):
    """The console must be silent, and the page the only thing that was asked for."""
    for entry in browser.log("browser"):
        faults.add(("console", entry["message"]), f"the console says {entry['level']}: {entry['message']}")
    for entry in browser.log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] != "Network.requestWillBeSent":
            continue
        address = message["params"]["request"]["url"]
        if address.split("#")[0] != page.as_uri() and not address.startswith("data:"):
            faults.add(address, f"the page asks for {address}")


def check(browser, page):
    script = pathlib.Path(__file__).with_name("browser_checks.js").read_text(encoding="utf-8")
    faults = Faults()
    texts = 0
    # The browser began with a page of its own, which asked for this and that.
    browser.show("about:blank")
    for kind in ("browser", "performance"):
        browser.log(kind)
    browser.dress(WIDTHS[-1], "light")
    browser.show(page.as_uri())
    counts = browser.run(f"{script}\nreturn structure();")
    for key, text in counts["faults"]:
        faults.add(key or text, text)
    for look in STATES:
        width, scheme, medium = look
        browser.dress(width, scheme, medium=medium)
        # Anew: a telephone opens the page at its width and does not shrink it to that.
        browser.show(page.as_uri())
        state = {
            "width": width,
            "print": medium == "print",
            "smallest": SMALLEST_TEXT if width >= READABLE_FROM else 0,
        }
        seen = browser.run(f"{script}\nopenAll();\nreturn layout(arguments[0]);", state)
        texts += seen["texts"]
        for key, text in seen["faults"]:
            faults.add(key, text, look)
    check_names(browser, script, faults)
    check_logs(browser, page, faults)
    lines = list(faults.lines())
    for line in lines:
        print(f"{page.name}: {line}")
    print(
        f"{page.name}: {len(WIDTHS)} widths and paper, {len(SCHEMES)} schemes, {counts['tables']} tables, "
        f"{counts['headings']} headings, {counts['svgs']} svgs, {texts} texts: {len(lines)} faults"
    )
    return 1 if lines else 0


# --- photograph

PICTURES = {
    "": {"width": 1280, "height": 1000, "scale": 1},
    "-telefon": {"width": 390, "height": 844, "scale": 2},
}
MARGIN = 16
# The element in the page, a little air around it, and no more than the page has.
REGION = """
const element = document.querySelector(arguments[0]);
if (!element) return null;
const margin = arguments[1], box = element.getBoundingClientRect(), page = document.documentElement;
const x = Math.max(0, box.left + scrollX - margin), y = Math.max(0, box.top + scrollY - margin);
return {x, y, width: Math.min(box.right + scrollX + margin, page.scrollWidth) - x,
  height: Math.min(box.bottom + scrollY + margin, page.scrollHeight) - y, scale: 1};
"""


def picture(browser, selector):
    if not selector:
        return browser.devtools("Page.captureScreenshot", format="png")
    region = browser.run(REGION, selector, MARGIN)
    if not region or not region["width"] or not region["height"]:
        raise BrowserError(f"nothing on the page is {selector}")
    return browser.devtools("Page.captureScreenshot", format="png", clip=region, captureBeyondViewport=True)


def printed(browser):
    """The page as PDF. The same page gives the same bytes: without the time, and its parts numbered anew."""
    sheet = {"paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": True}
    answer = browser.devtools("Page.printToPDF", generateTaggedPDF=True, displayHeaderFooter=False, **sheet)
    data = re.sub(rb"(?<=Date \(D:)\d{14}", b"20000101000000", base64.b64decode(answer["data"]))
    # The browser counts on from whatever it showed before. As long as they were, for the offsets that follow.
    parts = {part: b"node%08d" % number for number, part in enumerate(sorted(set(re.findall(rb"node\d{8}", data))), 1)}
    return re.sub(rb"node\d{8}", lambda found: parts[found[0]], data)


def photograph(browser, page, folder, prefix, selector=None):
    for suffix, look in PICTURES.items():
        for scheme, ending in zip(SCHEMES, ("", "-moerk")):
            browser.dress(scheme=scheme, **look)
            browser.show(page.as_uri())
            data = base64.b64decode(picture(browser, selector)["data"])
            (folder / f"{prefix}{suffix}{ending}.png").write_bytes(data)
    if not selector:
        browser.dress(PAPER, "light")
        browser.show(page.as_uri())
        (folder / f"{prefix}.pdf").write_bytes(printed(browser))
    return 0


def main(arguments):
    match arguments:
        case ["check", page]:
            folder, rest, action = None, [], check
        case ["photograph", page, folder, _] | ["photograph", page, folder, _, _]:
            rest, action = [pathlib.Path(folder), *arguments[3:]], photograph
        case _:
            print(__doc__.strip(), file=sys.stderr)
            return 64
    page = pathlib.Path(page).resolve()
    if not page.is_file() or (folder and not pathlib.Path(folder).is_dir()):
        print(f"browser.py: {page if not page.is_file() else folder} is not there", file=sys.stderr)
        return 66
    # Leave through __exit__ when asked to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with Browser() as browser:
            return action(browser, page, *rest)
    except BrowserError as error:
        print(f"browser.py: {error}", file=sys.stderr)
        return 69


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
