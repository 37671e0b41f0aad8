// The sieve of Eratosthenes over two million bytes: stores with a stride, a counting scan.
#include "bench.h"

enum { SIZE = 2000000 };
static u8 composite[SIZE];

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u64 count = rounds(argc, argv, 120), primes = 0;
    for (u64 round = 0; round < count; round++) {
        memset(composite, 0, SIZE);
        for (u64 n = 2; n * n < SIZE; n++)
            if (!composite[n])
                for (u64 multiple = n * n; multiple < SIZE; multiple += n) composite[multiple] = 1;
        for (u64 n = 2; n < SIZE; n++) primes += !composite[n];
        barrier();
    }
    return report("sieve", primes);
}
