#!/bin/bash
# Plants names, birthdays, CPR numbers and whatever breaks a mail in a register, lets some mornings pass and reads all
# that came out: no message and no report may hold any of it, and nobody may hear of another department's case.
#
# The second register is another one each time; FRISTVAGT_SEED brings one back.
set -euo pipefail
. "$(dirname "$0")/common.sh"

need python3 python3
SEEDS=(1 "${FRISTVAGT_SEED:-$RANDOM}")
CASES=${FRISTVAGT_CASES:-10000}
# The first is the register's FIRST_DAY and sums up what lay in the past; after the weekend the weekly digests come.
MORNINGS=(2026-09-07 2026-09-08 2026-09-09 2026-09-10 2026-09-11 2026-09-14)

# facts FILE OPTION…: what is wrong, to FILE; CODE is 1 where anything is.
facts() {
  local file=$1
  shift
  CODE=0
  python3 "$SYSTEM_TESTS/mail_facts.py" "$@" >"$file" 2>"$WORK/sum" || CODE=$?
  [ "$CODE" -le 1 ] || fail "mail_facts.py ended with $CODE" "$WORK/sum"
}

# clean WHAT OPTION…: complains of what facts finds, and shows the first of it.
clean() {
  local what=$1
  shift
  facts "$WORK/faults" "$@"
  [ "$CODE" = 0 ] && return
  complain "$what: $(wc -l <"$WORK/faults") faults"
  head -n 8 "$WORK/faults" >&2
}

# --- what the reader of the mails is worth: it must name every fault of a message that has them all

# bad_message WORD CASE: WORD is forbidden, CASE is the adviser's alone.
bad_message() {
  cat <<END
From: Fristvagt <fristvagt@plantoe.example>
To: fremmed@evil.example
Bcc: anden@evil.example
Subject: =?UTF-8?Q?Om_010190=E2=80=931234?=
Message-ID: <en@plantoe.example>
Date: Mon, 07 Sep 2026 08:00:00 +0200
MIME-Version: 1.0
X-Long: $(printf 'x%.0s' {1..80})
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

<p>$2 &#$(printf %d "'${1:0:1}");${1:1} $(printf '6\u200b%.0s' 1 1)0190 1234 $(printf '\u202e')</p><script>
--b
Content-Type: text/calendar; charset=utf-8

BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:$(printf 'x%.0s' {1..80})
END:VEVENT
--b--
END
}

check_the_checker() {
  local folder=$1 fault word only
  mkdir -p "$WORK/bad/new" "$WORK/bad/cur"
  word=$(grep -m 1 '^[A-Z]' "$folder/forbidden.txt")
  only=$(sed -n '/;raad@[^ ]*$/{s///p;q}' "$folder/readers.csv")
  bad_message "$word" "$only" >"$WORK/bad/new/one"
  # The same Message-ID on something else.
  { cat "$WORK/bad/new/one"; printf 'mere\r\n'; } >"$WORK/bad/new/two"
  facts "$WORK/found" --forbidden "$folder/forbidden.txt" --recipients "$folder/recipients.txt" \
    --readers "$folder/readers.csv" --maildir "$WORK/bad"
  while read -r fault; do
    grep -q -- "$fault" "$WORK/found" || fail "mail_facts.py does not see: $fault" "$WORK/found"
  done <<END
one: a header Bcc
one: 0 times Auto-Submitted
one: a mail to fremmed@evil.example
one: a header line that is too long
one: a byte that is not ASCII
one: no text/plain part
one: fremmed@evil.example is told of $only
one subject: looks like a CPR number
one text/html: looks like a CPR number
one text/html: forbidden: .*$word
one text/html: unseen characters
one text/html: a tag <script>
one text/calendar: a line end that is not CRLF
one text/calendar: a line of 88 octets
one text/calendar: a VEVENT without .*'UID'
two: CR or NUL
two: <en@plantoe.example> stands on two messages
END
}

# --- the mornings

# morning FOLDER DAY: one tick, and what it left in the folder of reports and said.
morning() {
  local folder=$1 day=$2
  tick "$folder" "${day}T08:00:00"
  # The planted rows are named one by one.
  [ "$CODE" = 65 ] || fail "the tick of $day ended with $CODE" "$folder/errors"
  clean "reports of $day" --forbidden "$folder/forbidden.txt" "$folder"/out/*.* "$folder"/out/overdue/*
}

# came FOLDER: everything that was sent lies there, and each kind of mail is among it.
came() {
  local folder=$1 subject sent
  sent=$(awk '/^Sendt / { gsub(/[.]/, "", $2); sum += $2 } END { print sum + 0 }' "$folder/said")
  MESSAGES=$(find "$folder/udbakke/new" -type f | wc -l)
  [ "$MESSAGES" = "$sent" ] || complain "$sent mails were sent, and $MESSAGES lie there"
  [ "$MESSAGES" -ge 300 ] || [ "$CASES" -lt 10000 ] || complain "only $MESSAGES mails"
  for subject in "Åbningsoversigt · Frister i kommunen" "Åbningsoversigt · Frister i Social · Ældre" \
    "Fristrapport:" "Frister i Social · Ældre:" "Frister i Teknik · Teknik, Vej & Miljø:" "[0-9.]* frister: " \
    "1 frist "; do
    grep -q "^$subject" "$WORK/subjects" || complain "no mail has the subject $subject"
  done
}

for seed in "${SEEDS[@]}"; do
  begun=$SECONDS
  folder=$WORK/seed-$seed
  python3 "$SYSTEM_TESTS/planted_register.py" "$seed" "$CASES" "$folder"
  [ "$seed" != "${SEEDS[0]}" ] || check_the_checker "$folder"
  for day in "${MORNINGS[@]}"; do morning "$folder" "$day"; done
  clean "mails of seed $seed" --forbidden "$folder/forbidden.txt" --recipients "$folder/recipients.txt" \
    --readers "$folder/readers.csv" --subjects "$WORK/subjects" --maildir "$folder/udbakke"
  named=$(sed 's/.*; //' "$WORK/sum")
  came "$folder"
  clean "standard output of seed $seed" --forbidden "$folder/forbidden.txt" "$folder/said"
  # Whoever keeps the register is shown the beginning of a bad cell, so names may stand here.
  clean "standard error of seed $seed" "$folder/errors"
  forbidden=$(wc -l <"$folder/forbidden.txt")
  figure "seed $seed: $MESSAGES messages of $CASES cases; $named; $forbidden forbidden strings; $((SECONDS - begun)) s"
  rm -rf "$folder"
done
