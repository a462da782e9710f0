#!/bin/bash
# Hands the mails of a tick to a real Postfix, which delivers them into one maildir: each came once, to the right recipient,
# from the right sender, to the byte as written.
#
# As a user without rights, because then sendmail works through postdrop, which has its group by setgid.
set -euo pipefail
. "$(dirname "$0")/common.sh"

[ "$(id -u)" = 0 ] || fail "only root can start Postfix"
need postfix postfix

# The Postfix of this machine, if it has one, is left as it is: in a mount namespace another configuration and another queue
# lie in its places. Where none can be made, as in most containers, its own configuration is changed and put back.
if [ -z "${IN_NAMESPACE:-}" ] && unshare -m true 2>/dev/null; then
  rm -rf "$WORK"
  IN_NAMESPACE=yes exec unshare -m "$0" "$FRISTVAGT"
fi

CASES=30
BASIS=$TRYING_TEXT
USER_OF_TICK=nobody
MAILBOX=$WORK/mail/alle
chmod 711 "$WORK"

leave() {
  postfix stop >/dev/null 2>&1 || true
  if [ -d "$WORK/before" ]; then cp -a "$WORK"/before/*.cf /etc/postfix/; fi
}

# --- Postfix: no port, no network, every address of k.example in one maildir

if [ -n "${IN_NAMESPACE:-}" ]; then
  cp -a /etc/postfix "$WORK/etc"
  mkdir "$WORK/spool" "$WORK/lib"
  chown postfix: "$WORK/lib"
  mount --bind "$WORK/etc" /etc/postfix
  mount --bind "$WORK/spool" /var/spool/postfix
  mount --bind "$WORK/lib" /var/lib/postfix
  MOUNTS+=(/etc/postfix /var/spool/postfix /var/lib/postfix)
else
  ! postfix status >/dev/null 2>&1 || fail "a Postfix is at work here, and no namespace can be made for another"
  cp -a /etc/postfix "$WORK/before"
fi
mkdir -p "$WORK/mail"
chown "$USER_OF_TICK" "$WORK/mail"
cat >/etc/postfix/main.cf <<END
compatibility_level = 3.6
myhostname = post.k.example
mydestination = localhost
inet_interfaces = loopback-only
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
default_transport = error:this Postfix delivers to k.example only
virtual_mailbox_domains = k.example
virtual_mailbox_base = $WORK/mail
virtual_mailbox_maps = static:alle/
virtual_uid_maps = static:$(id -u $USER_OF_TICK)
virtual_gid_maps = static:$(id -g $USER_OF_TICK)
maillog_file_prefixes = $WORK
maillog_file = $WORK/log
END
postconf -M# smtp/inet
postfix start >"$WORK/start" 2>&1 || fail "Postfix does not start" "$WORK/start" "$WORK/log"

# --- ticks

# as_user COMMAND…: no more rights than the service has.
as_user() { setpriv --reuid "$USER_OF_TICK" --regid "$(id -g $USER_OF_TICK)" --clear-groups "$@"; }

# new_world NAME: after the first tick.
new_world() {
  WORLD=$WORK/$1
  make_world "$WORLD" $CASES "sendmail = /usr/sbin/sendmail"
  rm -rf "$MAILBOX"
  chown -R "$USER_OF_TICK" "$WORLD"
  tick_as_user $BEFORE
}

tick_as_user() {
  CODE=0
  as_user "$FRISTVAGT" tick --config "$WORLD/fristvagt.conf" --now "$1" >>"$WORLD/said" 2>>"$WORLD/errors" || CODE=$?
  [ "$CODE" = 0 ] || fail "the tick of $1 ended with $CODE" "$WORLD/errors" "$WORK/log"
}

delivered() {
  local mails=("$MAILBOX"/new/*)
  [ -e "${mails[0]}" ] && echo "${#mails[@]}" || echo 0
}

is_drained() { [ "$(delivered)" -ge $CASES ] && postqueue -p | grep -q "is empty"; }

# collect: what Postfix delivered, in the form in which the fake sendmail would have recorded it. Before the first header of
# the program stand those that Postfix adds, the envelope among them.
collect() {
  wait_until 40 is_drained || fail "$(delivered) of $CASES mails were delivered" "$WORK/log"
  local mail name sender recipient
  for mail in "$MAILBOX"/new/*; do
    name=$WORLD/post/$(basename "$mail")
    sender=$(sed -n 's/^Return-Path: <\(.*\)>$/\1/p;/^Date: /q' "$mail")
    recipient=$(sed -n 's/^Delivered-To: //p;/^Date: /q' "$mail")
    printf '%s\n' -i -f "$sender" -- "$recipient" >"$name.args"
    sed -n '/^Date: /,$p' "$mail" >"$name.mail"
  done
}

same_tick "$WORK/same" $CASES

new_world at-work
tick_as_user $ON_THE_DAY
collect
check_arrived "$WORLD" $CASES 0
check_bytes "$WORLD" "$WORK/same"
tick_as_user ${DUE_DAY}T10:00:00
sleep 1
[ "$(delivered)" = $CASES ] || fail "a tick with nothing left to tell sent mail"
figure "$CASES mails came once through Postfix, Return-Path, recipient and bytes as written"

# --- Postfix is not at work: sendmail takes the mails over all the same, and so they must not be sent again

new_world stopped
postfix stop >/dev/null 2>&1
tick_as_user $ON_THE_DAY
[ "$(delivered)" = 0 ] || fail "a Postfix that is stopped delivered mail"
tick_as_user ${DUE_DAY}T10:00:00
postfix start >"$WORK/start" 2>&1 || fail "Postfix does not start again" "$WORK/start" "$WORK/log"
collect
sleep 1
[ "$(delivered)" = $CASES ] || fail "$(delivered) mails after Postfix was started again"
check_arrived "$WORLD" $CASES 0
check_bytes "$WORLD" "$WORK/same"
figure "$CASES mails of a tick beside a stopped Postfix came once when it was started"
