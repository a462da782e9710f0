#!/bin/bash
# Takes the pictures of this folder anew, from the report of the Hedensted example: photograph.sh BINARY.
set -euo pipefail
IMAGES=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# Its `need` and its folder that goes away; this is no test.
. "$IMAGES/../../Tests/System/common.sh"

need chromium chromium
need chromedriver chromium-driver
need python3 python3
need fc-list fontconfig
# The same letters on every machine. Looked for by name, because no command tells of them.
if ! fc-list : family | grep -q '^Noto Sans$'; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends fonts-noto-core; } \
    >"$WORK/apt" 2>&1 || fail "fonts-noto-core cannot be installed" "$WORK/apt"
fi

"$FRISTVAGT" report --config "$IMAGES/../../examples/hedensted/fristvagt.conf" --out "$WORK/report" >/dev/null
PYTHONDONTWRITEBYTECODE=1 python3 "$SYSTEM_TESTS/browser.py" \
  photograph "$WORK/report/fristrapport.html" "$IMAGES" fristrapport
for file in "$IMAGES"/fristrapport*; do figure "$(basename "$file"), $(($(stat -c %s "$file") / 1024)) kB"; done
