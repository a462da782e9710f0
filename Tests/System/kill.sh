#!/bin/bash
# Kills a tick at many places and shows that nothing is lost, and nothing comes twice unless the report says that it may have.
#
# The kill comes in place of one system call, chosen by its name and number: a sample over all calls with which a tick
# touches the disk or the mail system.
set -euo pipefail
. "$(dirname "$0")/common.sh"

need strace strace
CASES=30

# The folder is prepared once: a first tick that had nothing to tell, so that the next one tells each case by itself.
make_world "$WORK/prepared" $CASES
tick_well "$WORK/prepared" $BEFORE

# new_world NAME: a fresh copy.
new_world() {
  WORLD=$WORK/$1
  cp -r "$WORK/prepared" "$WORLD"
}

# recover: three ticks on; what an orphan still reads at the first of them is dealt with by the second.
recover() {
  tick "$WORLD" ${DUE_DAY}T09:01:00
  wait_for_orphans "$WORLD"
  tick "$WORLD" ${DUE_DAY}T10:01:00
  case $CODE in 0 | 75) ;; *) fail "the tick after the kill at $1 ended with $CODE" "$WORLD/errors" ;; esac
  check_arrived "$WORLD" $CASES 1
  check_quiet "$WORLD" ${DUE_DAY}T15:00:00
}

new_world traced
trace_tick "$WORLD" "$WORK/trace"
check_arrived "$WORLD" $CASES 0
rm -rf "$WORLD"

# --- one kill, then undisturbed

kills=0 doubled=0 listed=0
while read -r call count; do
  read -r first last < <(calls_of "$WORK/trace" "$call")
  for number in $(spread "$first" "$last" "$count"); do
    new_world "$call-$number"
    injected "$WORLD" "$call:signal=KILL:when=$number"
    # How often it waits differs from one run to the next.
    if [ "$CODE" = 0 ] && [ "$call" = wait4 ]; then continue; fi
    [ "$CODE" = 137 ] || fail "the kill at $call $number did not hit: $CODE" "$WORLD/errors"
    recover "$call $number"
    kills=$((kills + 1)) doubled=$((doubled + DOUBLED))
    ! grep -q "kan være kommet to gange" "$WORLD/said" || listed=$((listed + 1))
    rm -rf "$WORLD"
  done
done <<END
write 14
fsync 14
openat 10
close 6
clone3 5
vfork 5
clone 5
pipe2 3
flock 4
wait4 8
unlink 4
rename 5
renameat2 5
ftruncate 2
pwrite64 1
mkdir 2
getdents64 2
exit_group 1
END
[ $kills -ge 50 ] || fail "only $kills kills; does strace know the calls of this program?"
figure "$kills kills in a tick of $CASES mails: 0 lost, $doubled came twice, $listed listed as perhaps twice"

# --- a mail system that still works when the program is gone

new_world orphan
touch "$WORLD/slow"
injected "$WORLD" wait4:signal=KILL:when=1
wait_until 10 test ! -e "$WORLD/slow" || fail "sendmail was not called"
tick "$WORLD" ${DUE_DAY}T09:01:00
# Its own mail is on its way: handed over once more now it would come twice for sure.
[ "$(accepted "$WORLD")" = $((CASES - 1)) ] || fail "$(accepted "$WORLD") mails beside one that is still read" "$WORLD/said"
recover "wait4 with an orphan"
[ "$DOUBLED" = 1 ] || fail "the orphan's mail did not come" "$WORLD/said"
figure "an orphan's mail was left alone while it was read, and listed afterwards"

# --- killed in the second attempt as well: nobody can know, so it is not sent a third time

twice=0
for number in 1 2 3; do
  new_world "twice-$number"
  injected "$WORLD" "wait4:signal=KILL:when=$((number * 9))"
  wait_for_orphans "$WORLD"
  # The mail without an answer is the first that is handed over.
  injected "$WORLD" "wait4:signal=KILL:when=1" ${DUE_DAY}T09:01:00
  [ "$CODE" = 137 ] || fail "the second kill did not hit: $CODE" "$WORLD/errors"
  wait_for_orphans "$WORLD"
  tick "$WORLD" ${DUE_DAY}T10:01:00
  [ "$CODE" = 75 ] || fail "a mail of which nobody knows, and the exit code is $CODE" "$WORLD/errors"
  grep -q "perhaps sent: the program stopped twice" "$WORLD/errors" \
    || fail "the mail of which nobody knows is not named" "$WORLD/errors"
  check_arrived "$WORLD" $CASES 1
  check_quiet "$WORLD" ${DUE_DAY}T15:00:00
  twice=$((twice + 1))
  rm -rf "$WORLD"
done
figure "$twice mails killed twice: each named as uncertain, none sent a third time"

# --- a journal that lost records: nothing is sent until somebody accepts it, and a kill in that tick sends nothing again

new_world cut
tick_well "$WORLD" $ON_THE_DAY
check_arrived "$WORLD" $CASES 0
awk '{ print } / sent / && ++sent == 8 { exit }' "$WORLD/state/journal" >"$WORLD/cut"
cp "$WORLD/cut" "$WORLD/state/journal"
tick "$WORLD" ${DUE_DAY}T09:10:00
[ "$CODE" = 72 ] || fail "a journal that lost records, and the exit code is $CODE" "$WORLD/errors"
grep -q "state/journal: the journal ends with record [0-9]*, and the ledger was written behind record" "$WORLD/errors" \
  || fail "the loss is not named" "$WORLD/errors"
cmp -s "$WORLD/cut" "$WORLD/state/journal" || fail "the journal that lost records was touched"
mv "$WORLD" "$WORK/lost"
accepts=0
for place in openat:when=12 openat:when=20 write:when=3 write:when=8 fsync:when=1 fsync:when=3 fsync:when=6 \
  rename:when=1 rename:when=2 renameat2:when=1 exit_group:when=1; do
  WORLD=$WORK/accepted
  cp -r "$WORK/lost" "$WORLD"
  injected "$WORLD" "${place%%:*}:signal=KILL:${place#*:}" ${DUE_DAY}T09:15:00 --accept-journal
  [ "$CODE" != 137 ] || accepts=$((accepts + 1))
  tick "$WORLD" ${DUE_DAY}T09:20:00
  [ "$CODE" != 72 ] || tick "$WORLD" ${DUE_DAY}T09:21:00 --accept-journal
  tick_well "$WORLD" ${DUE_DAY}T10:01:00
  [ "$(accepted "$WORLD")" = $CASES ] || fail "accepted, it sent again after the kill at $place" "$WORLD/said"
  rm -rf "$WORLD"
done
[ $accepts -ge 5 ] || fail "only $accepts kills hit the tick that accepts a journal"
figure "$accepts kills in a tick that accepts a journal: 0 sent again"
