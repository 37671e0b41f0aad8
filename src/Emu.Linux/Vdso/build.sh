#!/usr/bin/env bash
# Makes ../Abi/RiscV64Vdso.Image.cs of vdso.S. Needs gcc-riscv64-linux-gnu; with Debian 12's cross compiler (12.2.0) it reproduces the checked-in bytes.
set -euo pipefail
cd "$(dirname "$0")"
cross=riscv64-linux-gnu
object=$(mktemp)
trap 'rm -f "$object"' EXIT
$cross-gcc -nostdlib -shared -march=rv64gc -Wl,-h,linux-vdso.so.1 -Wl,--hash-style=both -Wl,--build-id=none -Wl,-T,vdso.ld -Wl,-z,max-page-size=4096 -Wl,--eh-frame-hdr \
    -o "$object" vdso.S
$cross-strip -s "$object"
sigreturn=$($cross-nm -D "$object" | sed -n 's/^0*\([0-9a-f]*\) . __vdso_rt_sigreturn.*/\1/p')
{
    echo "namespace Emu.Linux.Abi;"
    echo
    echo "// Made by Vdso/build.sh of Vdso/vdso.S."
    echo "internal static partial class RiscV64Vdso"
    echo "{"
    echo "    private const ulong SigreturnOffset = 0x$sigreturn;"
    echo
    echo "    private static ReadOnlySpan<byte> Image =>"
    echo "    ["
    od -An -v -tx1 -w32 "$object" | sed 's/ \([0-9a-f][0-9a-f]\)/ 0x\1,/g; s/^ */        /'
    echo "    ];"
    echo "}"
} >../Abi/RiscV64Vdso.Image.cs
