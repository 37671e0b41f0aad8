// Synchronous signals with a handler: which signal, si_code, the fault address, and the program counter relative to
// the faulting instruction. The handler steps over the instruction.
#include "../tiny.h"

enum { SIGILL = 4, SIGTRAP = 5, SIGUSR1 = 10, SIGSEGV = 11, SA_SIGINFO = 4, SA_ONSTACK = 0x08000000, SA_NODEFER = 0x40000000 };

typedef struct { void (*handler)(int, s32 *, u64 *); u64 flags; u64 mask; } Action;
typedef struct { u64 base; s32 flags; u64 size; } Stack;

static u64 expected_pc, skip_to, deepest;

// ucontext: uc_flags, uc_link, stack (3 words), sigmask in a field of 128 bytes, then padding to 16: pc is word 22.
enum { UCONTEXT_PC = 22 };

static void on_signal(int number, s32 *info, u64 *context) {
    out("signal ");
    out_s64(number);
    out(" code ");
    out_s64(info[2]);
    if (number == SIGSEGV) {
        out(" address ");
        out_hex(*(u64 *)(info + 4), 16);
    }
    if (expected_pc) {
        out(" pc off by ");
        out_s64((s64)(context[UCONTEXT_PC] - expected_pc));
    }
    out("\n");
    context[UCONTEXT_PC] = skip_to ? skip_to : context[UCONTEXT_PC];
}
static void on_overflow(int number, s32 *info, u64 *context) {
    u64 here = (u64)__builtin_frame_address(0);
    out_named("overflow signal", number);
    out_named("fault lies below the frame", *(u64 *)(info + 4) < deepest);
    out_named("handler runs on the other stack", here - (*(u64 *)(info + 4)) > 65536 || here < *(u64 *)(info + 4));
    leave(3);
}
static __attribute__((noinline)) u64 descend(u64 depth) {
    volatile u64 frame[64];
    deepest = (u64)&frame[63];
    frame[0] = depth;
    return descend(depth + 1) + frame[0];
}
static void install(int number, void (*handler)(int, s32 *, u64 *), u64 flags) {
    Action action = { handler, SA_SIGINFO | flags, 0 };
    long error = SYS(NR_rt_sigaction, number, &action, 0, 8);
    if (error) out_named("rt_sigaction failed", error);
}

// Runs one instruction at a known place: label 1 is its address, label 2 the one to go on with.
#define FAULT(name, instruction, operand)                                                       \
    do {                                                                                        \
        out(name ": ");                                                                         \
        __asm__ volatile("la t0, 1f\n sd t0, %0\n la t0, 2f\n sd t0, %1\n mv t1, %2\n"          \
                         ".option push\n.option norvc\n"                                        \
                         "1: " instruction "\n2:\n.option pop\n"                                \
                         : "=m"(expected_pc), "=m"(skip_to) : "r"(operand) : "t0", "t1", "t2", "memory"); \
    } while (0)

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    int numbers[] = { SIGILL, SIGTRAP, SIGSEGV, SIGUSR1 };
    for (int i = 0; i < 4; i++) install(numbers[i], on_signal, 0);
    FAULT("load byte", "lb t2, 0(t1)", 0x123456789ul);
    FAULT("load double", "ld t2, 8(t1)", 0x123456780ul);
    FAULT("store half", "sh t2, -2(t1)", 0x123456780ul);
    FAULT("store null", "sd t2, 0(t1)", 0);
    FAULT("atomic", "amoadd.d t2, t2, (t1)", 0x123456780ul);
    FAULT("reserved", "lr.w t2, (t1)", 0x123456784ul);
    FAULT("float load", "fld ft0, 16(t1)", 0x123456780ul);
    u64 page = (u64)SYS(NR_mmap, 0x20000000, 8192, 3, 0x32, -1, 0);
    *(volatile u64 *)page = 1;
    SYS(NR_mprotect, page, 4096, 1);
    FAULT("read-only page", "sw t2, 4(t1)", 0x20000000ul);
    SYS(NR_munmap, page + 4096, 4096);
    FAULT("unmapped page", "ld t2, 0(t1)", 0x20001000ul);
    FAULT("illegal", ".4byte 0xffffffff", 0);
    FAULT("break", "ebreak", 0);
    expected_pc = skip_to = 0;
    SYS(NR_tgkill, SYS(NR_getpid), SYS(NR_gettid), SIGUSR1);
    u64 other = (u64)SYS(NR_mmap, 0, 65536, 3, 0x22, -1, 0);
    Stack stack = { other, 0, 65536 };
    SYS(NR_sigaltstack, &stack, 0);
    install(SIGSEGV, on_overflow, SA_ONSTACK);
    return (int)descend(1);
}
