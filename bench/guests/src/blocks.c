// Copying, comparing, filling and searching memory and text, in pieces from a few bytes to 64 KiB.
#include "bench.h"

enum { SIZE = 65536 };
static u8 from[SIZE + 64], to[SIZE + 64];

static __attribute__((noinline)) u64 find_byte(const u8 *at, u8 byte, u64 count) {
    u64 i = 0;
    while (i < count && at[i] != byte) i++;
    return i;
}
static __attribute__((noinline)) u64 length_of(const u8 *text) {
    const u8 *end = text;
    while (*end) end++;
    return (u64)(end - text);
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u64 count = rounds(argc, argv, 15000), sum = 0;
    for (u64 i = 0; i < sizeof from; i++) from[i] = (u8)(i % 250 + 1);
    for (u64 round = 0; round < count; round++) {
        u64 shift = round & 15;
        memcpy(to, from, SIZE);
        memcpy(to + shift, from + (round & 7), SIZE / 2);
        for (u64 size = 1; size < 300; size += 3) memcpy(to + size * 8, from + shift * 8, size);
        memset(to + SIZE / 2, (int)round, SIZE / 4);
        sum += find_byte(to + SIZE / 2, 0, SIZE / 4);
        from[SIZE / 4 + round % 1000] = 0;
        sum += length_of(from);
        from[SIZE / 4 + round % 1000] = (u8)((SIZE / 4 + round % 1000) % 250 + 1);
        sum += (u64)(memcmp(to, from, 4096) != 0);
        sum += to[round * 31 % SIZE];
    }
    return report("blocks", sum);
}
