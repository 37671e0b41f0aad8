#!/bin/sh
# Rebuilds float-vectors (needs gcc-riscv64-linux-gnu) and computes the results in vectors.txt again (needs
# qemu-riscv64 of version 10 or later, QEMU=PATH names one). A new vector is a line with its first six words.
set -e
cd "$(dirname "$0")"
riscv64-linux-gnu-gcc -static -O1 -nostdlib -ffreestanding -Wall -Wextra -march=rv64gc -mabi=lp64d \
    -s -Wl,--build-id=none -o float-vectors float-vectors.c
cut -d' ' -f1-6 vectors.txt | "${QEMU:-qemu-riscv64}" -cpu max ./float-vectors >vectors.new
mv vectors.new vectors.txt
