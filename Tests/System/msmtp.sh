#!/bin/bash
# Hands the mails of a tick to msmtp, which hands them to a mail server over SMTP: refusals and a server that is down cost
# nobody a mail, and nobody gets one twice.
set -euo pipefail
. "$(dirname "$0")/common.sh"

need python3 python3
need msmtp msmtp
CASES=30
BASIS=$TRYING_TEXT

start_sink() {
  rm -f "$WORLD/port"
  python3 "$SYSTEM_TESTS/smtp_sink.py" "${PORT:-0}" "$WORLD" 2>>"$WORLD/sink-errors" &
  SINK=$!
  PROCESSES+=("$SINK")
  wait_until 10 test -e "$WORLD/port" || fail "the mail server did not start" "$WORLD/sink-errors"
  PORT=$(cat "$WORLD/port")
}

stop_sink() {
  [ ! -s "$WORLD/sink-errors" ] || fail "the mail server did not like a message" "$WORLD/sink-errors"
  kill "$SINK"
  wait "$SINK" 2>/dev/null || true
}

# new_world NAME: after the first tick, with a sendmail that is msmtp. fristvagt gives its child no HOME, so the file with
# the server is named; and it passes arguments of its own, so a wrapper names it.
new_world() {
  WORLD=$WORK/$1
  make_world "$WORLD" $CASES
  start_sink
  cat >"$WORLD/msmtprc" <<END
account default
host 127.0.0.1
port $PORT
auth off
tls off
timeout 10
END
  printf '#!/bin/sh\nexec msmtp -C %s "$@"\n' "$WORLD/msmtprc" >"$WORLD/sendmail"
  tick_well "$WORLD" $BEFORE
}

same_tick "$WORK/same" $CASES

# --- all well

new_world well
tick_well "$WORLD" $ON_THE_DAY
check_arrived "$WORLD" $CASES 0
check_bytes "$WORLD" "$WORK/same"
check_quiet "$WORLD" ${DUE_DAY}T10:00:00
stop_sink
figure "$CASES mails came once through msmtp, envelope and bytes as written"

# --- some recipients are refused

# msmtp exits with 69 for a 4xx, which is tried again within the hour, and with 65 for a 5xx: then the adviser hears of it
# at once, and it is tried again after four hours.
new_world refused
printf '%s\n' "sb3@k.example 450" "sb7@k.example 550" "sb30@k.example 451" >"$WORLD/refusals"
tick "$WORLD" $ON_THE_DAY
[ "$CODE" = 75 ] || fail "refused recipients, and the exit code is $CODE" "$WORLD/errors"
for recipient in sb3 sb7 sb30; do
  grep -q "^$recipient@k.example: .*attempt 1: " "$WORLD/errors" \
    || fail "the refusal of $recipient is not named" "$WORLD/errors"
done
# All but three, and the word to the adviser.
now=$((CASES - 3 + 1))
[ "$(accepted "$WORLD")" = $now ] || fail "$(accepted "$WORLD") mails came, not $now" "$WORLD/errors"
told=$(grep -l "^To: raad@k.example" "$WORLD"/post/*.mail) || fail "the adviser was not told of sb7"
grep -q "sb7@k.example" "$told" || fail "the mail to the adviser does not name sb7" "$told"
# Still refused a quarter of an hour later: nothing changes.
tick "$WORLD" ${DUE_DAY}T09:15:00
[ "$CODE" = 75 ] || fail "recipients that are refused again, and the exit code is $CODE" "$WORLD/errors"
[ "$(accepted "$WORLD")" = $now ] || fail "a tick without news sent mail" "$WORLD/said"
rm "$WORLD/refusals"
tick_well "$WORLD" ${DUE_DAY}T11:00:00
[ "$(accepted "$WORLD")" = $((now + 2)) ] || fail "sb3 and sb30 are welcome, and their mails did not come" "$WORLD/errors"
tick_well "$WORLD" ${DUE_DAY}T14:00:00
check_arrived "$WORLD" $CASES 0
check_bytes "$WORLD" "$WORK/same"
check_quiet "$WORLD" ${DUE_DAY}T23:00:00
stop_sink
figure "450, 451, 550 at RCPT: the other $((CASES - 3)) came at once, these 3 once when welcome; the adviser heard of 550"

# --- the bounce address is refused for good, as by a server whose rules are mistaken for a while: that blames nobody who
# gets a mail, and the adviser cannot be told either

new_world sender
echo "$BOUNCE 550" >"$WORLD/refusals"
tick "$WORLD" $ON_THE_DAY
[ "$CODE" = 75 ] || fail "a refused sender, and the exit code is $CODE" "$WORLD/errors"
[ "$(accepted "$WORLD")" = 0 ] || fail "the mail server took mails of a sender that it refuses"
rm "$WORLD/refusals"
tick_well "$WORLD" ${DUE_DAY}T14:00:00
check_arrived "$WORLD" $CASES 0
check_bytes "$WORLD" "$WORK/same"
check_quiet "$WORLD" ${DUE_DAY}T23:00:00
stop_sink
figure "550 at MAIL for a while: all $CASES mails came once when it was over"

# --- the server is down

new_world down
stop_sink
tick "$WORLD" $ON_THE_DAY
[ "$CODE" = 75 ] || fail "the mail server is down, and the exit code is $CODE" "$WORLD/errors"
start_sink
tick_well "$WORLD" ${DUE_DAY}T10:00:00
check_arrived "$WORLD" $CASES 0
check_bytes "$WORLD" "$WORK/same"
check_quiet "$WORLD" ${DUE_DAY}T15:00:00
stop_sink
figure "a mail server that was down: exit code 75, then all $CASES mails once"
