// Mappings that grow and that move: MAP_GROWSDOWN with the gap it keeps (mmap(2)), PROT_GROWSDOWN, MREMAP_DONTUNMAP, a stack whose limit is raised, riscv_hwprobe
// that is asked for nothing.
#include "../tiny.h"

enum { READ = 1, WRITE = 2, PRIVATE = 2, SHARED = 1, FIXED = 16, ANONYMOUS = 32, GROWSDOWN = 0x100, PAGE = 4096, SIGSEGV = 11, SA_SIGINFO = 4,
       UCONTEXT_PC = 22, UCONTEXT_RA = 23, MAYMOVE = 1, REMAP_FIXED = 2, DONTUNMAP = 4, RLIMIT_STACK = 3, NR_hwprobe = 258 };
#define PROT_GROWSDOWN 0x1000000
#define PROT_GROWSUP 0x2000000

typedef struct { void (*handler)(int, s32 *, u64 *); u64 flags; u64 mask; } Action;

static int faulted;

static void on_fault(int number, s32 *info, u64 *context) {
    faulted = 1;
    context[UCONTEXT_PC] = context[UCONTEXT_RA];
}
// A function of its own, so that the return address is where to go on after a fault.
__attribute__((noinline, naked)) static void store(u64 address) { __asm__("sd a0, (a0)\n ret"); }
static int touches(u64 address) {
    faulted = 0;
    store(address);
    return !faulted;
}
static u64 map(u64 address, u64 length, int flags) { return (u64)SYS(NR_mmap, address, length, READ | WRITE, PRIVATE | ANONYMOUS | FIXED | flags, -1, 0); }

static void growing(void) {
    u64 at = 0x30000000;
    map(at, 2 * PAGE, GROWSDOWN);
    out_named("the page below", touches(at - 8));
    out_named("the next but one", touches(at - 3 * PAGE));
    out_named("what is between", touches(at - 2 * PAGE));
    out_named("a million bytes below", touches(at - 1000000));
    map(at - 0x700000, PAGE, 0);
    out_named("one megabyte above another mapping", touches(at - 0x700000 + PAGE + 256 * PAGE));
    out_named("nearer", touches(at - 0x700000 + PAGE + 255 * PAGE));
    SYS(NR_mprotect, at - 0x700000, PAGE, 0);
    out_named("near to one without rights", touches(at - 0x700000 + PAGE + 16));
    out_named("below a mapping that does not grow", touches(at - 0x700000 - PAGE));
    int pipe[2];
    SYS(NR_pipe2, pipe, 0);
    SYS(NR_write, pipe[1], "pipe", 4);
    u64 other = 0x38000000;
    map(other, PAGE, GROWSDOWN);
    out_named("the kernel's store grows it", SYS(NR_read, pipe[0], other - 4096, 4));
    out_named("kept", *(u32 *)(other - 4096) == 0x65706970);
    out_named("growing shared memory", SYS(NR_mmap, 0, PAGE, READ, SHARED | ANONYMOUS | GROWSDOWN, -1, 0));
    out_named("PROT_GROWSDOWN", SYS(NR_mprotect, other, PAGE, READ | PROT_GROWSDOWN));
    out_named("down to its start", touches(other - 4096));
    out_named("PROT_GROWSDOWN elsewhere", SYS(NR_mprotect, (u64)growing & -4096ul, PAGE, READ | 4 | PROT_GROWSDOWN));
    out_named("PROT_GROWSUP", SYS(NR_mprotect, other, PAGE, READ | PROT_GROWSUP));
}
static void moving(void) {
    u64 old = map(0x40000000, 4 * PAGE, 0);
    for (u64 i = 0; i < 4; i++) *(u64 *)(old + i * PAGE) = i + 1;
    u64 new = (u64)SYS(NR_mremap, old, 4 * PAGE, 4 * PAGE, MAYMOVE | DONTUNMAP, 0);
    out_named("moved", new != old && new < 1ul << 38);
    for (u64 i = 0; i < 4; i++) out_named("new", (s64)*(u64 *)(new + i * PAGE));
    for (u64 i = 0; i < 4; i++) out_named("old", (s64)*(u64 *)(old + i * PAGE));
    *(u64 *)old = 50;
    out_named("to a place of its own", (u64)SYS(NR_mremap, old, PAGE, PAGE, MAYMOVE | DONTUNMAP | REMAP_FIXED, 0x41000000) == 0x41000000);
    out_named("contents there", *(u64 *)0x41000000);
    out_named("left empty", *(u64 *)old);
    out_named("another size", SYS(NR_mremap, old, PAGE, 2 * PAGE, MAYMOVE | DONTUNMAP, 0));
    out_named("without MREMAP_MAYMOVE", SYS(NR_mremap, old, PAGE, PAGE, DONTUNMAP, 0));
    // In several pieces for the kernel.
    SYS(NR_mprotect, old + PAGE, PAGE, READ);
    SYS(NR_mprotect, old + PAGE, PAGE, READ | WRITE);
    *(u64 *)(old + PAGE) = 60;
    new = (u64)SYS(NR_mremap, old, 3 * PAGE, 3 * PAGE, MAYMOVE | DONTUNMAP, 0);
    out_named("pieces", (s64)*(u64 *)(new + PAGE));
    out_named("left", (s64)*(u64 *)(old + PAGE));
}
static __attribute__((noinline)) u64 descend(u64 depth) {
    volatile u64 frame[512];
    frame[0] = depth;
    return depth == 0 ? 0 : descend(depth - 1) + (frame[0] & 1);
}
static void stack(void) {
    u64 limit[2] = { 64ul << 20, -1ul };
    u64 old[2];
    SYS(NR_prlimit64, 0, RLIMIT_STACK, 0, old);
    limit[1] = old[1];
    out_named("raised", SYS(NR_prlimit64, 0, RLIMIT_STACK, limit, 0));
    out_named("a stack of 40 MB", (s64)descend(10000));
}
int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    static u64 other_stack[1024];
    struct { u64 base; s32 flags; u64 size; } alternate = { (u64)other_stack, 0, sizeof other_stack };
    Action action = { on_fault, SA_SIGINFO, 0 };
    SYS(NR_rt_sigaction, SIGSEGV, &action, 0, 8);
    SYS(NR_sigaltstack, &alternate, 0);
    growing();
    moving();
    stack();
    out_named("hwprobe of nothing", SYS(NR_hwprobe, 0, 0, 0, 0, 0));
    out_named("hwprobe of nothing anywhere", SYS(NR_hwprobe, 1, 0, 0, 0, 0));
    u64 nobody = 0;
    out_named("hwprobe of no processor", SYS(NR_hwprobe, 0, 0, 8, &nobody, 0));
    s64 pairs[4] = { 3, 0, 1000000, 5 };
    out_named("hwprobe", SYS(NR_hwprobe, pairs, 2, 0, 0, 0));
    out_named("known", pairs[0]);
    out_named("unknown", pairs[2]);
    out_named("and its value", pairs[3]);
    return 0;
}
