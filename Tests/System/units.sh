#!/bin/bash
# Lets systemd itself read the units of cron/, and looks for options that would take sendmail's helper its group.
set -euo pipefail
. "$(dirname "$0")/common.sh"

need systemd-analyze systemd
UNITS=$SYSTEM_TESTS/../../cron

# The units name the installed program and a user of its own; verify asks for the program of each unit. So they are read in
# a folder of their own, a template as one of its instances, and with the binary's path in place of the installed one.
mkdir "$WORK/units"
shopt -s nullglob
names=()
for file in "$UNITS"/*.service "$UNITS"/*.timer "$UNITS"/*.path "$UNITS"/*.socket; do
  name=$(basename "$file")
  sed "s#/usr/local/bin/fristvagt#$FRISTVAGT#g" "$file" >"$WORK/units/$name"
  [[ $name == *@.* ]] && name=${name/@./@hedensted.}
  names+=("$name")
done
[ ${#names[@]} -gt 0 ] || fail "there are no units"

# A program that a unit starts and that this machine lacks is no fault of the unit: verify gets a stand-in.
mkdir "$WORK/bin"
printf '#!/bin/sh\n' >"$WORK/bin/stand-in"
chmod +x "$WORK/bin/stand-in"
for program in $(sed -n 's/^Exec[A-Za-z]*=[-@:+!]*\([^ ]*\).*/\1/p' "$WORK"/units/* | sort -u); do
  [ -x "$program" ] || sed -i "s#=\([-@:+!]*\)$program#=\1$WORK/bin/stand-in#" "$WORK"/units/*
done

cp -r "$WORK/units" "$WORK/instances"
for name in "${names[@]}"; do
  CODE=0
  # SYSTEMD_UNIT_PATH ends with the empty path: the system's own units follow, which these refer to.
  SYSTEMD_UNIT_PATH=$WORK/instances: systemd-analyze verify --man=no --recursive-errors=one \
    "$WORK/instances/$name" >"$WORK/verify" 2>&1 || CODE=$?
  [ "$CODE" = 0 ] || fail "systemd-analyze verify $name ended with $CODE" "$WORK/verify"
  [ ! -s "$WORK/verify" ] || fail "systemd-analyze verify $name complains" "$WORK/verify"
done
figure "systemd-analyze verify: ${#names[@]} units (${names[*]}), no complaint"

# Each of these implies NoNewPrivileges for a unit with User=, or sets it; then a setgid program such as postdrop runs
# without its group and every mail is refused.
implied='NoNewPrivileges|DynamicUser|LockPersonality|MemoryDenyWriteExecute|PrivateDevices|ProtectClock|ProtectHostname'
implied+='|ProtectKernel[A-Za-z]*|Restrict[A-Z][A-Za-z]*|SystemCall[A-Za-z]*'
for file in "$UNITS"/*.service; do
  # RestartSec= and its like begin otherwise.
  if grep -nE "^[[:space:]]*($implied)[[:space:]]*=" "$file" >"$WORK/found"; then
    fail "$(basename "$file") has an option that implies NoNewPrivileges" "$WORK/found"
  fi
done
figure "no option that implies NoNewPrivileges"
