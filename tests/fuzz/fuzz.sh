#!/usr/bin/env bash
# Fuzzes the readers with libFuzzer, ASan and UBSan: fuzz.sh TARGET|all CPU_SECONDS [JOBS]
# Each target gets that much processor time, JOBS targets at once. Corpora grow in
# build/fuzz/corpus/TARGET, findings lie in build/fuzz/findings/TARGET and make it end non-zero.
set -euo pipefail
cd "$(dirname "$0")/../.."

usage() { echo "usage: $0 TARGET|all CPU_SECONDS [JOBS]" >&2; exit 2; }
[ $# -ge 2 ] && [ $# -le 3 ] || usage
wanted=$1 seconds=$2 jobs=${3:-1}
[[ $seconds =~ ^[1-9][0-9]*$ && $jobs =~ ^[1-9][0-9]*$ ]] || usage

compiler=$(command -v clang++ || command -v clang++-14 || true)
if [ -z "$compiler" ] ||
   ! echo 'extern "C" int LLVMFuzzerTestOneInput(const char*, long) { return 0; }' |
     "$compiler" -x c++ - -fsanitize=fuzzer,address,undefined -o /dev/null 2>/dev/null; then
  echo "libFuzzer is missing: apt-get install clang libclang-rt-14-dev" >&2
  exit 3
fi

build=build/fuzz
cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_CXX_COMPILER="$compiler" \
      -DDENGJI_FUZZ=ON >/dev/null
if [ "$wanted" = all ]; then
  targets=$(cd $build/tests/fuzz && ls ./*.seeds | sed 's,^\./,,; s,\.seeds$,,')
  cmake --build $build --target fuzz
else
  [ -f "$build/tests/fuzz/$wanted.seeds" ] || { echo "no target $wanted" >&2; exit 2; }
  targets=$wanted
  cmake --build $build --target "fuzz_$wanted"
fi

# The longest inputs worth mutating: most bugs show in small ones, and small ones are fast.
max_len() {
  case $1 in
    header | form) echo 4096 ;;
    word_binary | pdf_text | xls) echo 32768 ;;
    *) echo 16384 ;;
  esac
}

# Seeds lie in many places: libFuzzer wants a folder.
gather_seeds() {
  local folder=$build/seeds/$1 number=0 file
  rm -rf "$folder" && mkdir -p "$folder"
  while read -r file; do
    if [ -n "$file" ]; then cp "$file" "$folder/$((number += 1))-$(basename "$file")"; fi
  done < "$build/tests/fuzz/$1.seeds"
}

# Clock ticks of processor time that a process has used so far, those of its ended children too.
ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 + $14 + $15 }' "/proc/$1/stat" 2>/dev/null || echo 0; }

# libFuzzer measures a slow unit by the clock on the wall, which others' work slows down: it is a
# finding only if it takes those seconds of the processor. What was mended since is none either.
limits=(-timeout=10 -rss_limit_mb=512 -malloc_limit_mb=256)
fails() { ! (ulimit -t 10; "$build/bin/fuzz_$1" "${limits[@]/-timeout=10/-timeout=600}" "$2" >/dev/null 2>&1); }
drop_false() {
  local file
  for file in "$build/findings/$1/$2"*; do
    if [ -f "$file" ] && ! fails "$1" "$file"; then rm "$file"; fi
  done
}

count_findings() { find "$build/findings/$1" -type f | wc -l; }

fuzz() {
  local target=$1 used=0 limit hertz pid before now status kind dictionary=()
  hertz=$(getconf CLK_TCK)
  limit=$((seconds * hertz))
  [ -f "tests/fuzz/$target.dict" ] && dictionary=("-dict=tests/fuzz/$target.dict")
  mkdir -p "$build/corpus/$target" "$build/findings/$target"
  gather_seeds "$target"
  drop_false "$target" ''
  while [ "$used" -lt "$limit" ] && [ "$(count_findings "$target")" -eq 0 ]; do
    "$build/bin/fuzz_$target" "$build/corpus/$target" "$build/seeds/$target" "${dictionary[@]}" \
      -artifact_prefix="$build/findings/$target/" -max_len="$(max_len "$target")" \
      "${limits[@]}" -print_final_stats=1 >>"$build/findings/$target.log" 2>&1 &
    pid=$! before=0 status=0
    while sleep 2; do
      now=$(ticks $pid)
      [ "$now" -gt 0 ] || break
      before=$now
      if [ $((used + now)) -ge "$limit" ]; then kill -USR1 $pid 2>/dev/null || true; fi
    done
    wait $pid || status=$?
    used=$((used + before))
    if [ "$status" -ne 0 ] && [ "$(count_findings "$target")" -eq 0 ]; then
      tail -n 40 "$build/findings/$target.log" >"$build/findings/$target/ended-with-$status"
    fi
    for kind in timeout- slow-unit-; do drop_false "$target" $kind; done
  done
  echo "$target: $((used / hertz)) CPU seconds, $(count_findings "$target") findings," \
       "$(find "$build/corpus/$target" -type f | wc -l) files of corpus"
}

# The quarantine of freed blocks counts as memory: small, so that the limit is the reader's.
export ASAN_OPTIONS=quarantine_size_mb=16:malloc_context_size=20
export UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS=suppressions=$PWD/tests/lsan.supp

for target in $targets; do
  while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do wait -n || true; done
  fuzz "$target" &
done
wait
found=0
for target in $targets; do found=$((found + $(count_findings "$target"))); done
if [ "$found" -gt 0 ]; then
  echo "$found findings: $build/findings (run $build/bin/fuzz_TARGET FILE to see one)" >&2
  exit 1
fi
