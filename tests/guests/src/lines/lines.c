// Where instructions come from: functions that are inlined into others, twice, in loops, from a header, through pointers. Compiled with optimisation, once for each version of DWARF in use.
#include "../tiny.h"
#include "shapes.h"

static long kept[64];

static inline long square(long value) { return value * value; }

static inline long sum_of_squares(const long *values, long count) {
    long sum = 0;
    for (long i = 0; i < count; i++)
        sum += square(values[i]);
    return sum;
}

__attribute__((noinline)) static void fill(long *values, long count, long seed) {
    for (long i = 0; i < count; i++) {
        seed = seed * 6364136223846793005L + 1442695040888963407L;
        values[i] = seed >> 48;
    }
}

__attribute__((noinline)) static void sort(long *values, long count) {
    for (long i = 1; i < count; i++)
        for (long j = i; j > 0 && values[j - 1] > values[j]; j--) {
            long other = values[j];
            values[j] = values[j - 1];
            values[j - 1] = other;
        }
}

__attribute__((noinline, cold)) static void never(long count) {
    out_named("never", count);
    out_named("twice", 2 * count);
}

static long (*const chosen[])(long, long) = {area, perimeter};

int tiny_main(long argc, char **argv, char **envp, unsigned long *auxv) {
    (void)argv, (void)envp, (void)auxv;
    fill(kept, 64, 7);
    sort(kept, 64);
    if (argc > 3)
        never(argc);
    long all = sum_of_squares(kept, 64) + sum_of_squares(kept, 32);
    for (int i = 0; i < 10; i++)
        all += chosen[i & 1](kept[i], i);
    out_named("all", all);
    return argc > 1 ? 1 : 0;
}
