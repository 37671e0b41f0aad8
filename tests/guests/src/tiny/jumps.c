// Jumps to where no code can be: each is a fault with the target as its address, and fence.i, mprotect, mmap and munmap afterwards do what
// they always do. What could not be fetched can be once it is mapped.
#include "../tiny.h"

enum { SIGBUS = 7, SIGSEGV = 11, SA_SIGINFO = 4, UCONTEXT_PC = 22, UCONTEXT_RA = 23, PAGE = 4096 };

typedef struct { void (*handler)(int, s32 *, u64 *); u64 flags; u64 mask; } Action;

static u64 fault_at;
static int fault_signal;

// The jump was a call: go on behind it.
static void on_fault(int number, s32 *info, u64 *context) {
    fault_signal = number;
    fault_at = *(u64 *)(info + 4);
    context[UCONTEXT_PC] = context[UCONTEXT_RA];
}
static u64 call(u64 target) {
    register u64 a0 __asm__("a0") = 0;
    fault_signal = 0;
    __asm__ volatile("jalr ra, %1" : "+r"(a0) : "r"(target) : "ra", "t0", "t1", "t2", "a1", "memory");
    return a0;
}
static void jump(const char *name, u64 target) {
    call(target);
    out(name);
    out(fault_signal == SIGSEGV ? " faults" : " does not fault");
    out(fault_at == (target & ~1ul) ? " there\n" : " elsewhere\n");
}
static void change_everything(void) {
    __asm__ volatile("fence.i" : : : "memory");
    u64 page = (u64)SYS(NR_mmap, 0, 4 * PAGE, 7, 0x22, -1, 0);
    SYS(NR_mprotect, page, 2 * PAGE, 5);
    SYS(NR_munmap, page, 4 * PAGE);
    __asm__ volatile("fence.i" : : : "memory");
}
int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    static const struct { const char *name; u64 target; } targets[] = {
        { "null", 0 }, { "two", 2 }, { "odd", 3 }, { "last of the space", (1ul << 38) - 2 }, { "last word of the space", (1ul << 38) - 4 },
        { "behind the space", 1ul << 38 }, { "2^39", 1ul << 39 }, { "2^47", 1ul << 47 }, { "2^47 - 2", (1ul << 47) - 2 },
        { "2^63", 1ul << 63 }, { "-4096", -4096ul }, { "-4", -4ul }, { "-2", -2ul }, { "-1", -1ul },
    };
    Action action = { on_fault, SA_SIGINFO, 0 };
    SYS(NR_rt_sigaction, SIGSEGV, &action, 0, 8);
    SYS(NR_rt_sigaction, SIGBUS, &action, 0, 8);
    for (u64 i = 0; i < sizeof targets / sizeof *targets; i++) {
        jump(targets[i].name, targets[i].target);
        change_everything();
    }

    u64 seed = 20251, wrong = 0;
    for (int i = 0; i < 2000; i++) {
        u64 target = random_next(&seed) >> (random_next(&seed) & 63);
        if (target < 0x100000000ul) target |= 0x100000000ul;
        if (target >= 0x2000000000ul && target < 1ul << 38) target += 1ul << 38; // libraries and the stack lie there
        call(target);
        wrong += fault_signal != SIGSEGV || fault_at != (target & ~1ul);
        if (i % 100 == 0) change_everything();
    }
    out_named("wrong random jumps", (s64)wrong);

    // A page that could not be fetched from is mapped, given the right, loses it.
    u64 page = 0x30000000;
    jump("before it is mapped", page);
    u32 *code = (u32 *)SYS(NR_mmap, page, PAGE, 3, 0x32, -1, 0);
    code[0] = 0x00700513; // li a0, 7
    code[1] = 0x00008067; // ret
    jump("before it may be executed", page);
    SYS(NR_mprotect, page, PAGE, 7);
    __asm__ volatile("fence.i" : : : "memory");
    out_named("mapped", (s64)call(page));

    // An instruction of four bytes whose second half lies in the next page.
    *(u16 *)(page + PAGE - 2) = 0x0513; // the lower half of li a0, 9
    __asm__ volatile("fence.i" : : : "memory");
    call(page + PAGE - 2);
    out_named("half an instruction faults", fault_signal);
    out_named("at its second half", fault_at == page + PAGE);
    SYS(NR_mmap, page + PAGE, PAGE, 7, 0x32, -1, 0);
    *(u16 *)(page + PAGE) = 0x0090;     // the upper half
    *(u16 *)(page + PAGE + 2) = 0x8082; // ret
    out_named("the other half is mapped", (s64)call(page + PAGE - 2));
    SYS(NR_munmap, page + PAGE, PAGE);
    call(page + PAGE - 2);
    out_named("and is gone", fault_signal);
    return 0;
}
