#!/bin/bash
# Lets system calls of a tick fail, and lets its disk run full, and shows that it ends with an exit code of its own and that
# the next ticks make up for it: nothing is lost, and nothing comes twice unless the report says that it may have.
set -euo pipefail
. "$(dirname "$0")/common.sh"

# Where mounts are not permitted, a namespace of its own may permit them.
mkdir "$WORK/probe"
if mount -t tmpfs tmpfs "$WORK/probe" 2>/dev/null; then
  umount "$WORK/probe"
elif [ -z "${IN_NAMESPACE:-}" ] && unshare -rm true 2>/dev/null; then
  rm -rf "$WORK"
  IN_NAMESPACE=yes exec unshare -rm "$0" "$FRISTVAGT"
fi

need strace strace
need perl perl-base
CASES=30

make_world "$WORK/fresh" $CASES
cp -r "$WORK/fresh" "$WORK/prepared"
tick_well "$WORK/prepared" $BEFORE

# begin WORLD: the world of the next fault is a copy of this one.
begin() {
  WORLD=$WORK/world
  rm -rf "$WORLD"
  cp -r "$WORK/$1" "$WORLD"
}

# recovers: counts the fault that the world had; all that is due must come with the next healthy tick.
recovers() {
  codes[$CODE]=$((${codes[$CODE]:-0} + 1))
  wait_for_orphans "$WORLD"
  tick_well "$WORLD" ${DUE_DAY}T10:30:00
  check_arrived "$WORLD" $CASES 1
  check_quiet "$WORLD" ${DUE_DAY}T13:00:00
  doubled=$((doubled + DOUBLED)) faults=$((faults + 1))
}

# fault WORLD NOW INJECTION CODES: one call that fails.
fault() {
  begin "$1"
  injected "$WORLD" "$3" "$2"
  case " $4 " in
    *" $CODE "*) ;;
    *) complain "$3 ended with $CODE, not with one of: $4; $(tail -n 1 "$WORLD/errors")" ;;
  esac
  # Nobody mends a fault without a name.
  [ "$CODE" = 0 ] || [ -s "$WORLD/errors" ] || silent+=" $3"
  recovers
}

# sample WORLD NOW TRACE: reads lines `CALL ERROR COUNT CODE…`.
sample() {
  local call error count allowed first last number
  while read -r call error count allowed; do
    read -r first last < <(calls_of "$3" "$call")
    [ "$first" -le "$last" ] || continue
    # A standard output that cannot be written is told by the exit code alone.
    ! grep "^$call(" "$3" | sed -n "${last}p" | grep -q '^write(1,' || last=$((last - 1))
    for number in $(spread "$first" "$last" "$count"); do
      fault "$1" "$2" "$call:error=$error:when=$number" "$allowed" </dev/null
    done
  done
}

summary() {
  local code text=
  for code in $(printf '%s\n' "${!codes[@]}" | sort -n); do text+=" ${codes[$code]}×$code"; done
  [ $faults -ge "$2" ] || fail "only $faults faults; does strace know the calls of this program?"
  [ -z "$silent" ] || complain "no word on standard error after$silent"
  figure "$faults $1: 0 lost, $doubled came twice and were listed; exit codes$text"
}

for world in fresh prepared; do
  cp -r "$WORK/$world" "$WORK/traced"
  now=$([ $world = fresh ] && echo $BEFORE || echo $ON_THE_DAY)
  trace_tick "$WORK/traced" "$WORK/trace-$world" "$now"
  rm -rf "$WORK/traced"
done

# --- calls that fail, on the very first tick and on one that has mail to send

# 65 and 66 are for the register, 78 for configuration and rules: a file that cannot be read counts as its content does.
declare -A codes=()
faults=0 doubled=0 silent=
sample fresh $BEFORE "$WORK/trace-fresh" <<END
mkdir ENOSPC 5 74
fsync EIO 3 74
rename EROFS 2 74
write ENOSPC 3 74
flock ENOLCK 1 74
END
sample prepared $ON_THE_DAY "$WORK/trace-prepared" <<END
write EIO 5 74
write ENOSPC 5 74
fsync EIO 6 74
fsync ENOSPC 3 74
openat EIO 7 0 65 66 74 75 78
openat ENOSPC 4 0 65 66 74 75 78
openat EMFILE 4 0 65 66 74 75 78
read EIO 6 0 65 66 74 75 78
rename EIO 3 74
rename ENOSPC 2 74
unlink EIO 2 0 74
ftruncate EIO 1 0 74
pwrite64 ENOSPC 1 0 74
mkdir ENOSPC 2 74
flock ENOLCK 2 74 75
clone3 EAGAIN 2 75
vfork EAGAIN 2 75
pipe2 EMFILE 2 75
getdents64 EIO 2 0 74
close EIO 2 0 74
END
summary "calls that failed in a tick of $CASES mails" 50

# --- calls that were only interrupted: the tick asks again, and does all its work

codes=()
faults=0 doubled=0 silent=
sample prepared $ON_THE_DAY "$WORK/trace-prepared" <<END
write EINTR 6 0
openat EINTR 6 0
read EINTR 6 0
wait4 EINTR 2 0
poll EINTR 2 0
clock_nanosleep EINTR 2 0
END
summary "calls that were interrupted" 15
[ $doubled = 0 ] || fail "an interrupted call brought $doubled mails twice"

# --- a caller that ignores how its children end, as some do: every mail is known to have gone all the same

begin prepared
perl -e '$SIG{CHLD} = "IGNORE"; exec @ARGV' "$FRISTVAGT" tick --config "$WORLD/fristvagt.conf" --now $ON_THE_DAY \
  >>"$WORLD/said" 2>>"$WORLD/errors" || fail "a tick that inherits an ignored SIGCHLD ended with $?" "$WORLD/errors"
check_arrived "$WORLD" $CASES 0
check_quiet "$WORLD" ${DUE_DAY}T13:00:00
figure "an inherited SIGCHLD that is ignored: $CASES mails, each known to have gone"

# --- files that may not grow: an exit code and a word, not a signal

codes=()
faults=0 doubled=0 silent=
for limit in 1 2 4 8 16; do
  begin prepared
  CODE=0
  # What it says goes through a pipe, which may grow.
  (
    ulimit -f $limit
    exec "$FRISTVAGT" tick --config "$WORLD/fristvagt.conf" --now $ON_THE_DAY 2>&1
  ) | cat >"$WORLD/errors" || CODE=$?
  [ "$CODE" = 74 ] || complain "with files of at most $limit kB a tick ended with $CODE; $(tail -n 1 "$WORLD/errors")"
  grep -qi "file too large" "$WORLD/errors" || silent+=" $limit"
  recovers
done
summary "limits for the size of a file" 5

# --- a full disk under the state folder

# mount_state FOLDER OPTIONS: a small disk of its own for the state folder.
mount_state() {
  mkdir "$1/state"
  mount -t tmpfs -o "$2" tmpfs "$1/state" 2>/dev/null || return 1
  MOUNTS+=("$1/state")
}

# enlarge FOLDER OPTIONS: type and source are named because mount would add options that a namespace forbids.
enlarge() { mount -t tmpfs -o "remount,$2" tmpfs "$1"; }

# full_disk NAME CASES OPTIONS LARGER: fills the disk, makes it larger, and counts.
full_disk() {
  local cases=$2 before
  WORLD=$WORK/$1
  if ! mount_state "$WORLD" "$3"; then
    echo "faults: SKIPPED: no tmpfs can be mounted here, so no full disk was tried"
    return 0
  fi
  tick_well "$WORLD" $BEFORE
  ! [ "$1" = inodes ] || touch "$WORLD/refuse"
  tick "$WORLD" $ON_THE_DAY
  case $CODE in 74 | 75) ;; *) fail "$1: the full disk gave $CODE" "$WORLD/errors" ;; esac
  before=$CODE
  grep -q "no space left on the disk" "$WORLD/errors" || fail "$1: the disk was never full" "$WORLD/errors"
  # While it is full nothing comes twice either.
  tick "$WORLD" ${DUE_DAY}T09:05:00
  [ "$CODE" != 0 ] || fail "$1: the disk is still full, and the exit code is 0"
  local mails
  mails=$(accepted "$WORLD")
  rm -f "$WORLD/refuse"
  enlarge "$WORLD/state" "$4"
  tick "$WORLD" ${DUE_DAY}T10:30:00
  tick_well "$WORLD" ${DUE_DAY}T15:00:00
  check_arrived "$WORLD" "$cases" 2
  check_quiet "$WORLD" ${DUE_DAY}T20:00:00
  figure "a disk with $3: exit code $before after $mails of $cases mails; with $4 all came, $DOUBLED twice and listed"
}

# The journal of so many mails is larger than the disk.
make_world "$WORK/bytes" 300
full_disk bytes 300 size=64k size=10m

# Each mail that is refused stays in the spool as a file.
make_world "$WORK/inodes" $CASES
full_disk inodes $CASES nr_inodes=20 nr_inodes=1000

# --- a full disk under the reports: the mails go out all the same

make_world "$WORK/reports" $CASES
WORLD=$WORK/reports
mkdir "$WORLD/out"
if mount -t tmpfs -o size=8k tmpfs "$WORLD/out" 2>/dev/null; then
  MOUNTS+=("$WORLD/out")
  tick "$WORLD" $BEFORE
  tick "$WORLD" $ON_THE_DAY
  [ "$CODE" = 74 ] || fail "reports that cannot be written gave $CODE" "$WORLD/errors"
  check_arrived "$WORLD" $CASES 0
  enlarge "$WORLD/out" size=10m
  check_quiet "$WORLD" ${DUE_DAY}T10:00:00
  [ -s "$WORLD/out/fristrapport.html" ] || fail "no report was written on the larger disk"
  figure "a full disk under the reports: exit code 74, all $CASES mails came once, the report with the next tick"
fi
