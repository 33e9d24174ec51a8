#!/usr/bin/env bash
# Installs what is missing on Debian 12: `packages.sh build` for building and running, `packages.sh test` for the
# tests besides. Needs root or sudo only when something is missing.
set -euo pipefail

build=(
  g++ cmake ninja-build ccache pkg-config
  libcurl4-openssl-dev libssl-dev libmimetic-dev libpoco-dev libtesseract-dev libleptonica-dev libsqlite3-dev
  libarchive-dev libxml2-dev libpoppler-cpp-dev libqpdf-dev libheif-dev libtiff-dev libexif-dev libicu-dev libsodium-dev
  liboath-dev libseccomp-dev libsystemd-dev libtomlplusplus-dev libxlsxwriter-dev nlohmann-json3-dev
  tesseract-ocr-eng tesseract-ocr-chi-sim
)
tests=(
  libgtest-dev libgmock-dev dovecot-imapd dovecot-lmtpd openssl postfix python3 python3-openpyxl systemd
  chromium chromium-driver fonts-wqy-zenhei
)

case ${1:-} in
  build) wanted=("${build[@]}") ;;
  test) wanted=("${build[@]}" "${tests[@]}") ;;
  *) echo "usage: $0 build|test" >&2; exit 2 ;;
esac

missing=()
for package in "${wanted[@]}"; do
  dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

echo "Installing: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
# Should Postfix be among them: for tests it needs no service of its own that the network can reach.
echo 'postfix postfix/main_mailer_type select Local only' | "${as_root[@]}" debconf-set-selections
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
