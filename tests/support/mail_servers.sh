#!/bin/bash
# A throwaway mail service on 127.0.0.1 for tests: Dovecot (IMAP, LMTP) and Postfix (SMTP) with
# configuration, queue, mailboxes and certificate of their own, all within one directory.
#
#   mail_servers.sh start DIR [imap]   start both (or Dovecot alone); returns when they answer
#   mail_servers.sh stop DIR           end what was started there
#
# Every address of every domain is a mailbox here, DIR/mail/ADDRESS (Maildir), with the password that
# DIR/password holds; nothing ever leaves the machine. DIR/ports, to be sourced:
#   IMAPS_PORT       TLS from the start
#   IMAP_PORT        STARTTLS; plaintext logins are taken too, as from an old server
#   LMTP_PORT        delivery straight into the mailboxes
#   SMTP_PORT        the world's way in: no login, STARTTLS offered
#   SUBMISSION_PORT  STARTTLS and login required
#   SMTPS_PORT       TLS from the start, login required
#   CA_FILE          what vouches for the certificate (localhost and 127.0.0.1)
#
# Postfix rather than OpenSMTPD: its queue and sockets may lie in any directory (OpenSMTPD's are compiled
# in, so a second one disturbs the machine's own), and it asks Dovecot for passwords. Its master process
# must be root (sudo is tried where the caller is not); Dovecot runs as anybody.
set -eu

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo -n)

fail() { echo "mail_servers: $*" >&2; exit 1; }

# Ports nobody listens on. Another program could take one before it is used: start() then tries others.
free_ports() {
  local count=$1 port taken=" "
  while ((count > 0)); do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    [[ $taken != *" $port "* ]] || continue
    taken+="$port "
    ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || continue
    echo "$port"
    count=$((count - 1))
  done
}

write_certificate() {
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
    -keyout "$dir/key.pem" -out "$dir/cert.pem" 2>"$dir/openssl.log"
}

choose_ports() {
  local ports
  mapfile -t ports < <(free_ports 7)
  cat >"$dir/ports" <<END
IMAPS_PORT=${ports[0]}
IMAP_PORT=${ports[1]}
LMTP_PORT=${ports[2]}
SMTP_PORT=${ports[3]}
SUBMISSION_PORT=${ports[4]}
SMTPS_PORT=${ports[5]}
SASL_PORT=${ports[6]}
CA_FILE=$dir/cert.pem
END
  # shellcheck source=/dev/null
  . "$dir/ports"
}

write_dovecot() {
  local owner group
  if [ "$(id -u)" = 0 ]; then
    owner=nobody group=nogroup                 # Dovecot does not let root own mail
  else
    owner=$(id -un) group=$(id -gn)
  fi
  mkdir -p "$dir/mail"
  [ "$(id -u)" != 0 ] || chown "$owner:$group" "$dir/mail"
  cat >"$dir/dovecot.conf" <<END
base_dir = $dir/run
state_dir = $dir/run
log_path = $dir/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = $( [ "$(id -u)" = 0 ] && echo dovecot || echo "$owner")
default_internal_group = $( [ "$(id -u)" = 0 ] && echo dovecot || echo "$group")
default_login_user = $( [ "$(id -u)" = 0 ] && echo dovenull || echo "$owner")
first_valid_uid = 1
mail_uid = $owner
mail_gid = $group
mail_location = maildir:~
mail_fsync = never
ssl = yes
ssl_cert = <$dir/cert.pem
ssl_key = <$dir/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_cache_size = 0
passdb {
  driver = static
  args = password=$(cat "$dir/password")
}
userdb {
  driver = static
  args = uid=$owner gid=$group home=$dir/mail/%u allow_all_users=yes
}
service anvil {
  chroot =
  client_limit = 3000
}
default_process_limit = 1000
mail_max_userip_connections = 1000
service imap-login {
  chroot =
  process_min_avail = 1
  service_count = 0
  client_limit = 1200
  inet_listener imap {
    port = $IMAP_PORT
  }
  inet_listener imaps {
    port = $IMAPS_PORT
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    port = $LMTP_PORT
  }
}
service auth {
  inet_listener {
    port = $SASL_PORT
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
END
}

write_postfix() {
  mkdir -p "$dir/postfix" "$dir/queue" "$dir/data"
  "${as_root[@]}" chown postfix "$dir/data"
  cat >"$dir/postfix/main.cf" <<END
compatibility_level = 3.6
queue_directory = $dir/queue
data_directory = $dir/data
maillog_file = $dir/postfix.log
maillog_file_prefixes = $dir
myhostname = mx.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
disable_dns_lookups = yes
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = static:all
virtual_mailbox_maps = static:all
virtual_transport = lmtp:inet:127.0.0.1:$LMTP_PORT
lmtp_destination_concurrency_limit = 4
message_size_limit = 104857600
mailbox_size_limit = 0
virtual_mailbox_limit = 0
smtpd_tls_security_level = may
smtpd_tls_cert_file = $dir/cert.pem
smtpd_tls_key_file = $dir/key.pem
smtpd_tls_auth_only = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:$SASL_PORT
smtpd_recipient_restrictions = permit_mynetworks, reject
smtpd_client_connection_rate_limit = 0
END
  cat >"$dir/postfix/master.cf" <<END
127.0.0.1:$SMTP_PORT inet n - n - - smtpd
127.0.0.1:$SUBMISSION_PORT inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
127.0.0.1:$SMTPS_PORT inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
END
}

await_port() {
  local port=$1 end=$((SECONDS + 20))
  until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    ((SECONDS < end)) || return 1
    sleep 0.05
  done
}

try_start() {
  choose_ports
  write_dovecot
  dovecot -c "$dir/dovecot.conf" 2>>"$dir/start.log" || return 1
  await_port "$IMAPS_PORT" && await_port "$LMTP_PORT" || return 1
  [ "$what" = all ] || return 0
  write_postfix
  "${as_root[@]}" postfix -c "$dir/postfix" start >>"$dir/start.log" 2>&1 || return 1
  await_port "$SMTP_PORT" && await_port "$SMTPS_PORT"
}

start() {
  command -v dovecot >/dev/null || fail "dovecot is not installed (dovecot-imapd, dovecot-lmtpd)"
  if [ "$what" = all ]; then
    command -v postfix >/dev/null || fail "postfix is not installed"
    "${as_root[@]}" true || fail "postfix must be started by root, and sudo asks for a password"
  fi
  mkdir -p "$dir/run"
  chmod 755 "$dir"
  [ -s "$dir/password" ] || (umask 077 && echo "throwaway-$RANDOM" >"$dir/password")
  write_certificate
  for _ in 1 2 3; do
    try_start && return
    stop
  done
  cat "$dir/start.log" >&2
  fail "the servers did not start; their logs are in $dir"
}

stop() {
  if [ -f "$dir/postfix/main.cf" ]; then
    "${as_root[@]}" postfix -c "$dir/postfix" stop >>"$dir/start.log" 2>&1 || true
    "${as_root[@]}" rm -rf "$dir/queue" "$dir/data"
  fi
  [ ! -f "$dir/run/master.pid" ] || kill "$(cat "$dir/run/master.pid")" 2>/dev/null || true
}

[ $# -ge 2 ] || fail "usage: $0 start DIR [imap] | stop DIR"
what=${3:-all}
mkdir -p "$2"
dir=$(cd "$2" && pwd)
case $1 in
  start) start ;;
  stop) stop ;;
  *) fail "usage: $0 start DIR [imap] | stop DIR" ;;
esac
