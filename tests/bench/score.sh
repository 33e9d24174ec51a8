#!/usr/bin/env bash
# Runs `dengji check` over the corpus beside the checkout and scores the answers: score.sh [BUILD [OUTPUT [score.py's words]]]
set -euo pipefail
cd "$(dirname "$0")/../.."
corpus=../shared/corpus/dev
if [ ! -d "$corpus" ]; then
  echo "score.sh: there is no corpus at $corpus on this machine; nothing to score"
  exit 0
fi
bin=${1:-build/run}/bin
out=${2:-build/score}
shift $(($# < 2 ? $# : 2))
mkdir -p "$out"
check() { "$1/dengji" check "$2" >"$3/$(basename "$2" .eml).out.json" 2>"$3/$(basename "$2" .eml).err"; }
export -f check
find "$corpus" -name '*.eml' -print0 | sort -z |
  xargs -0 -P "$(nproc)" -I{} bash -c 'check "$@" || echo "exit $?: $2"' _ "$bin" {} "$out"
python3 ../shared/tools/score.py "$corpus" "$out" "$@"
