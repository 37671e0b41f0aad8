#!/usr/bin/env bash
# Rebuilds the guest programs (bin/) and, with a qemu-riscv64 at hand, records what they print (expected/).
#   build.sh           both
#   build.sh programs  only the programs
#   build.sh expected  only the recordings
# Needs gcc-riscv64-linux-gnu and g++-riscv64-linux-gnu; QEMU=PATH names another qemu-riscv64.
set -euo pipefail
cd "$(dirname "$0")"
what=${1:-both}
qemu=$(command -v "${QEMU:-qemu-riscv64}" || true)
cross=riscv64-linux-gnu

# The same bytes from every checkout: no build id, no source paths, no compiler comment.
common=(-O2 -march=rv64gc -mabi=lp64d -Wall -Wno-infinite-recursion -Wl,--build-id=none "-ffile-prefix-map=$PWD=.")
bare=(-nostdlib -ffreestanding -fno-stack-protector -fno-asynchronous-unwind-tables -fno-tree-loop-distribute-patterns
      -Wno-unused-function -Wl,-z,noseparate-code -Wl,-z,noexecstack)

strip=--strip-all
build() { # compiler, output, flags and sources
    local compiler=$1 output=$2
    shift 2
    "$compiler" "${common[@]}" "-Wl,$strip" -o "bin/$output" "$@"
    "$cross-strip" "$strip" -R .comment -R .riscv.attributes "bin/$output"
}
programs() {
    mkdir -p bin
    rm -f bin/*
    for source in src/tiny/*.c; do build "$cross-gcc" "$(basename "$source" .c)" -static "${bare[@]}" "$source"; done
    for source in src/asm/*.S; do build "$cross-gcc" "$(basename "$source" .S)" -static "${bare[@]}" -Wa,-Isrc/asm "$source"; done
    for source in src/glibc/*.c; do build "$cross-gcc" "$(basename "$source" .c)" -static "$source" -lm; done
    for source in src/pie/*.c; do build "$cross-gcc" "$(basename "$source" .c)" "${bare[@]}" -static-pie -fPIE -Wl,--no-dynamic-linker "$source"; done
    strip=--strip-debug # these keep the names of their functions
    for source in src/named/*.c; do build "$cross-gcc" "$(basename "$source" .c)" -static "${bare[@]}" "$source"; done
    # These are there to be looked at: no optimisation, and all that a debugger reads.
    for source in src/debug/*.c; do
        "$cross-gcc" "${common[@]}" "${bare[@]}" -static -O0 -g -gdwarf-4 -o "bin/$(basename "$source" .c)" "$source"
        "$cross-objcopy" -R .comment "bin/$(basename "$source" .c)"
    done
    # And these with it, once for each version of the debug information in use: where instructions come from.
    for version in 4 5; do
        "$cross-gcc" "${common[@]}" "${bare[@]}" -static -g "-gdwarf-$version" -o "bin/lines$version" src/lines/lines.c
        "$cross-objcopy" -R .comment -R .riscv.attributes "bin/lines$version"
    done
    strip=--strip-all
    for source in src/cxx/*.cpp; do build "$cross-g++" "$(basename "$source" .cpp)" -static -std=c++17 "$source"; done
}
# The subshell keeps bash from reporting the guests that are killed on purpose.
run() (
    program=$1
    shift
    [[ $program == extensions ]] && cpu=(-cpu max) || cpu=()
    { env -i G_NAME=guest timeout 60 "$qemu" "${cpu[@]}" "bin/$program" "$@" </dev/null; exit $?; } 2>/dev/null
)
expected() {
    mkdir -p expected
    # What QEMU cannot do keeps its recording.
    find expected -type f ! -name 'growth.*' ! -name 'proc.*' ! -name 'ipc.*' ! -name 'children.*' ! -name 'forks.*' ! -name 'events-*' -delete
    while read -r name program arguments; do
        [[ -z $name || $name == \#* || $name == growth || $name == proc || $name == ipc || $name == children || $name == forks || $name == events-* ]] && continue
        # shellcheck disable=SC2086 # the arguments are words
        run "$program" $arguments >"expected/$name.txt" && status=0 || status=$?
        echo "$status" >"expected/$name.status"
    done <cases.txt
    rm -f ./*.core
}
ulimit -c 0
case $what in
    both) programs; expected ;;
    programs) programs ;;
    expected) expected ;;
    *) echo "usage: build.sh [programs|expected]" >&2; exit 2 ;;
esac
