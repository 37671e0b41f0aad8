// Clocks, random numbers, identities, limits, uname: facts that hold wherever the program runs.
#include "../tiny.h"

static u64 nanoseconds(long clock) {
    s64 time[2] = { 0, 0 };
    if (SYS(NR_clock_gettime, clock, time)) return 0;
    return (u64)time[0] * 1000000000ul + (u64)time[1];
}
static u64 counter(int which) {
    u64 value;
    if (which == 0) __asm__ volatile("rdcycle %0" : "=r"(value));
    else if (which == 1) __asm__ volatile("rdtime %0" : "=r"(value));
    else __asm__ volatile("rdinstret %0" : "=r"(value));
    return value;
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    out_named("realtime is late", nanoseconds(0) > 1600000000ul * 1000000000ul);
    u64 before = nanoseconds(1);
    s64 pause[2] = { 0, 2000000 };
    out_named("sleep", SYS(NR_nanosleep, pause, 0));
    out_named("monotonic passed 2 ms", nanoseconds(1) - before >= 2000000);
    out_named("process clock runs", nanoseconds(2) > 0);
    s64 pair[2];
    out_named("resolution", SYS(NR_clock_getres, 1, pair));
    out_named("one nanosecond", pair[0] == 0 && pair[1] == 1);
    out_named("gettimeofday", SYS(NR_gettimeofday, pair, 0));
    out_named("microseconds in range", pair[1] >= 0 && pair[1] < 1000000);
    for (int which = 0; which < 3; which++) {
        u64 first = counter(which);
        u64 ahead = first;
        for (int tries = 0; tries < 1000000 && ahead == first; tries++) ahead = counter(which);
        out_named("counter advances", ahead > first);
    }
    u64 random[4] = { 0, 0, 0, 0 };
    out_named("getrandom", SYS(NR_getrandom, random, 32, 0));
    out_named("random differs", random[0] != random[1] && random[2] != random[3] && random[0] != 0);
    char names[6][65];
    out_named("uname", SYS(NR_uname, names));
    out(names[0]);
    out(" ");
    out(names[4]);
    out("\n");
    out_named("ids", SYS(NR_getpid) > 0 && SYS(NR_getpid) == SYS(NR_gettid) && SYS(NR_getppid) >= 0);
    out_named("set_tid_address", SYS(NR_set_tid_address, pair) == SYS(NR_gettid));
    u64 limit[2];
    out_named("prlimit", SYS(NR_prlimit64, 0, 3, 0, limit));
    out_named("stack limit set", limit[0] >= 65536 && limit[0] <= limit[1]);
    out_named("prlimit bad", SYS(NR_prlimit64, 0, 99, 0, limit));
    u64 info[16];
    out_named("sysinfo", SYS(NR_sysinfo, info));
    out_named("has memory", info[4] > 0);
    u64 usage[18];
    out_named("getrusage", SYS(NR_getrusage, 0, usage));
    u64 ticks[4];
    out_named("times", SYS(NR_times, ticks) != 0);
    u64 mask = 1ul << 9, old = 0;
    out_named("block a signal", SYS(NR_rt_sigprocmask, 0, &mask, 0, 8));
    out_named("read the mask", SYS(NR_rt_sigprocmask, 0, 0, &old, 8));
    out_named_hex("mask", old);
    return 0;
}
