// System calls given bad pointers, descriptors, numbers: the error numbers that Linux answers.
#include "../tiny.h"

enum { AT_FDCWD = -100 };
#define WILD ((void *)0x123456780ul)
#define KERNEL ((void *)0xffffffff80000000ul)

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    out_named("unknown call", SYS(9999));
    out_named("negative call", SYS(-5));
    out_named("write wild", SYS(NR_write, 1, WILD, 4));
    out_named("write kernel", SYS(NR_write, 1, KERNEL, 4));
    out_named("write null", SYS(NR_write, 1, 0, 4));
    out_named("write nothing", SYS(NR_write, 1, WILD, 0));
    out_named("open wild", SYS(NR_openat, AT_FDCWD, WILD, 0));
    out_named("stat wild", SYS(NR_newfstatat, AT_FDCWD, "/", WILD, 0));
    out_named("stat null path", SYS(NR_newfstatat, AT_FDCWD, 0, WILD, 0));
    out_named("pipe wild", SYS(NR_pipe2, WILD, 0));
    out_named("uname wild", SYS(NR_uname, WILD));
    out_named("clock wild", SYS(NR_clock_gettime, 0, WILD));
    out_named("bad clock", SYS(NR_clock_gettime, 77, 0));
    out_named("random wild", SYS(NR_getrandom, WILD, 8, 0));
    out_named("cwd wild", SYS(NR_getcwd, WILD, 100));
    out_named("writev wild", SYS(NR_writev, 1, WILD, 2));
    out_named("writev negative", SYS(NR_writev, 1, WILD, -1));
    out_named("sigaction wild", SYS(NR_rt_sigaction, 10, WILD, 0, 8));
    out_named("sigaction size", SYS(NR_rt_sigaction, 10, 0, 0, 4));
    out_named("sigaction number", SYS(NR_rt_sigaction, 65, 0, 0, 8));
    s64 bad_time[2] = { 0, 2000000000 };
    out_named("sleep bad", SYS(NR_nanosleep, bad_time, 0));
    out_named("bad descriptor", SYS(NR_read, 77, 0, 0));
    out_named("negative descriptor", SYS(NR_write, -1, "x", 1));
    out_named("bad ioctl", SYS(NR_ioctl, 77, 0x5413, WILD));
    out_named("bad fcntl", SYS(NR_fcntl, 77, 1));
    out_named("kill nobody", SYS(NR_tgkill, -1, -1, 0));
    out_named("signal number", SYS(NR_kill, SYS(NR_getpid), 99));
    out_named("signal zero", SYS(NR_kill, SYS(NR_getpid), 0));

    // A buffer whose second half is missing: the call fails, or does what lies before the hole.
    u8 *page = (u8 *)SYS(NR_mmap, 0, 8192, 3, 0x22, -1, 0);
    SYS(NR_munmap, page + 4096, 4096);
    memset(page, 'a', 4096);
    out_named("stat over the edge", SYS(NR_newfstatat, AT_FDCWD, "/", page + 4096 - 64, 0));
    out_named("path over the edge", SYS(NR_openat, AT_FDCWD, page + 4000, 0));
    return 0;
}
