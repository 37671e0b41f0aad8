#!/usr/bin/env bash
# Rebuilds the bench guests (bin/) with gcc-riscv64-linux-gnu. The result does not depend on the place of the checkout.
set -euo pipefail
cd "$(dirname "$0")"
cross=riscv64-linux-gnu
mkdir -p bin
rm -f bin/*
for source in src/*.c; do
    name=$(basename "$source" .c)
    "$cross-gcc" -O2 -march=rv64gc -mabi=lp64d -static -nostdlib -ffreestanding -Wall -Wno-unused-function -Wno-parentheses \
        -fno-stack-protector -fno-asynchronous-unwind-tables -fno-tree-loop-distribute-patterns "-ffile-prefix-map=$PWD=." \
        -Wl,--build-id=none -Wl,-z,noseparate-code -Wl,-z,noexecstack -I../../tests/guests/src -o "bin/$name" "$source"
    "$cross-strip" -s -R .comment -R .riscv.attributes "bin/$name"
done
for source in src/libc/*.c; do
    name=$(basename "$source" .c)
    "$cross-gcc" -O2 -march=rv64gc -mabi=lp64d -static -Wall "-ffile-prefix-map=$PWD=." -Wl,--build-id=none -o "bin/$name" "$source"
    "$cross-strip" -s -R .comment -R .riscv.attributes "bin/$name"
done
