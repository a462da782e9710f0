#!/bin/bash
# Reads the fristrapport and the opgørelse in a real browser: on telephones and screens, light and dark, and printed; those
# of examples, and of a register that is as unkind to a page as a register may be.
set -euo pipefail
. "$(dirname "$0")/common.sh"

need chromium chromium
need chromedriver chromium-driver
need python3 python3
export PYTHONDONTWRITEBYTECODE=1
EXAMPLES=$SYSTEM_TESTS/../../examples

browser() { python3 "$SYSTEM_TESTS/browser.py" "$@"; }

# look PAGE: CODE is what the check ended with, and PAGE.said what it said.
look() {
  CODE=0
  browser check "$1" >"$1.said" 2>"$1.errors" || CODE=$?
  [ "$CODE" -le 1 ] || fail "the browser ended with $CODE" "$1.errors"
}

# --- the check itself: it lets a good page pass, and finds what is wrong with a bad one

cat >"$WORK/good.html" <<'END'
<!DOCTYPE html>
<html lang="da"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>God</title>
<style>
body { margin: 1rem; font: 1rem/1.5 sans-serif; }
.tucked { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.shade { color: #fff; background: linear-gradient(90deg, #003a70, #700); print-color-adjust: exact; }
svg { width: 100%; max-width: 40rem; } text { font-size: 14px; fill: currentColor; }
</style></head><body><h1>God</h1><section><h2 id="cases">Sager</h2>
<table aria-labelledby="cases"><thead><tr><th scope="col">sag</th><th scope="col">dage</th></tr></thead>
<tbody><tr><th scope="row">A</th><td>1</td></tr></tbody></table>
<p class="tucked">En lang tekst, bredere end enhver telefon, som kun den hører, der får siden læst op</p>
<p class="shade">hvid på en overgang</p><details><summary>mere</summary><p>foldet</p></details>
<a href="https://k.example/">ud</a></section><section><h2>Tegning</h2>
<svg role="img" viewBox="0 0 320 120" aria-labelledby="bars"><title id="bars">Søjler</title>
<rect width="200" height="30" fill="#003a70"/><text x="10" y="20" style="fill: #fff">hvid på blå</text>
<text transform="translate(40 110) rotate(-45)">marts måned</text>
<text transform="translate(75 110) rotate(-45)">april måned</text>
<text x="200" y="60">to<tspan x="200" dy="16">linjer</tspan></text>
</svg></section></body></html>
END
look "$WORK/good.html"
[ "$CODE" = 0 ] || fail "the check finds a fault in a good page" "$WORK/good.html.said"

cat >"$WORK/bad.html" <<'END'
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, maximum-scale=1"><style>
@import "else.css";
body { font: 1rem/1.5 sans-serif; color: #000; background: #fff; }
.pale { color: #999; } .mark::before { content: "mærke: "; color: #aaa; } .small { font-size: 9px; }
.wide { width: 2000px; } .narrow { width: 3rem; } .cut { width: 4rem; overflow: hidden; white-space: nowrap; }
.image { background: url(data:image/gif;base64,R0lGODlhAQABAAAAACw=) }
@media (prefers-color-scheme: dark) { .dark { color: #222; background: #000; } }
@media print { .printed { color: #ccc; } }
svg { width: 200px; }
</style></head><body><h1>En</h1><h1>To</h1><h3>Tre</h3><section><p id="a">uden overskrift</p><p id="a">a igen</p></section>
<p class="pale">bleg</p><p class="mark">mærket</p><p class="small">lille</p><p class="wide">bred</p>
<p class="narrow">Speciallægepraksis</p><p class="cut">skåret over</p><p class="image">billede</p><p class="dark">mørk</p>
<p class="printed">trykt</p><p aria-labelledby="nowhere">henvist</p><a href="#gone">væk</a><a href="else.html"></a>
<img src="else.png" alt="billede"><script>console.info("hej")</script><p onclick="x()">klik</p>
<table><thead><tr><th scope="col">a</th><th scope="col"></th><td>c</td></tr></thead>
<tbody><tr><td>1</td><td>2</td></tr></tbody></table><table><tr><td>x</td></tr></table>
<svg viewBox="0 0 400 100"><rect width="100" height="40" fill="#888"/><text x="5" y="20" fill="#999">på grå</text>
<text x="350" y="80" font-size="30">langt ude</text><text x="100" y="80" font-size="30">oven</text>
<text x="110" y="85" font-size="30">i</text><text x="10" y="95" font-size="12">formindsket</text></svg></body></html>
END
look "$WORK/bad.html"
planted=0
while IFS= read -r line; do
  grep -qE "^bad.html: $line" "$WORK/bad.html.said" || complain "the check does not find: $line"
  planted=$((planted + 1))
done <<'END'
html has no lang=da
the page has no <!DOCTYPE html>
the page has no title
meta viewport forbids
the page has 2 h1
h3 »Tre« follows h1
a section has no heading: section »uden
img fetches src=else.png
p has a handler onclick
a script element
style fetches @import
the id »a« is used more than once
aria-labelledby of p refers to »nowhere«
href of a refers to »gone«
a table has no thead
a table has an empty header cell
a table's header cell »c« is no th scope=col
a row has 2 cells under 3 headers
a row does not begin with th scope=row
has no accessible name: table
has no accessible name: svg
has no accessible name: a
svg has neither role=img nor aria-hidden=true
the page is 2008 px wide and scrolls sideways
reaches from 8 to 2008 px of 320: p.wide
text is cut off, .* p.cut
text goes .* beyond its own box: p.narrow
contrast is 2.85, not 4.5: #999999 on #ffffff, p.pale
contrast is 2.32, not 4.5: #aaaaaa on #ffffff, p.mark::before
contrast is .* p.dark .*\[320 dark, 360 dark, 412 dark, 768 dark, 1280 dark\]
contrast is .* p.printed .*\[paper\]
contrast is 1.24, not 4.5: #999999 on #888888, svg > text »på grå«
lies on an image, .* p.image
text is 9.0 px: p.small
text is 8.0 px: svg > text
text leaves its drawing by .* »langt ude«
texts of a drawing overlap: »oven« and »i«
the console says INFO: .*hej
the page asks for .*/else.css
the page asks for .*/else.png
END
[ "$COMPLAINTS" = 0 ] || fail "the check cannot be relied on" "$WORK/bad.html.said"
figure "the check itself: no fault in a good page, all $planted kinds in a bad one"

# --- reports

# The departments, of which the first gets two cases of five: more than its table shows.
NAMES=(
  "Speciallægepraksisplanlægningsstabiliseringsperiodeafdelingen"
  "<script>alert(1)</script> & \"Børn\" 'Unge'"
  "Arbejdsmarkedsuddannelseskoordineringssekretariatet og Kommuneplanlægningsudvalgssekretærkontoret"
  "&amp; </table> <!-- -->"
)
EXCEEDED=200

# cell TEXT: as a cell of the register.
cell() { printf '"%s"' "${1//\"/\"\"}"; }

# case_of NUMBER RECEIVED ANSWERED
case_of() {
  local number
  printf -v number '%s%04d' "$HARD_NUMBER" "$1"
  echo "$(cell "$number");$(cell "${NAMES[$1 % 5 % 4]}");$CASEWORKER;$2;$3"
}
# With four digits behind it 64 letters, and no place to break them.
HARD_NUMBER=$(printf 'A<&>"%.0s' {1..12})
CASEWORKER=$(printf 'sagsbehandler%.0s' {1..4})@k.example

# make_hard FOLDER: every deadline of its register is exceeded but for some that are due soon, kept, or without sense.
make_hard() {
  local folder=$1 name number
  make_world "$folder" 0
  sed -i "s#^kommune = .*#kommune = Prøve <i>\& \"By\" 'Nord'#" "$folder/fristvagt.conf"
  sed -i "s#^navn = .*#navn = Svar <b>på</b> \& \"ansøgning\" 'mv.' i Stabiliseringsperioden#" "$folder/svar.frist"
  for name in "${NAMES[@]}"; do
    printf '\n[afdeling %s]\n%s\n' "$name" "forvaltning = Økonomi & <b>Beskæftigelsesindsatskoordinering</b>"
    printf 'leder = leder@k.example\npostkasse = job@k.example\n'
  done >>"$folder/fristvagt.conf"
  {
    for ((number = 1; number <= EXCEEDED; number++)); do case_of "$number" 2024-03-04 ""; done
    for ((; number <= EXCEEDED + 12; number++)); do case_of "$number" "2024-05-2$((3 + number % 7))" ""; done
    for ((; number <= EXCEEDED + 20; number++)); do case_of "$number" 2024-03-04 2024-03-05; done
    for ((; number <= EXCEEDED + 28; number++)); do case_of "$number" 2024-03-04 2024-02-28; done
  } >>"$folder/register.csv"
}

# report NAME CONFIGURATION [OPTION…]: writes the report, and lets the browser read it.
report() {
  local name=$1 configuration=$2
  shift 2
  "$FRISTVAGT" report --config "$configuration" --out "$WORK/$name" "$@" >"$WORK/said" 2>"$WORK/errors" \
    || fail "the report of $name cannot be written" "$WORK/errors"
  page "$name" "$WORK/$name/fristrapport.html"
}

# statistics NAME CONFIGURATION FROM TO [OPTION…]: writes the figures of a period, and lets the browser read them.
statistics() {
  local name=$1 configuration=$2 from=$3 to=$4
  shift 4
  "$FRISTVAGT" stats --config "$configuration" --from "$from" --to "$to" --format html "$@" \
    >"$WORK/$name-stats.html" 2>"$WORK/errors" || fail "the figures of $name cannot be written" "$WORK/errors"
  grep -q '<tr role="row"><th scope="row"' "$WORK/$name-stats.html" || fail "the figures of $name have no row"
  page "$name, opgørelse" "$WORK/$name-stats.html"
}

# page NAME FILE: what the browser says of it.
page() {
  look "$2"
  figure "$1: $(tail -n 1 "$2.said" | sed 's/^[^:]*: //')"
  [ "$CODE" = 0 ] || complain "the page of $1 has faults:
$(sed '$d;s/^[^:]*: /  /' "$2.said")"
}

read_pages=0
for configuration in "$EXAMPLES"/*/fristvagt.conf; do
  report "$(basename "$(dirname "$configuration")")" "$configuration"
  read_pages=$((read_pages + 1))
done
[ "$read_pages" -ge 5 ] || fail "only $read_pages examples were found"

statistics gentofte "$EXAMPLES/gentofte/fristvagt.conf" 2023-01-01 2023-11-30
make_hard "$WORK/world"
report hard "$WORK/world/fristvagt.conf" --now 2024-06-03T09:00:00
grep -qE "^ *$EXCEEDED overskredet" "$WORK/said" || fail "the hard register has not $EXCEEDED exceeded cases" "$WORK/said"
statistics hard "$WORK/world/fristvagt.conf" 2024-01-01 2024-05-31 --now 2024-06-03T09:00:00

# --- on paper, and in pictures

# pages_of PDF: how many sheets it has, as this browser writes them.
pages_of() { grep -ac '^<</Type /Page$' "$1" || true; }

mkdir "$WORK/pictures"
browser photograph "$WORK/hard/fristrapport.html" "$WORK/pictures" hard || fail "no pictures can be taken"
browser photograph "$WORK/hard/fristrapport.html" "$WORK/pictures" part table || fail "no picture of a table can be taken"
for name in {hard,part}{,-moerk,-telefon,-telefon-moerk}; do
  file=$WORK/pictures/$name.png
  [ "$(head -c 8 "$file" | od -An -tx1 | tr -d ' ')" = 89504e470d0a1a0a ] || complain "$name.png is no picture"
  [ "$(stat -c %s "$file")" -gt 2000 ] || complain "$name.png is empty"
done
for name in hard part; do
  ! cmp -s "$WORK/pictures/$name.png" "$WORK/pictures/$name-moerk.png" || complain "the dark picture $name is not dark"
done

pdf=$WORK/pictures/hard.pdf
[ "$(head -c 5 "$pdf")" = %PDF- ] || complain "the printed page is no PDF"
# A row for every case does not fit one sheet, nor two.
[ "$(pages_of "$pdf")" -ge 3 ] || complain "the printed page has $(pages_of "$pdf") sheets"
figure "printed: $(pages_of "$pdf") sheets, $(($(stat -c %s "$pdf") / 1024)) kB; pictures of the page and of a table"
