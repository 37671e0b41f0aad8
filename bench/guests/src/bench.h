// What every bench guest shares: the number of rounds is the first argument, the result is one line with a checksum.
#ifndef BENCH_H
#define BENCH_H
#include "tiny.h"

static u64 rounds(long argc, char **argv, u64 otherwise) {
    return argc > 1 ? text_to_u64(argv[1]) : otherwise;
}
static int report(const char *name, u64 checksum) {
    out_named_hex(name, checksum);
    return 0;
}
// Keeps the compiler from moving work across, or out of, a loop.
static inline void barrier(void) { __asm__ volatile("" : : : "memory"); }
#endif
