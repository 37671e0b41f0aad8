// Copy, scale, add and triad over arrays of doubles larger than the caches.
#include "bench.h"

enum { SIZE = 1000000 };
static double a[SIZE], b[SIZE], c[SIZE];

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u64 count = rounds(argc, argv, 70);
    for (int i = 0; i < SIZE; i++) {
        a[i] = 1 + (double)(i & 15) / 16;
        b[i] = 2;
    }
    for (u64 round = 0; round < count; round++) {
        for (int i = 0; i < SIZE; i++) c[i] = a[i];
        barrier();
        for (int i = 0; i < SIZE; i++) b[i] = 0.4 * c[i];
        barrier();
        for (int i = 0; i < SIZE; i++) c[i] = a[i] + b[i];
        barrier();
        for (int i = 0; i < SIZE; i++) a[i] = b[i] + 0.4 * c[i];
        barrier();
    }
    u64 hash = HASH_START;
    for (int i = 0; i < SIZE; i += 1009) {
        union { double d; u64 bits; } cell = { a[i] };
        hash = hash_add(hash, cell.bits);
    }
    return report("stream", hash);
}
