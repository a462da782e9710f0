#!/usr/bin/env bash
# Measures fristvagt beside DuckDB, Polars and pandas on one register, and by itself on several. See README.md.
set -euo pipefail

usage='usage: run.sh [-n CASES] [-p PAIRS] [-d] [-g] [BINARY]
  -n CASES  size of the register that the tools share (1000000)
  -p PAIRS  how often each tool runs beside fristvagt (5)
  -d        a register with Danish dates and a byte order mark
  -g        growth up to ten million cases; takes 1.5 GB of disk
  BINARY    what is measured (.build/release/fristvagt)
PYTHON names the interpreter that has the packages of the peers (python3).'

cases=1000000 pairs=5 danish=() largest=1000000
while getopts n:p:dgh option; do
  case $option in
    n) cases=$OPTARG ;;
    p) pairs=$OPTARG ;;
    d) danish=(--danish) ;;
    g) largest=10000000 ;;
    h) echo "$usage" && exit 0 ;;
    *) echo "$usage" >&2 && exit 64 ;;
  esac
done
shift $((OPTIND - 1))

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
binary=${1:-$here/../.build/release/fristvagt}
python=${PYTHON:-python3}
# A fixed day: with the real one the register would grow older, and the work with it.
today=2026-11-20
colour=$(printf '\033[2m') plain=$(printf '\033[0m')
[[ -t 2 ]] || colour='' plain=''
say() { echo "$colour$*$plain" >&2; }
fail() { echo "run.sh: $*" >&2 && exit 1; }

[[ $cases =~ ^[1-9][0-9]*$ && $pairs =~ ^[1-9][0-9]*$ ]] || { echo "$usage" >&2 && exit 64; }
[[ -x $binary ]] || fail "no binary at $binary; build one, or name one"
binary=$(realpath "$binary")

# Who else is at work on the machine spoils the milliseconds; the ratios suffer less.
load=$(cut -d ' ' -f 1 /proc/loadavg)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
notes=$work/notes
mkdir "$notes"
# Who works with the peers daily has their modules compiled; so they are here, after the first round.
unset PYTHONDONTWRITEBYTECODE

cache=${TMPDIR:-/tmp}/fristvagt-bench-$UID
[[ -d $cache ]] || mkdir -m 700 "$cache"
[[ -O $cache ]] || fail "$cache belongs to somebody else"

# Prints the path of a register of so many cases. Named after the maker's checksum: a changed maker makes it again.
register() {
  local sum path
  sum=$(cksum <"$here/make_register.py")
  path=$cache/register-$1${danish[*]}-${sum%% *}.csv
  if [[ ! -f $path ]]; then
    say "making a register of $1 cases"
    "$python" "$here/make_register.py" "$1" "$path.part" "${danish[@]}"
    mv "$path.part" "$path"
  fi
  echo "$path"
}

# Prints the path of a folder that holds a configuration with a register of so many cases.
folder() {
  local path=$work/$1 file
  if [[ ! -d $path ]]; then
    file=$(register "$1")
    mkdir "$path"
    cp "$here/fristvagt.conf" "$here/bench.frist" "$here/omraader.csv" "$path"
    ln -s "$file" "$path/register.csv"
  fi
  echo "$path"
}

timed() { "$python" -I -S "$here/timed.py" "$@"; }
own_report() { timed "$2" "$binary" report --config "$1/fristvagt.conf" --today "$today" --out "$1/fristvagt"; }
peer_report() {
  timed "$3" "$python" "$here/peers/$1_report.py" "$2/register.csv" "$2/$1" "$today" "${danish[@]}"
}
same_answers() {
  diff -q "$2/fristvagt/counts.csv" "$2/$1/counts.csv" >&2 || fail "fristvagt and $1 do not count the same"
  diff -rq "$2/fristvagt/overdue" "$2/$1/overdue" >&2 || fail "fristvagt and $1 do not list the same"
}

common=$(folder "$cases")
"$binary" check --config "$common/fristvagt.conf" >"$work/check" || { cat "$work/check" && fail "the register is refused"; }

declare -A modules=([duckdb]='duckdb' [polars]='polars' [pandas]='pandas, pyarrow, numpy')
for peer in duckdb polars pandas; do
  if ! "$python" -c "import ${modules[$peer]}" 2>/dev/null; then
    say "left out: $peer ($python cannot import ${modules[$peer]})"
    continue
  fi
  say "fristvagt and $peer in turn, $cases cases, pairs: $pairs"
  "$python" -c "import $peer; print($peer.__version__)" >"$notes/version.$peer"
  # The first round warms up the caches and is not counted.
  for ((round = 0; round <= pairs; round++)); do
    own=$notes/own.$peer other=$notes/peer.$peer
    ((round)) || own=/dev/null other=/dev/null
    own_report "$common" "$own"
    peer_report "$peer" "$common" "$other"
    same_answers "$peer" "$common"
  done
done

# Where no tool is installed to run in turn with, the answers of the program alone are still described below.
[[ -e $common/fristvagt/counts.csv ]] || own_report "$common" /dev/null

for size in 10000 100000 1000000 10000000; do
  # A small -n is for trying things out: it should not make a large register after all.
  ((size <= largest && (size <= cases || largest > 1000000))) || continue
  say "growth, $size cases"
  place=$(folder "$size")
  own_report "$place" /dev/null
  for ((round = 0; round < 5; round++)); do own_report "$place" "$notes/growth.$size"; done
done

say "a process that begins with nothing, 1000 cases"
place=$(folder 1000)
own_report "$place" /dev/null
for ((round = 0; round < 20; round++)); do own_report "$place" "$notes/cold"; done

if command -v valgrind >/dev/null; then
  # In the first ten thousands the lists of the report still fill up, later only the register grows.
  sizes=(10000 20000)
  ((cases < 200000)) || sizes+=(100000 200000)
  for size in "${sizes[@]}"; do
    say "counting instructions, $size cases"
    place=$(folder "$size")
    # Without a seed of chance for its hash tables, Swift does the same in every run.
    SWIFT_DETERMINISTIC_HASHING=1 valgrind --tool=callgrind --callgrind-out-file=/dev/null --log-file="$work/valgrind" \
      "$binary" report --config "$place/fristvagt.conf" --today "$today" --out "$place/fristvagt" >/dev/null
    sed -n 's/.*Collected : //p' "$work/valgrind" >"$notes/instructions.$size"
  done
else
  say "left out: instructions (no valgrind)"
fi

if [[ -x ${binary%/*}/measure ]]; then
  say "due dates in bulk, and passes without a report"
  "${binary%/*}/measure" "$common/fristvagt.conf" "$today" >"$notes/measure"
  say "ticks of a service while a thousandth of the register changes"
  # Not the links of the folder: this register is changed.
  cp -rL "$common" "$work/service"
  "${binary%/*}/measure" ticks "$work/service/fristvagt.conf" "$pairs" "$today" >"$notes/ticks"
else
  say "left out: due dates, ticks (no measure beside the binary)"
fi

{
  echo "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores; Linux $(uname -r)"
  echo "$(date +%F); load before $load; $("$binary" --version); $("$python" --version)"
  echo "$cases cases, $(($(stat -L -c %s "$common/register.csv") / 1000000)) MB; $(wc -l <"$common/fristvagt/counts.csv") counts, $(cat "$common"/fristvagt/overdue/*.csv | wc -l) overdue"
} >"$notes/machine"
"$python" "$here/figures.py" "$notes"
