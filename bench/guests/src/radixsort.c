// Radix sort of a million 32-bit numbers in four passes: histograms and scattered stores, no unpredictable branch.
#include "bench.h"

enum { SIZE = 1000000 };
static u32 numbers[SIZE], spare[SIZE];

static void pass(const u32 *from, u32 *to, int shift) {
    u32 starts[256] = { 0 }, sum = 0;
    for (int i = 0; i < SIZE; i++) starts[from[i] >> shift & 255]++;
    for (int i = 0; i < 256; i++) {
        u32 here = starts[i];
        starts[i] = sum;
        sum += here;
    }
    for (int i = 0; i < SIZE; i++) to[starts[from[i] >> shift & 255]++] = from[i];
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u64 count = rounds(argc, argv, 50), seed = 5, hash = HASH_START;
    for (u64 round = 0; round < count; round++) {
        for (int i = 0; i < SIZE; i++) numbers[i] = (u32)(random_next(&seed) >> 32);
        for (int shift = 0; shift < 32; shift += 16) {
            pass(numbers, spare, shift);
            pass(spare, numbers, shift + 8);
        }
        u32 last = 0;
        for (int i = 0; i < SIZE; i++) {
            if (numbers[i] < last) return 1;
            last = numbers[i];
        }
        hash = hash_add(hash, numbers[SIZE / 3]);
    }
    return report("radixsort", hash);
}
