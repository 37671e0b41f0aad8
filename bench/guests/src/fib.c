// Recursion: calls, returns and little else.
#include "bench.h"

static __attribute__((noinline, optimize("no-inline,no-optimize-sibling-calls,no-ipa-cp,no-partial-inlining"))) u64 fib(u64 n) {
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u64 count = rounds(argc, argv, 12), sum = 0;
    for (u64 i = 0; i < count; i++) {
        sum += fib(32 + (i & 1));
        barrier();
    }
    return report("fib", sum);
}
