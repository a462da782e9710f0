# What the system tests share. Each sources this file; its own argument is the binary to test.
#
# Shell and not Swift, because these tests look at the program from outside only: through strace, mounts, signals and real
# mail systems.

export LC_ALL=C.UTF-8

SELF=$(basename "$0" .sh)
SYSTEM_TESTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

[ $# -eq 1 ] || { echo "usage: $0 BINARY" >&2; exit 64; }
[ -x "$1" ] || { echo "$SELF: $1 is no program" >&2; exit 66; }
FRISTVAGT=$(realpath -- "$1")

# --- what is left behind when the script ends, in whatever way

COMPLAINTS=0
WORK=$(mktemp -d "${TMPDIR:-/tmp}/fristvagt-system.XXXXXX")
PROCESSES=()
MOUNTS=()

# A script adds its own by defining `leave`.
clean_up() {
  local code=$? process mount
  trap - EXIT
  ! declare -F leave >/dev/null || leave || true
  for process in "${PROCESSES[@]}"; do
    kill "$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
  done
  for mount in "${MOUNTS[@]}"; do umount -l "$mount" 2>/dev/null || true; done
  rm -rf "$WORK"
  [ "$COMPLAINTS" = 0 ] || [ "$code" != 0 ] || code=1
  exit "$code"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# fail MESSAGE [FILE…]: ends the script, with the ends of the files that tell why.
fail() {
  echo "$SELF: FAILED: $1" >&2
  shift
  local file
  for file in "$@"; do
    [ -s "$file" ] || continue
    echo "--- the end of $(basename "$file")" >&2
    tail -n 15 "$file" >&2
  done
  exit 1
}

# complain MESSAGE: the script fails, but shows the rest first.
complain() {
  echo "$SELF: FAILED: $1" >&2
  COMPLAINTS=$((COMPLAINTS + 1))
}

# figure TEXT: one line for each thing that was shown to hold.
figure() { echo "$SELF: $1"; }

# need COMMAND PACKAGE: installs Debian's package where the command is missing.
need() {
  ! command -v "$1" >/dev/null || return 0
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "$1 is missing; install $2"
  echo "$SELF: installing $2" >&2
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2"; } \
    >"$WORK/apt" 2>&1 || fail "$2 cannot be installed" "$WORK/apt"
  command -v "$1" >/dev/null || fail "$2 brought no $1"
}

# wait_until SECONDS COMMAND…: false when the command does not succeed in that time.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $deadline ] || return 1
    sleep 0.1
  done
}

# --- a small kommune

# The caseworkers are sb1@k.example, sb2@k.example, …; each has one case, received on 4 March 2024 and due on 13 March, and
# is told on that day. So a tick on 13 March hands over one mail for each, once a tick before it has opened the journal.
BEFORE=2024-03-04T09:00:00
DUE_DAY=2024-03-13
ON_THE_DAY=${DUE_DAY}T09:00:00
BOUNCE=retur@k.example
HEADER='sagsnr;afdeling;sagsbehandler;modtaget;besvaret'

# make_rule FILE LENGTH: one rule that tells the caseworker on the due day. BASIS changes a text that every mail holds.
make_rule() {
  cat >"$1" <<END
[kalender lov]
helligdage = danske
lukket = 06-05
lukket = 12-24
lukket = 12-31

[frist svar]
navn = Svar på ansøgning
hjemmel = ${BASIS:-en prøve}
slags = løfte
fra = modtaget
til = besvaret
længde = $2
varsel = på dagen: sagsbehandler
END
  case $2 in
    "7 arbejdsdage") echo "eksempel = modtaget 2024-12-23 → frist 2025-01-08" >>"$1" ;;
    "7 dage") printf 'ruller = nej\neksempel = modtaget 2024-12-23 → frist 2024-12-30\n' >>"$1" ;;
    *) fail "make_rule: no example is known for $2" ;;
  esac
}

# make_world FOLDER CASES [OUTLET]: configuration, rule and register; the mails go to a fake sendmail unless OUTLET is
# another line for [mail]. RECEIVED and LENGTH change when the cases came, and how long they may take.
make_world() {
  local folder=$1 cases=$2 outlet=${3:-sendmail = sendmail} number
  mkdir -p "$folder/post" "$folder/arriving"
  make_rule "$folder/svar.frist" "${LENGTH:-7 arbejdsdage}"
  cat >"$folder/fristvagt.conf" <<END
[fristvagt]
kommune = Prøve
regler = svar.frist
tilstandsmappe = state
rapporter = out

[register]
kilde = register.csv

[borgerrådgiver]
adresse = raad@k.example

[afdeling Jobcenter]
leder = leder@k.example
postkasse = job@k.example

[mail]
$outlet
afsender = Fristvagt <fristvagt@k.example>
returadresse = $BOUNCE
END
  {
    echo "$HEADER"
    for ((number = 1; number <= cases; number++)); do
      row "$number"
    done
  } >"$folder/register.csv"
  make_sendmail "$folder/sendmail"
}

# row NUMBER: one case of the register.
row() { echo "S-$1;Jobcenter;sb$1@k.example;${RECEIVED:-2024-03-04};"; }

# make_sendmail FILE: records each message beside itself, its arguments in post/NAME.args and its bytes in post/NAME.mail.
# The bytes get that name when they are whole, so a .mail is a message that was accepted. It refuses while a file `refuse`
# lies there; the first message after a file `slow` was laid there takes a second.
make_sendmail() {
  cat >"$1" <<'END'
#!/bin/sh
here=${0%/*}
if [ -e "$here/slow" ]; then
  rm "$here/slow"
  sleep 1
fi
if [ -e "$here/refuse" ]; then
  echo "try later" >&2
  exit 75
fi
cat >"$here/arriving/$$" || exit 74
printf '%s\n' "$@" >"$here/post/$$.args"
mv "$here/arriving/$$" "$here/post/$$.mail"
END
  chmod +x "$1"
}

# tick FOLDER NOW [OPTION…]: CODE is the exit code; what was said is added to FOLDER/said and FOLDER/errors.
tick() {
  CODE=0
  "$FRISTVAGT" tick --config "$1/fristvagt.conf" --now "$2" "${@:3}" >>"$1/said" 2>>"$1/errors" || CODE=$?
}

# tick_well FOLDER NOW: a tick that must do its work without a complaint.
tick_well() {
  tick "$1" "$2"
  [ "$CODE" = 0 ] || fail "the tick of $2 ended with $CODE" "$1/errors"
}

# injected FOLDER INJECTION [NOW [OPTION…]]: the tick of the due day under strace, which meddles with one call of the program itself. Its
# children are not followed: what hits the mail system is another test.
injected() {
  CODE=0
  # In a shell of its own, which keeps the word "Killed" to itself.
  (
    strace -qq -o /dev/null -e trace="${2%%:*}" -e inject="$2" \
      "$FRISTVAGT" tick --config "$1/fristvagt.conf" --now "${3:-$ON_THE_DAY}" "${@:4}" >>"$1/said" 2>>"$1/errors"
    exit $?
  ) 2>/dev/null || CODE=$?
}

# trace_tick FOLDER FILE [NOW]: writes down every call of an undisturbed tick.
trace_tick() {
  strace -qq -o "$2" "$FRISTVAGT" tick --config "$1/fristvagt.conf" --now "${3:-$ON_THE_DAY}" >/dev/null
}

# calls_of TRACE CALL: the numbers of the first and the last call of that name that are the program's own. The dynamic loader
# makes those before the configuration is opened; when they fail there is no program yet.
calls_of() {
  awk -v call="$2(" '
    !begun && /^openat\(/ && /fristvagt\.conf"/ { begun = 1; first = count + 1 }
    index($0, call) == 1 { count++ }
    END { print (first ? first : 1), count + 0 }' "$1"
}

# spread FIRST LAST COUNT: at most COUNT numbers, evenly spread over the range, its ends among them.
spread() {
  awk -v first="$1" -v last="$2" -v count="$3" 'BEGIN {
    if (last < first) exit
    if (count > last - first + 1) count = last - first + 1
    if (count == 1) { print first; exit }
    for (i = 0; i < count; i++) print first + int(i * (last - first) / (count - 1) + 0.5)
  }'
}

# wait_for_orphans FOLDER: until no child of a killed tick reads its mail any more.
wait_for_orphans() {
  local file
  for file in "$1"/state/spool/*.eml; do
    [ ! -e "$file" ] || flock --wait 10 "$file" true || fail "a child still reads $(basename "$file")"
  done
}

# TRYING_TEXT as a BASIS makes mails of what goes wrong on the way: lines that begin with a dot, or with From; a word
# longer than a line of mail may be; letters of two, three and four bytes.
TRYING_TEXT="$(printf '.%.0s' {1..200}) From her: $(printf 'æøåÆØÅ%.0s' {1..200}) – „§ 3“ 🕰 = =20"

# same_tick FOLDER CASES: the same world with a maildir in place of the mail system, after the same two ticks. A file of it
# is the mail as the program wrote it, under the left part of its Message-ID.
same_tick() {
  make_world "$1" "$2" "maildir = udbakke"
  tick_well "$1" $BEFORE
  tick_well "$1" $ON_THE_DAY
}

# --- what arrived

# How a report names a mail that may have come twice: after one stop without an answer, and after two.
TWICE='kan være kommet to gange|måske afleveret, spørg modtageren: the program stopped twice'

# accepted FOLDER: how many messages the fake sendmail has taken.
accepted() {
  local mails=("$1"/post/*.mail)
  [ -e "${mails[0]}" ] && echo "${#mails[@]}" || echo 0
}

# check_arrived FOLDER CASES MOST: every caseworker has the one mail, with its own Message-ID, and at most MOST of these came
# twice: with the same bytes, and named in a report. Nothing came to anybody else but the adviser. DOUBLED is the number
# that came twice.
check_arrived() {
  local folder=$1 cases=$2 most=$3 name recipient identity number
  local -A identity_of=() files_of=()
  DOUBLED=0
  while read -r name recipient identity; do
    case $recipient in
      raad@k.example) continue ;;
      sb*@k.example) ;;
      *) fail "a mail came to $recipient, who has no case" ;;
    esac
    [ "${identity_of[$recipient]:-$identity}" = "$identity" ] \
      || fail "$recipient got two mails of one case, with different Message-IDs"
    identity_of[$recipient]=$identity
    files_of[$recipient]+="$name "
  done < <(table_of "$folder/post")
  for ((number = 1; number <= cases; number++)); do
    recipient=sb$number@k.example
    # shellcheck disable=SC2086 # names of files without spaces
    set -- ${files_of[$recipient]:-}
    case $# in
      0) fail "the mail to $recipient is lost" "$folder/said" "$folder/errors" ;;
      1) ;;
      2)
        cmp -s "$1" "$2" || fail "$recipient got one Message-ID with different bytes"
        grep -Eq "^ *$recipient .*($TWICE)" "$folder/said" \
          || fail "$recipient got the mail twice, and no report says so" "$folder/said" "$folder/errors"
        DOUBLED=$((DOUBLED + 1))
        ;;
      *) fail "$recipient got the mail $# times" "$folder/said" "$folder/errors" ;;
    esac
  done
  [ "$DOUBLED" -le "$most" ] || fail "$DOUBLED mails came twice, of which at most $most may" "$folder/said"
}

# table_of POST: one line for each message, `FILE RECIPIENT MESSAGE-ID`; an envelope that is not as it must be fails.
table_of() {
  local mails=("$1"/*.mail)
  [ -e "${mails[0]}" ] || return 0
  awk -v bounce="$BOUNCE" '
    FNR == 1 {
      recipient = ""; arguments = FILENAME
      sub(/mail$/, "args", arguments)
      words = ""
      while ((getline word < arguments) > 0) { words = words " " word; recipient = word }
      close(arguments)
      if (words != " -i -f " bounce " -- " recipient) recipient = "a-wrong-call:" words
      heading = 1
    }
    /^$/ { heading = 0 }
    heading && /^To: / && $2 != recipient { recipient = "another-than-To:" recipient }
    heading && /^Message-ID: / { gsub(" ", "_", recipient); print FILENAME, recipient, $2 }
  ' "${mails[@]}"
}

# check_bytes FOLDER SAME: what came is to the byte what the program wrote; SAME is the world of same_tick.
check_bytes() {
  local mail identity
  for mail in "$1"/post/*.mail; do
    # An alarm to the adviser has no twin: in the other world nothing is wrong.
    ! grep -q "^To: raad@k.example" "$mail" || continue
    identity=$(sed -n 's/^Message-ID: <\(.*\)@.*/\1/p;/^$/q' "$mail")
    cmp -s "$mail" "$2/udbakke/new/$identity.fristvagt" \
      || fail "the mail $identity came otherwise than it was written" "$mail"
  done
}

# check_quiet FOLDER NOW: everything was told, so a tick sends nothing.
check_quiet() {
  local before
  before=$(accepted "$1")
  tick "$1" "$2"
  [ "$CODE" = 0 ] || fail "the last tick ended with $CODE" "$1/errors"
  [ "$(accepted "$1")" = "$before" ] || fail "a tick with nothing left to tell sent mail" "$1/said"
}
