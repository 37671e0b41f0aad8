// Updates at random places of a 32 MiB table: one cache miss after the other.
#include "bench.h"

enum { WORDS = 4 * 1024 * 1024 };
static u64 table[WORDS];

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u64 count = rounds(argc, argv, 50), x = 1, hash = HASH_START;
    for (u64 i = 0; i < WORDS; i++) table[i] = i;
    for (u64 i = 0; i < count * 1000000; i++) {
        x = x << 1 ^ ((s64)x < 0 ? 7 : 0);
        table[(x ^ x >> 20) & (WORDS - 1)] ^= x;
    }
    for (u64 i = 0; i < WORDS; i += 4099) hash = hash_add(hash, table[i]);
    return report("access", hash);
}
