#!/usr/bin/env bash
# Makes tests/data/parsers/archives/rar4-*.rar and rar5-*.rar with RARLAB's own rar: plain, solid, with a password, and with
# a password on the headers too. Needs rar 6 (Debian 11, non-free), the last that writes format 4. Usage: make_rars.sh RAR
set -euo pipefail
rar=$(realpath "$1")
out=$(realpath "$(dirname "$0")/../data/parsers/archives")
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work"
export LC_ALL=C.UTF-8
mkdir 双清在线
printf form >双清在线/登记表.doc
printf scan >双清在线/盖章.jpg
touch -d 2018-08-20T09:30:00Z 双清在线/*
for format in 4 5; do
  while read -r name options; do
    rm -f "$out/rar$format-$name.rar"
    # shellcheck disable=SC2086
    "$rar" a -idq -ma$format -m5 $options "$out/rar$format-$name.rar" 双清在线/登记表.doc 双清在线/盖章.jpg
  done <<'END'
plain
solid -s
password -psecret
headers -hpsecret
END
done
