// What a process is told of, one theme an argument: `queue` (signals in order of number and sending, by handler, signalfd and sigtimedwait, faults sent from
// outside), `timers` (timer_create and its kinds), `fast` (timers that come faster than handlers run), `pidfd` (process descriptors, clone3, execveat, futex_waitv, namespaces),
// `calls` (which signals must not break), `copied` and `replaced` (a million instructions before a fork and two in each process after it; a million before an execve).
// What is printed is what the manual pages promise; the same source compiled for the host prints the same.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { Most = 64, Storm = 400 };

static volatile int seen, values[Most], codes[Most], overruns[Most];
static void note(int signal, siginfo_t *info, void *context) {
    if (seen < Most) {
        codes[seen] = info->si_code;
        overruns[seen] = info->si_overrun;
        values[seen++] = signal * 100 + info->si_value.sival_int;
    }
}
static void catch (int signal) {
    struct sigaction action = {.sa_sigaction = note, .sa_flags = SA_SIGINFO};
    sigaction(signal, &action, 0);
}
static void block(int how) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(how, &all, 0);
}
static void put(int signal, int value) {
    if (sigqueue(getpid(), signal, (union sigval){.sival_int = value})) perror("sigqueue");
}

static int queue(void) {
    block(SIG_BLOCK);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGRTMIN + 2);
    int descriptor = signalfd(-1, &set, SFD_CLOEXEC);
    for (int i = 0; i < 3; i++) put(SIGRTMIN + 2, i);
    kill(getpid(), SIGUSR1);
    kill(getpid(), SIGUSR1);
    struct signalfd_siginfo infos[8];
    int count = read(descriptor, infos, sizeof infos) / (int)sizeof infos[0];
    for (int i = 0; i < count; i++)
        printf("signalfd: %d code %d value %d from itself %d\n", infos[i].ssi_signo, infos[i].ssi_code, infos[i].ssi_int, infos[i].ssi_pid == (unsigned)getpid());

    for (int i = 0; i < 3; i++) put(SIGRTMIN + 2, 10 + i);
    siginfo_t info;
    struct timespec none = {0, 0};
    while (sigtimedwait(&set, &info, &none) > 0) printf("sigtimedwait: %d value %d\n", info.si_signo, info.si_value.sival_int);
    printf("then: %s\n", strerror(errno));

    for (int signal = SIGRTMIN; signal <= SIGRTMAX; signal++) catch (signal);
    for (int i = 0; i < 4; i++)
        for (int signal = SIGRTMAX - 2; signal >= SIGRTMIN; signal -= 7) put(signal, i);
    block(SIG_UNBLOCK);
    // The handler of the last that was unblocked runs first: handlers nest.
    printf("handlers:");
    for (int i = 0; i < seen; i++) printf(" %d", values[i]);

    int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP};
    for (int i = 0; i < 5; i++) catch (faults[i]);
    seen = 0;
    pid_t self = getpid(), child = fork();
    if (child == 0) {
        for (int i = 0; i < Storm; i++) kill(self, faults[i % 5]);
        _exit(0);
    }
    volatile double value = 1;
    while (waitpid(child, 0, WNOHANG) == 0) value *= 1.0000001;
    printf("\nfaults that were sent: seen %d\n", seen > 0);
    return 0;
}

static void timer(const char *name, int kind) {
    struct sigevent event = {.sigev_notify = kind, .sigev_signo = SIGRTMIN + 5, .sigev_value.sival_int = 77};
    event._sigev_un._tid = gettid();
    // The kernel's own call: the C library would start a thread for some.
    int id;
    printf("%s: create %ld", name, syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &id));
    seen = 0;
    block(SIG_BLOCK);
    struct itimerspec every = {{0, 1000000}, {0, 1000000}}, left;
    syscall(SYS_timer_settime, id, 0, &every, 0);
    nanosleep(&(struct timespec){0, 10500000}, 0);
    block(SIG_UNBLOCK);
    every = (struct itimerspec){{0, 0}, {100, 0}};
    syscall(SYS_timer_settime, id, 0, &every, &left);
    syscall(SYS_timer_gettime, id, &left);
    printf(" signals %d code %d value %d overruns %d left %ld", seen > 0, seen ? codes[0] : 0, seen ? values[0] % 100 : 0, seen ? overruns[0] >= 8 : 0, (long)left.it_value.tv_sec);
    printf(" overruns of a set timer %ld", syscall(SYS_timer_getoverrun, id));
    printf(" delete %ld", syscall(SYS_timer_delete, id));
    printf(" again %s\n", syscall(SYS_timer_delete, id) ? strerror(errno) : "0");
}
static void by_thread(union sigval value) { seen = value.sival_int; }
static int timers(void) {
    catch (SIGRTMIN + 5);
    timer("signal", SIGEV_SIGNAL);
    timer("thread", SIGEV_THREAD_ID);
    timer("none", SIGEV_NONE);
    timer_t library;
    struct sigevent event = {.sigev_notify = SIGEV_THREAD, .sigev_notify_function = by_thread, .sigev_value.sival_int = 9};
    struct itimerspec once = {{0, 0}, {0, 1000000}};
    seen = 0;
    int created = timer_create(CLOCK_MONOTONIC, &event, &library), set = timer_settime(library, 0, &once, 0);
    while (!seen) sched_yield();
    printf("by a new thread: create %d set %d value %d\n", created, set, seen);
    seen = 0;
    catch (SIGALRM);
    setitimer(ITIMER_REAL, &(struct itimerval){{0, 0}, {0, 2000}}, 0);
    while (!seen) pause();
    printf("itimer: %d\n", values[0] / 100 == SIGALRM);
    return 0;
}

struct waiter {
    uint64_t value, address;
    uint32_t flags, reserved;
};
static const char *why(long result) { return result < 0 ? strerror(errno) : "0"; }
static int pidfd(char *self) {
    setvbuf(stdout, 0, _IONBF, 0);
    int ends[2], descriptor = -1, status;
    if (pipe(ends)) return 1;
    struct clone_args arguments = {.flags = CLONE_PIDFD, .pidfd = (uintptr_t)&descriptor, .exit_signal = SIGCHLD};
    pid_t child = syscall(SYS_clone3, &arguments, sizeof arguments);
    if (child == 0) {
        pause();
        _exit(0);
    }
    struct pollfd poller = {descriptor, POLLIN, 0};
    printf("clone3: a descriptor %d, ends %d\n", descriptor >= 0, poll(&poller, 1, 0));
    int copy = syscall(SYS_pidfd_getfd, descriptor, ends[1], 0);
    printf("pidfd_getfd: %zd\n", write(copy, "x", 1));
    printf("pidfd_send_signal: %s\n", why(syscall(SYS_pidfd_send_signal, descriptor, SIGTERM, 0, 0)));
    siginfo_t info = {0};
    int waited = waitid(P_PIDFD, descriptor, &info, WEXITED);
    printf("waitid: %d signal %d code %d the child %d\n", waited, info.si_status, info.si_code == CLD_KILLED, info.si_pid == child);
    printf("pidfd_send_signal: %s\n", why(syscall(SYS_pidfd_send_signal, descriptor, 0, 0, 0)));
    printf("pidfd_open: %s\n", why(syscall(SYS_pidfd_open, child, 0)));

    uint32_t words[2] = {1, 2};
    struct waiter waits[2] = {{1, (uintptr_t)&words[0], 2, 0}, {3, (uintptr_t)&words[1], 2, 0}};
    printf("futex_waitv: %s\n", why(syscall(SYS_futex_waitv, waits, 2, 0, 0, 0)));
    waits[1].value = 2;
    struct timespec soon;
    clock_gettime(CLOCK_MONOTONIC, &soon);
    printf("futex_waitv: %s\n", why(syscall(SYS_futex_waitv, waits, 2, 0, &soon, CLOCK_MONOTONIC)));

    child = fork();
    if (child == 0) {
        char *names[] = {self, "exit", 0}, *none[] = {0};
        int file = open("/proc/self/exe", O_PATH | O_CLOEXEC);
        syscall(SYS_execveat, file, "", names, none, AT_EMPTY_PATH);
        _exit(1);
    }
    waitpid(child, &status, 0);
    printf("execveat: %d\n", WEXITSTATUS(status));

    int flags[] = {CLONE_NEWUTS, CLONE_FILES, CLONE_FS, 0x1};
    for (int i = 0; i < 4; i++) {
        child = fork();
        if (child == 0) {
            int result = unshare(flags[i]);
            _exit(result ? errno : 0);
        }
        waitpid(child, &status, 0);
        printf("unshare %x: %s\n", flags[i], i == 0 && WEXITSTATUS(status) == EPERM ? strerror(0) : strerror(WEXITSTATUS(status)));
    }
    return 0;
}

// Signals without SA_RESTART must not show in calls that never wait.
static int calls(void) {
    catch (SIGUSR1);
    pid_t self = getpid(), child = fork();
    if (child == 0)
        while (getppid() == self) kill(self, SIGUSR1);
    int broken = 0;
    for (int i = 0; i < 50000; i++) {
        broken += kill(self, 0) != 0;
        broken += getpriority(PRIO_PROCESS, 0) < 0;
        if (i % 5000) continue;
        pid_t other = fork();
        if (other == 0) _exit(0);
        broken += other < 0;
        while (waitpid(other, 0, 0) < 0) continue;
    }
    kill(child, SIGKILL);
    printf("calls that were broken: %d\n", broken);
    return 0;
}

// Two instructions a turn.
static void spin(long turns) {
    for (long i = 0; i < turns; i++) __asm__ volatile("");
}
static int copied(void) {
    spin(500000);
    pid_t child = fork();
    spin(1000000);
    if (child == 0) _exit(0);
    return waitpid(child, 0, 0) != child;
}
static int replaced(char *self) {
    char *names[] = {self, "exit", 0}, *none[] = {0};
    spin(500000);
    execve("/proc/self/exe", names, none);
    return 1;
}

static volatile long ticks;
static int fast_timer;
static void tick(int signal, siginfo_t *info, void *context) {
    // Whoever has handled one finds the next waiting: only a handler can make an end.
    if (++ticks == 1000) syscall(SYS_timer_settime, fast_timer, 0, &(struct itimerspec){0}, 0);
}
static void fast(int signal) {
    struct sigaction action = {.sa_sigaction = tick, .sa_flags = SA_SIGINFO};
    sigaction(signal, &action, 0);
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = signal};
    struct itimerspec every = {{0, 1000}, {0, 1000}};
    sigset_t one, waiting;
    sigemptyset(&one);
    sigaddset(&one, signal);
    sigprocmask(SIG_BLOCK, &one, 0);
    ticks = 0;
    syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &fast_timer);
    syscall(SYS_timer_settime, fast_timer, 0, &every, 0);
    volatile double value = 1;
    for (int i = 0; i < 1000000; i++) value *= 1.0000001;
    sigpending(&waiting);
    printf("signal %d blocked: handled %ld waits %d", signal, ticks, sigismember(&waiting, signal));
    sigprocmask(SIG_UNBLOCK, &one, 0);
    while (ticks < 1000) value *= 1.0000001;
    syscall(SYS_timer_delete, fast_timer);
    printf(" open: handled a thousand\n");
}

int main(int argc, char **argv) {
    const char *theme = argc > 1 ? argv[1] : "";
    if (!strcmp(theme, "queue")) return queue();
    if (!strcmp(theme, "timers")) return timers();
    if (!strcmp(theme, "fast")) return fast(SIGRTMIN), fast(SIGRTMIN + 1), fast(SIGALRM), 0;
    if (!strcmp(theme, "pidfd")) return pidfd(argv[0]);
    if (!strcmp(theme, "calls")) return calls();
    if (!strcmp(theme, "copied")) return copied();
    if (!strcmp(theme, "replaced")) return replaced(argv[0]);
    return !strcmp(theme, "exit") ? 9 : 2;
}
