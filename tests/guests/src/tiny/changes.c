// What happens to a program beside its instructions, told by itself, one theme an argument: `signals` (where a handler's signal found the program, and where the handler is), `maps` (changes
// of the address space, then /proc/self/maps), `waits` (three calls that wait and three that could and do not).
#include "../tiny.h"

enum { SIGTRAP = 5, SIGUSR1 = 10, SIGSEGV = 11, SA_SIGINFO = 4, SA_NODEFER = 0x40000000, UCONTEXT_PC = 22, NR_timerfd_create = 85, NR_timerfd_settime = 86 };

typedef struct { void (*handler)(int, s32 *, u64 *); u64 flags; u64 mask; } Action;

static u64 skip_to;

static void on_signal(int number, s32 *info, u64 *context) {
    (void)info;
    out_u64((u64)number);
    out(" from 0x");
    out_hex(context[UCONTEXT_PC], 8);
    out(" to 0x");
    out_hex((u64)on_signal, 8);
    out("\n");
    // From inside of a handler, once.
    if (number == SIGSEGV) SYS(NR_tgkill, SYS(NR_getpid), SYS(NR_gettid), SIGUSR1);
    if (skip_to && number != SIGUSR1) context[UCONTEXT_PC] = skip_to;
}
#define FAULT(instruction)                                                                  \
    __asm__ volatile("la t0, 2f\n sd t0, %0\n .option push\n.option norvc\n" instruction "\n2:\n.option pop\n" : "=m"(skip_to) : : "t0", "t1", "memory")

static void signals(void) {
    int numbers[] = { SIGTRAP, SIGUSR1, SIGSEGV };
    for (int i = 0; i < 3; i++) {
        Action action = { on_signal, SA_SIGINFO | SA_NODEFER, 0 };
        SYS(NR_rt_sigaction, numbers[i], &action, 0, 8);
    }
    FAULT("sd zero, 0(zero)");
    FAULT("ebreak");
    SYS(NR_kill, SYS(NR_getpid), SIGUSR1);
}
static void maps(void) {
    u64 first = (u64)SYS(NR_mmap, 0, 0x9000, 3, 0x22, -1, 0);
    SYS(NR_munmap, first + 0x2000, 0x1000);
    SYS(NR_mprotect, first + 0x4000, 0x1800, 1);
    SYS(NR_mremap, first, 0x2000, 0x6000, 1);
    u64 heap = (u64)SYS(NR_brk, 0);
    SYS(NR_brk, heap + 0x5000);
    SYS(NR_brk, heap + 0x2000);
    long file = SYS(NR_openat, -100, "/proc/self/exe", 0);
    u64 mapped = (u64)SYS(NR_mmap, 0, 0x1000, 1, 2, file, 0);
    SYS(NR_mmap, first + 0x7000, 0x1000, 1, 0x12, file, 0);
    SYS(NR_close, file);
    static char text[4096];
    file = SYS(NR_openat, -100, "/proc/self/maps", 0);
    for (long n; (n = SYS(NR_read, file, text, sizeof text)) > 0;)
        for (long i = 0; i < n; i++) out_char(text[i]);
    (void)mapped;
}
static void waits(void) {
    s64 short_while[4] = { 0, 0, 0, 20 * 1000 * 1000 };
    SYS(NR_nanosleep, short_while + 2, 0);
    SYS(NR_ppoll, 0, 0, short_while + 2, 0, 8);
    u64 expirations;
    short_while[3] = 20 * 1000 * 1000; // ppoll has stored what was left
    long timer = SYS(NR_timerfd_create, 1, 0);
    SYS(NR_timerfd_settime, timer, 0, short_while, 0);
    SYS(NR_read, timer, &expirations, 8);
    int pipe[2];
    SYS(NR_pipe2, pipe, 0);
    SYS(NR_write, pipe[1], "x", 1);
    SYS(NR_read, pipe[0], &expirations, 1);
    SYS(NR_fcntl, pipe[0], 4, 04000);
    SYS(NR_read, pipe[0], &expirations, 1);
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    (void)envp;
    (void)auxv;
    const char *theme = argc > 1 ? argv[1] : "";
    if (text_equal(theme, "signals")) signals();
    else if (text_equal(theme, "maps")) maps();
    else if (text_equal(theme, "waits")) waits();
    else return 1;
    return 0;
}
