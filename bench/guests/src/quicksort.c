// Quicksort of a million 32-bit numbers: unpredictable branches, recursion.
#include "bench.h"

enum { SIZE = 1000000 };
static u32 numbers[SIZE];

static void sort(u32 *from, u32 *to) {
    while (to - from > 16) {
        u32 a = *from, b = from[(to - from) / 2], c = to[-1];
        u32 pivot = a < b ? (b < c ? b : a < c ? c : a) : (a < c ? a : b < c ? c : b);
        u32 *low = from, *high = to - 1;
        for (;;) {
            while (*low < pivot) low++;
            while (*high > pivot) high--;
            if (low >= high) break;
            u32 kept = *low;
            *low++ = *high;
            *high-- = kept;
        }
        sort(from, low);
        from = low;
    }
    for (u32 *at = from + 1; at < to; at++) {
        u32 value = *at, *hole = at;
        for (; hole > from && hole[-1] > value; hole--) *hole = hole[-1];
        *hole = value;
    }
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u64 count = rounds(argc, argv, 13), seed = 99, hash = HASH_START;
    for (u64 round = 0; round < count; round++) {
        for (int i = 0; i < SIZE; i++) numbers[i] = (u32)(random_next(&seed) >> 32);
        sort(numbers, numbers + SIZE);
        u32 last = 0;
        for (int i = 0; i < SIZE; i++) {
            if (numbers[i] < last) return 1;
            last = numbers[i];
        }
        hash = hash_add(hash, numbers[SIZE / 3]);
    }
    return report("quicksort", hash);
}
