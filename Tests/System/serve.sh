#!/bin/bash
# Runs the service on the real clock: mail comes when the register changes, one process holds the folder, a bad rule does not
# end it, SIGTERM does, systemd hears of it, and it costs next to nothing while nothing happens.
set -euo pipefail
. "$(dirname "$0")/common.sh"

need python3 python3

# A step that falls today, by the program's own time zone.
RECEIVED=$(TZ=Europe/Copenhagen date -d '7 days ago' +%F)
LENGTH='7 dage'

# serve FOLDER: PROCESS is the service.
serve() {
  "$FRISTVAGT" serve --config "$1/fristvagt.conf" >>"$1/said" 2>>"$1/errors" &
  PROCESS=$!
  PROCESSES+=("$PROCESS")
}

# delivered FOLDER COUNT: true when so many mails lie in the maildir.
delivered() {
  local mails=("$1"/udbakke/new/*)
  [ -e "${mails[0]}" ] && [ "${#mails[@]}" -ge "$2" ]
}

# processor_time PROCESS: user and system time so far, in milliseconds. The name of the program may hold spaces.
processor_time() {
  sed 's/.*) //' "/proc/$1/stat" | awk -v hertz="$(getconf CLK_TCK)" '{ print ($12 + $13) * 1000 / hertz }'
}

# stop PROCESS SECONDS: asks it to leave; CODE is its exit code.
stop() {
  local begun=$EPOCHREALTIME
  kill -TERM "$1"
  wait_until "$2" has_left "$1" || fail "the service did not leave within $2 seconds"
  CODE=0
  wait "$1" || CODE=$?
  TOOK=$(awk -v a="$begun" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')
}

has_left() { ! kill -0 "$1" 2>/dev/null || grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; }

# True when each reload so far ended with READY=1, beside the one at the start.
reloaded_twice() {
  [ "$(grep -c '^RELOADING=1' "$WORK/heard")" = 2 ] && [ "$(grep -c '^READY=1' "$WORK/heard")" = 3 ]
}

# --- beside everything else: what a service costs that has nothing to do

IDLE=$WORK/idle
make_world "$IDLE" 3 "maildir = udbakke"
serve "$IDLE"
idle=$PROCESS
wait_until 20 delivered "$IDLE" 3 || fail "the service sent nothing" "$IDLE/said" "$IDLE/errors"
sleep 3
idle_before=$(processor_time $idle) idle_since=$EPOCHREALTIME

# --- systemd, and the first mails

WORLD=$WORK/world
make_world "$WORLD" 2 "maildir = udbakke"
python3 "$SYSTEM_TESTS/notify_sink.py" "$WORK/notify" "$WORK/heard" &
PROCESSES+=($!)
wait_until 10 test -S "$WORK/notify" || fail "the socket that stands in for systemd did not come"
export NOTIFY_SOCKET=$WORK/notify
serve "$WORLD"
unset NOTIFY_SOCKET
service=$PROCESS
wait_until 20 delivered "$WORLD" 2 || fail "the service sent nothing" "$WORLD/said" "$WORLD/errors"
wait_until 10 grep -q '^WATCHDOG=1' "$WORK/heard" || fail "no WATCHDOG=1 after the first cycle" "$WORK/heard"
[ "$(head -n 1 "$WORK/heard")" = READY=1 ] || fail "the first word to systemd is not READY=1" "$WORK/heard"
figure "2 mails at the start; READY=1 first, WATCHDOG=1 after the cycle"

# --- one process holds the folder

for command in serve tick; do
  CODE=0
  timeout 20 "$FRISTVAGT" $command --config "$WORLD/fristvagt.conf" >/dev/null 2>"$WORK/second" || CODE=$?
  [ "$CODE" = 75 ] || fail "a $command beside the service ended with $CODE" "$WORK/second"
  grep -q "serve, process $service\b" "$WORK/second" || fail "a $command does not name the holder $service" "$WORK/second"
done
CODE=0
"$FRISTVAGT" status --config "$WORLD/fristvagt.conf" >"$WORK/status" || CODE=$?
[ "$CODE" = 0 ] || fail "status ended with $CODE beside a service that is well" "$WORK/status"
grep -q "tjenesten kører (proces $service)" "$WORK/status" || fail "status does not name the service" "$WORK/status"
figure "a second serve and a tick left with 75 and named process $service; status named it with 0"

# --- a bad rule is told and not taken over

cp "$WORLD/svar.frist" "$WORK/good.frist"
echo "længde = i morgen" >"$WORLD/svar.frist"
kill -HUP $service
wait_until 10 grep -q "the configuration was not taken over" "$WORLD/errors" \
  || fail "a bad rule is not told" "$WORLD/errors"
grep -q "svar.frist:1" "$WORLD/errors" || fail "the place of the bad rule is not told" "$WORLD/errors"
kill -0 $service || fail "a bad rule ended the service" "$WORLD/errors"
grep -q '^RELOADING=1' "$WORK/heard" || fail "no RELOADING=1" "$WORK/heard"
cp "$WORK/good.frist" "$WORLD/svar.frist.new"
mv "$WORLD/svar.frist.new" "$WORLD/svar.frist"
kill -HUP $service
wait_until 10 reloaded_twice || fail "not READY=1 after each RELOADING=1" "$WORK/heard"
figure "a bad rule with SIGHUP: told with its line, the service went on; RELOADING=1 and READY=1 each time"

# --- a new case in the register

{ cat "$WORLD/register.csv"; row 3; } >"$WORLD/register.new"
mv "$WORLD/register.new" "$WORLD/register.csv"
begun=$SECONDS
wait_until 70 delivered "$WORLD" 3 || fail "no mail of the new case in 70 seconds" "$WORLD/said" "$WORLD/errors"
figure "a new case brought its mail after $((SECONDS - begun)) s"
[ "$(grep -c '' < <(ls "$WORLD/udbakke/new"))" = 3 ] || fail "more than one mail for each case"

# --- SIGTERM

stop $service 10
[ "$CODE" = 0 ] || fail "SIGTERM ended the service with $CODE" "$WORLD/errors"
wait_until 5 grep -q '^STOPPING=1' "$WORK/heard" || fail "no STOPPING=1" "$WORK/heard"
[ "$(grep . "$WORK/heard" | tail -n 1)" = STOPPING=1 ] || fail "STOPPING=1 is not the last word" "$WORK/heard"
figure "SIGTERM: exit code 0 after $TOOK s, STOPPING=1 last"

# In the middle of its mails: the one in hand is finished, the others come with the next pass.
BUSY=$WORK/busy
make_world "$BUSY" 10
touch "$BUSY/slow"
serve "$BUSY"
wait_until 20 test ! -e "$BUSY/slow" || fail "the service sent nothing" "$BUSY/errors"
stop "$PROCESS" 10
[ "$CODE" = 0 ] || fail "SIGTERM in the middle ended the service with $CODE" "$BUSY/errors"
mails=$(accepted "$BUSY")
[ "$mails" = 1 ] || fail "$mails mails after SIGTERM in the middle of the first"
CODE=0
"$FRISTVAGT" tick --config "$BUSY/fristvagt.conf" >>"$BUSY/said" 2>>"$BUSY/errors" || CODE=$?
[ "$CODE" = 0 ] || fail "the tick after SIGTERM ended with $CODE" "$BUSY/errors"
check_arrived "$BUSY" 10 0
figure "SIGTERM in the middle of a mail: exit code 0 after $TOOK s, that mail finished, the other 9 with the next pass, once"

# --- the idle service again

left=$(awk -v a="$idle_since" -v b="$EPOCHREALTIME" 'BEGIN { print (b - a < 60) ? 60 - (b - a) : 0 }')
sleep "$left"
spent=$(awk -v before="$idle_before" -v after="$(processor_time $idle)" 'BEGIN { print after - before }')
seconds=$(awk -v a="$idle_since" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.0f", b - a }')
awk -v spent="$spent" -v seconds="$seconds" 'BEGIN { exit !(spent < seconds) }' \
  || fail "an idle service used $spent ms in $seconds s, which is 0.1 % or more"
figure "an idle service used $spent ms of processor time in $seconds s, counted in steps of 10 ms"
