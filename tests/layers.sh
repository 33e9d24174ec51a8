#!/usr/bin/env bash
# Fails on an include against the diagram of docs/ARCHITECTURE.md:
#   parsers <- ocr, store <- daemon <- tests
# and on a name that two headers give to types of their own: in one namespace the linker takes them for one.
set -euo pipefail
cd "$(dirname "$0")/.."

allowed() {
  case $1 in
    parsers) echo 'parsers' ;;
    ocr) echo 'parsers ocr' ;;
    store) echo 'parsers store' ;;
    daemon) echo 'parsers ocr store daemon' ;;
  esac
}

# Foreign libraries that one file alone may see: header pattern, then the files.
owners() {
  cat <<'TABLE'
tesseract/ ocr/recognise.cpp
mimetic/ parsers/
curl/curl.h daemon/curl.
Poco/Data/ store/
Poco/Net/ daemon/desk/desk_server.cpp
xlsxwriter store/package_xlsx.cpp
TABLE
}

bad=0
for folder in parsers ocr store daemon; do
  pattern=$(allowed "$folder" | tr ' ' '|')
  if grep -rHnE --include='*.[ch]pp' '^#include "' "$folder" | grep -vE "#include \"($pattern)/"; then
    echo "^ an include that $folder/ may not have (it may see: $(allowed "$folder"))" >&2
    bad=1
  fi
done
while read -r header files; do
  if grep -rHnF --include='*.[ch]pp' "#include <$header" parsers ocr store daemon | grep -vF -- "$files"; then
    echo "^ only $files may include <$header...>" >&2
    bad=1
  fi
done < <(owners)

types=$(find parsers ocr store daemon tests -name '*.hpp' -exec sed -nE 's/^(struct|class|enum class) ([A-Za-z0-9_]+) ([^;]*)\{.*/\2/p' {} +)
twice=$(sort <<<"$types" | uniq -d)
if [ -n "$twice" ]; then
  echo "types of one name in two headers: $twice" >&2
  bad=1
fi
exit $bad
