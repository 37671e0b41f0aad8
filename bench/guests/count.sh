#!/usr/bin/env bash
# Prints guests.txt with its column of instructions counted anew. Usage: count.sh COMMAND..., where COMMAND runs a guest
# given as last argument and reports a line `total insns: N` on stdout or stderr, for example
#   count.sh ../../out/emu -p insn,inline=on
#   count.sh qemu-riscv64 -d plugin -plugin libinsn.so,inline=on
set -euo pipefail
cd "$(dirname "$0")"
while read -r name kind rounds rest; do
    if [[ $name == \#* ]]; then
        echo "$name $kind $rounds $rest"
    else
        insns=$("$@" "bin/$name" 2>&1 | sed -n 's/^total insns: *//p')
        printf '%-11s %-8s %-8s %12s\n' "$name" "$kind" "$rounds" "$insns"
    fi
done <guests.txt
