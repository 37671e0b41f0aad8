// The towers of Hanoi on explicit stacks: calls, small loads and stores, checks on each move.
#include "bench.h"

enum { DISCS = 18 };
static u8 pegs[3][DISCS + 1];
static u32 heights[3];
static u64 moves;

static __attribute__((noinline)) void push(u32 peg, u8 disc) {
    if (heights[peg] && pegs[peg][heights[peg] - 1] < disc) leave(1);
    pegs[peg][heights[peg]++] = disc;
}
static __attribute__((noinline)) u8 pop(u32 peg) {
    if (!heights[peg]) leave(1);
    return pegs[peg][--heights[peg]];
}
static __attribute__((noinline, optimize("no-inline,no-optimize-sibling-calls,no-ipa-cp"))) void move(u32 discs, u32 from, u32 to) {
    if (discs == 0) return;
    u32 other = 3 - from - to;
    move(discs - 1, from, other);
    push(to, pop(from));
    moves++;
    move(discs - 1, other, to);
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u64 count = rounds(argc, argv, 100);
    for (u8 disc = DISCS; disc > 0; disc--) push(0, disc);
    for (u64 i = 0; i < count; i++) move(DISCS, (u32)(i % 3), (u32)((i + 1) % 3));
    return report("towers", moves * 4 + heights[count % 3]);
}
