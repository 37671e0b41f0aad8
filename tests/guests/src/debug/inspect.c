// What a debugger looks at: frames, variables, structures, threads, signals, a crash, a loop and a call without end. Compiled without optimisation and with debug information.
//   inspect [walk|threads|signal|crash|spin|wait|fork]
#include "../tiny.h"

struct point {
    int x, y;
    const char *name;
    double weight;
};

struct point spot = {1, 2, "here", 1.5};
volatile long total;
volatile long started;
volatile int caught;
volatile int stop;

static int square(int value) {
    int result = value * value;
    return result;
}

static long sum(int count) {
    long all = 0;
    for (int i = 1; i <= count; i++) {
        all += square(i);
        total = all;
    }
    return all;
}

static int walk(void) {
    long result = sum(5);
    spot.x = (int)result;
    out_named("sum", result);
    out_named("total", total);
    return 3;
}

// ---- threads

enum { NR_futex = 98, NR_clone = 220, NR_tkill = 130 };
static u64 stack[2048] __attribute__((aligned(16)));
static volatile int alive;

__attribute__((noinline)) static long start_thread(void (*body)(long), long argument, u64 *top) {
    top -= 2;
    top[0] = (u64)body;
    top[1] = (u64)argument;
    // VM FS FILES SIGHAND THREAD SYSVSEM PARENT_SETTID CHILD_CLEARTID
    register long a0 __asm__("a0") = 0x350f00;
    register long a1 __asm__("a1") = (long)top;
    register long a2 __asm__("a2") = (long)&alive;
    register long a3 __asm__("a3") = 0;
    register long a4 __asm__("a4") = (long)&alive;
    register long a7 __asm__("a7") = NR_clone;
    __asm__ volatile("ecall\n bnez a0, 1f\n ld t0, 0(sp)\n ld a0, 8(sp)\n li ra, 0\n li s0, 0\n jalr t0\n li a0, 0\n li a7, 93\n ecall\n 1:"
                     : "+r"(a0) : "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a7) : "t0", "ra", "memory");
    return a0;
}

static void work(long argument) {
    started = 1;
    total += argument;
}

static void join_thread(void) {
    for (int left; (left = alive) != 0;) SYS(NR_futex, &alive, 0, left, 0);
}

static int threads(void) {
    start_thread(work, 7, stack + 2048);
    join_thread();
    out_named("total", total);
    return 4;
}

// ---- signals

enum { SIGUSR1 = 10 };
struct action {
    void (*handler)(int);
    u64 flags, mask;
};

static void on_signal(int signal) { caught = signal; }

static int send_signal(void) {
    struct action action = {on_signal, 0, 0};
    SYS(NR_rt_sigaction, SIGUSR1, &action, 0, 8);
    SYS(NR_tkill, SYS(NR_gettid), SIGUSR1);
    out_named("caught", caught);
    return 5;
}

static int crash(volatile int *where) {
    *where = 1;
    return 6;
}

// ---- without end

static int spin(void) {
    out("spin\n");
    while (!stop) total++;
    return 7;
}

static int wait_for_nothing(void) {
    out("wait\n");
    SYS(NR_ppoll, 0, 0, 0, 0, 0);
    return 8;
}

static int fork_child(void) {
    long child = SYS(NR_clone, 17, 0, 0, 0, 0);
    if (child == 0) {
        sum(3);
        SYS(NR_exit_group, 0);
    }
    int status = -1;
    SYS(260, child, &status, 0, 0); // wait4
    out_named("child", status);
    sum(2);
    return 9;
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    const char *what = argc > 1 ? argv[1] : "walk";
    (void)envp;
    (void)auxv;
    if (text_equal(what, "walk")) return walk();
    if (text_equal(what, "threads")) return threads();
    if (text_equal(what, "signal")) return send_signal();
    if (text_equal(what, "crash")) return crash((int *)0x18);
    if (text_equal(what, "spin")) return spin();
    if (text_equal(what, "wait")) return wait_for_nothing();
    if (text_equal(what, "fork")) return fork_child();
    return 1;
}
