// Every system call of wild.calls with arguments that nobody would pass on purpose: `wild SEED FIRST COUNT`, from call FIRST on COUNT of them, each round in a child
// of its own below an empty working directory. One line tells what a call answered in each round: an error's number, `ok`, or `died` and how. Where an answer is a
// number, it is no more than `ok`: descriptors, times and addresses are not the same everywhere. The same source compiled for the host must print the same.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// Newer than the headers of Debian 12; these have one number on all machines.
enum { NR_cachestat = 451, NR_fchmodat2, NR_map_shadow_stack, NR_futex_wake, NR_futex_wait, NR_futex_requeue, NR_statmount, NR_listmount, NR_lsm_get_self_attr,
       NR_lsm_set_self_attr, NR_lsm_list_modules };
#ifndef SYS_cachestat
#define SYS_cachestat NR_cachestat
#define SYS_fchmodat2 NR_fchmodat2
#define SYS_futex_wake NR_futex_wake
#define SYS_futex_wait NR_futex_wait
#define SYS_futex_requeue NR_futex_requeue
#define SYS_statmount NR_statmount
#define SYS_listmount NR_listmount
#define SYS_lsm_get_self_attr NR_lsm_get_self_attr
#define SYS_lsm_set_self_attr NR_lsm_set_self_attr
#define SYS_lsm_list_modules NR_lsm_list_modules
#endif

static const struct call {
    const char *name;
    long number;
    const char *kinds;
} calls[] = {
#define CALL(name, kinds) {#name, SYS_##name, kinds},
#define LEFT(name, reason)
#include "../wild.calls"
};

enum { Page = 4096, Rounds = 6, FirstDescriptor = 20, Descriptors = 11, LongPath = 5000, Longest = 10 };

static uint64_t state;
static uint64_t next(void) {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * 0x2545f4914f6cdd1dul;
}
#define ONE_OF(list) list[next() % (sizeof list / sizeof *list)]

// Zeros, small numbers, ones, noise, a page to read only and one that nobody may touch; then the path that is too long, and nothing behind it.
static char *arena;
enum { ReadOnly = 4 * Page, Nobody = 5 * Page, Path = 6 * Page, ArenaSize = 8 * Page };
static void make_arena(void) {
    char *place = mmap(0, ArenaSize + 32 * Page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    arena = place + 16 * Page;
    // What begins below or ends above the arena meets nothing.
    munmap(place, 8 * Page);
    munmap(arena + ArenaSize + 8 * Page, 8 * Page);
    mprotect(arena, ArenaSize, PROT_READ | PROT_WRITE);
    for (int i = 0; i < Page / 4; i++) ((int *)(arena + Page))[i] = i % 4;
    memset(arena + 2 * Page, 255, Page);
    for (int i = 0; i < Page / 8; i++) ((uint64_t *)(arena + 3 * Page))[i] = next();
    memset(arena + Path, 'a', 2 * Page);
    arena[Path + LongPath] = 0;
    mprotect(arena + ReadOnly, Page, PROT_READ);
    mprotect(arena + Nobody, Page, PROT_NONE);
}
static long pick_pointer(void) {
    const long wild[] = {0, 1, 8, -1, -8, -Page, INT64_MIN, 0x4141414141414141, (long)1 << 62};
    const long places[] = {0, 8, Page, Page + 4, 2 * Page, 3 * Page, ReadOnly, Nobody, Nobody - 4, Path - 8, ArenaSize - 4, ArenaSize - 1, ArenaSize};
    return next() % 3 == 0 ? ONE_OF(wild) : (long)(arena + ONE_OF(places));
}
static long pick(char kind) {
    static const char *const names[] = {"", ".", "file", "folder", "none", "none/such", "file/x", "link", "turning", "folder/../file"};
    static const long descriptors[] = {-1, 19, 9999, INT32_MAX, INT32_MIN, AT_FDCWD};
    static const long lengths[] = {0, 1, 4, 8, 16, 24, 128, Page, 5 * Page, 1 << 20, INT32_MAX, -1, INT64_MIN, INT64_MAX};
    static const long spans[] = {0, 1, Page, 3 * Page, -1, (long)1 << 62, INT64_MAX};
    static const long numbers[] = {0, 1, 2, 3, 4, 5, 6, 8, 9, 16, 17, 32, 64, 65, 0x100, 0x400, 0x800, 0x1000, 0x4000, 0x80000, INT32_MAX, INT32_MIN, -1, -2};
    static const long requests[] = {0, 1, 0x541b, 0x5401, 0x5413, 0x5411, 0x540f, 0x5450, 0x5451, -1, 0x80087601, 0x7fffffff};
    static const long counts[] = {0, 1, 2, 3, 1024, 1025, -1};
    static const long operations[] = {1, 3, 4, 5, 0x81, 0x83, 0x84, 0x85, 7, 0x87, 10, 0x8a, 99, -1};
    switch (kind) {
    case 'a': return (long)(next() % 4 ? arena + next() % 9 * Page : arena + 12); // where mappings are changed
    case 'f': return next() % 3 == 0 ? ONE_OF(descriptors) : FirstDescriptor + (long)(next() % Descriptors);
    case 'i': return ONE_OF(numbers);
    case 'j': return ONE_OF(counts);
    case 'm': return ONE_OF(spans);
    case 'n': return INT32_MAX - (long)(next() % 8); // a process, or a thing of System V, that there is not
    case 'o': return (long)(next() % 2);             // milliseconds
    case 'q': return ONE_OF(requests);
    case 'p': case 'v': return pick_pointer();
    case 's': return next() % 3 == 0 ? pick_pointer() : next() % 6 == 0 ? (long)(arena + Path) : (long)ONE_OF(names);
    case 't': return next() % 2 ? (long)arena : (long)(arena + (next() % 2 ? 2 * Page : Nobody)); // no time, a wrong one, none that can be read
    case 'x': return ONE_OF(operations);
    case 'z': return ONE_OF(lengths);
    }
    abort();
}
static void put(int place, int descriptor) {
    if (descriptor < 0 || dup2(descriptor, FirstDescriptor + place) < 0) abort();
    close(descriptor);
}
static void make_descriptors(void) {
    int ends[2], pair[2];
    if (pipe2(ends, O_NONBLOCK) || socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair)) abort();
    put(0, ends[0]);
    put(1, ends[1]);
    put(2, open("file", O_RDWR));
    put(3, open("folder", O_RDONLY));
    put(4, open("/dev/null", O_RDWR));
    put(5, pair[0]);
    put(6, pair[1]);
    put(7, epoll_create1(0));
    put(8, eventfd(0, EFD_NONBLOCK));
    put(9, timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK));
    put(10, inotify_init1(IN_NONBLOCK));
}
static void make_files(void) {
    if (unlinkat(AT_FDCWD, "file", 0) && errno != ENOENT) rmdir("file");
    int file = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || write(file, "something\n", 10) != 10) abort();
    close(file);
    if (mkdir("folder", 0700) && errno != EEXIST) abort();
    if (chmod("folder", 0700)) abort();
    if (symlink("file", "link") && errno != EEXIST) abort();
    if (symlink("turning", "turning") && errno != EEXIST) abort();
}
static long *answer;
static void make_call(const struct call *call) {
    long arguments[6] = {0};
    for (int i = 0; call->kinds[i]; i++) arguments[i] = pick(call->kinds[i]);
    errno = 0;
    long result = syscall(call->number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
    *answer = result == -1 ? errno : 0;
    _exit(0);
}
static void run(const struct call *call) {
    *answer = -1;
    pid_t child = fork();
    if (child == 0) make_call(call);
    sigset_t ended;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    int status;
    struct timespec most = {Longest, 0};
    while (sigtimedwait(&ended, 0, &most) < 0 && errno == EINTR) {}
    if (waitpid(child, &status, WNOHANG) == 0) {
        kill(child, SIGKILL);
        waitpid(child, &status, 0);
        printf(" blocked");
    } else if (*answer < 0)
        WIFSIGNALED(status) ? printf(" died:%d", WTERMSIG(status)) : printf(" left:%d", WEXITSTATUS(status));
    else
        *answer ? printf(" %ld", *answer) : printf(" ok");
}

int main(int argc, char **argv) {
    if (argc < 4) return 2;
    sigset_t ended;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ended, 0);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    setvbuf(stdout, 0, _IOFBF, 1 << 16);
    uint64_t seed = strtoul(argv[1], 0, 10) * 0x9e3779b97f4a7c15ul;
    int first = atoi(argv[2]), count = atoi(argv[3]), all = sizeof calls / sizeof *calls;
    state = seed | 1;
    answer = mmap(0, Page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    make_arena();
    for (int i = first; i < first + count && i < all; i++) {
        printf("%s", calls[i].name);
        for (int round = 0; round < Rounds; round++) {
            state = (seed ^ (uint64_t)(i * Rounds + round + 1) * 0xff51afd7ed558ccdul) | 1;
            make_files();
            make_descriptors();
            next();
            fflush(stdout);
            run(&calls[i]);
        }
        printf("\n");
    }
    return 0;
}
