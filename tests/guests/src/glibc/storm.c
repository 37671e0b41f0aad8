// Signals against calls that wait. `storm`: a child waits in one kind of call after the other while its parent sends it signals, with SA_RESTART and without; then the
// parent lets the call end, and it must. `storm ends`: processes whose threads wait in all kinds of calls, or compute, are ended by one of them, or from outside.
// The same source compiled for the host prints the same.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { Signals = 60, Gap = 200000, Threads = 2 };

static struct shared {
    volatile int handled, word, waits;
} *shared;
static int ends[2], full[2], pair[2], epoll, event, listener, queue, set, lock;
static struct sockaddr_un address;
static socklen_t length;
static struct message {
    long type;
    char text[8];
} message;
static char byte;
static sigset_t released;

static void die(const char *what) {
    perror(what);
    exit(1);
}
static long wait_read(void) { return read(ends[0], &byte, 1); }
static long wait_write(void) { return write(full[1], &byte, 1); }
static long wait_recv(void) { return recv(pair[0], &byte, 1, 0); }
static long wait_accept(void) { return accept(listener, 0, 0); }
static long wait_event(void) {
    long value;
    return read(event, &value, sizeof value);
}
static long wait_poll(void) { return poll(&(struct pollfd){ends[0], POLLIN, 0}, 1, -1); }
static long wait_ppoll(void) { return ppoll(&(struct pollfd){ends[0], POLLIN, 0}, 1, &(struct timespec){600, 0}, 0); }
static long wait_select(void) {
    fd_set readable;
    FD_ZERO(&readable);
    FD_SET(ends[0], &readable);
    return select(ends[0] + 1, &readable, 0, 0, 0);
}
static long wait_epoll(void) {
    struct epoll_event found;
    return epoll_wait(epoll, &found, 1, -1);
}
static long wait_futex(void) {
    long result = syscall(SYS_futex, &shared->word, FUTEX_WAIT, 0, 0, 0, 0);
    return result < 0 && errno == EAGAIN ? 0 : result;
}
static long wait_futex_time(void) {
    long result = syscall(SYS_futex, &shared->word, FUTEX_WAIT, 0, &(struct timespec){600, 0}, 0, 0);
    return result < 0 && errno == EAGAIN ? 0 : result;
}
static long wait_signal(void) { return sigtimedwait(&released, 0, &(struct timespec){600, 0}); }
static long wait_message(void) { return msgrcv(queue, &message, sizeof message.text, 0, 0); }
static long wait_semaphore(void) { return semop(set, &(struct sembuf){0, -1, 0}, 1); }
static long wait_flock(void) { return flock(lock, LOCK_EX); }
static long wait_record(void) { return fcntl(lock, F_SETLKW, &(struct flock){.l_type = F_WRLCK, .l_start = 1, .l_len = 1}); }
static pid_t grandchild;
static long wait_child(void) { return waitpid(grandchild, 0, 0); }
static long wait_id(void) {
    siginfo_t info;
    return waitid(P_PID, grandchild, &info, WEXITED);
}
static struct timespec left;
static long wait_sleep(void) {
    while (shared->word == 0)
        if (nanosleep(&(struct timespec){600, 0}, &left)) return -1;
    return 0;
}
static long wait_clock(void) {
    while (shared->word == 0)
        if ((errno = clock_nanosleep(CLOCK_MONOTONIC, 0, &(struct timespec){600, 0}, &left))) return -1;
    return 0;
}

static int holder;
static void release(pid_t child) {
    char many[1 << 16];
    shared->word = 1;
    syscall(SYS_futex, &shared->word, FUTEX_WAKE, 1, 0, 0, 0);
    if (write(ends[1], "x", 1) != 1 || write(pair[1], "x", 1) != 1 || read(full[0], many, sizeof many) < 1 || eventfd_write(event, 1)) die("release");
    int caller = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (connect(caller, (struct sockaddr *)&address, length)) die("connect");
    message.type = 1;
    if (msgsnd(queue, &message, 1, 0) || semop(set, &(struct sembuf){0, 1, 0}, 1)) die("ipc");
    flock(holder, LOCK_UN);
    fcntl(holder, F_SETLK, &(struct flock){.l_type = F_UNLCK, .l_start = 1, .l_len = 1});
    kill(child, SIGRTMIN);
}
static void hold(void) {
    char name[] = "storm.XXXXXX", text[1 << 12] = {0};
    if (pipe(ends) || pipe2(full, O_NONBLOCK) || socketpair(AF_UNIX, SOCK_STREAM, 0, pair)) die("pipe");
    while (write(full[1], text, sizeof text) > 0) {}
    fcntl(full[1], F_SETFL, 0);
    event = eventfd(0, 0);
    epoll = epoll_create1(0);
    epoll_ctl(epoll, EPOLL_CTL_ADD, ends[0], &(struct epoll_event){.events = EPOLLIN});
    listener = socket(AF_UNIX, SOCK_STREAM, 0);
    // An abstract name of the kernel's choice.
    address.sun_family = AF_UNIX;
    length = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, sizeof address.sun_family) || listen(listener, 5)) die("listen");
    getsockname(listener, (struct sockaddr *)&address, &length);
    queue = msgget(IPC_PRIVATE, 0600);
    set = semget(IPC_PRIVATE, 1, 0600);
    holder = mkstemp(name);
    lock = open(name, O_RDWR);
    unlink(name);
    if (queue < 0 || set < 0 || holder < 0 || lock < 0 || flock(holder, LOCK_EX)) die("hold");
    if (fcntl(holder, F_SETLK, &(struct flock){.l_type = F_WRLCK, .l_start = 1, .l_len = 1})) die("lock");
    shared->word = shared->handled = shared->waits = 0;
}
static void let_go(void) {
    int all[] = {ends[0], ends[1], full[0], full[1], pair[0], pair[1], epoll, event, listener, holder, lock};
    for (unsigned i = 0; i < sizeof all / sizeof *all; i++) close(all[i]);
    msgctl(queue, IPC_RMID, 0);
    semctl(set, 0, IPC_RMID);
}
static void note(int signal) { shared->handled++; }
static void nothing(int signal) {}

static const struct way {
    const char *name;
    long (*wait)(void);
} ways[] = {
    {"read", wait_read}, {"write", wait_write}, {"recv", wait_recv}, {"accept", wait_accept}, {"eventfd", wait_event}, {"poll", wait_poll}, {"ppoll", wait_ppoll},
    {"select", wait_select}, {"epoll", wait_epoll}, {"futex", wait_futex}, {"futex with time", wait_futex_time}, {"sigtimedwait", wait_signal}, {"msgrcv", wait_message},
    {"semop", wait_semaphore}, {"flock", wait_flock}, {"record lock", wait_record}, {"wait4", wait_child}, {"waitid", wait_id}, {"nanosleep", wait_sleep},
    {"clock_nanosleep", wait_clock},
};
static void wait_out(const struct way *way, int flags) {
    sigaction(SIGUSR1, &(struct sigaction){.sa_handler = note, .sa_flags = flags}, 0);
    sigaction(SIGUSR2, &(struct sigaction){.sa_handler = nothing}, 0);
    if (way->wait == wait_child || way->wait == wait_id) {
        grandchild = fork();
        if (grandchild == 0) {
            signal(SIGUSR1, SIG_IGN);
            wait_read();
            _exit(0);
        }
    }
    int interrupted = 0;
    long result;
    shared->waits = 1;
    while ((result = way->wait()) < 0 && errno == EINTR) interrupted++;
    printf("%s%s: %s, interrupted %s\n", way->name, flags ? " restarted" : "", result < 0 ? strerror(errno) : "done",
           interrupted ? "at times" : "never");
    fflush(stdout);
    _exit(0);
}
static void storm(const struct way *way, int flags) {
    hold();
    pid_t child = fork();
    if (child == 0) wait_out(way, flags);
    while (!shared->waits) sched_yield();
    int sent = 0;
    for (int i = 0; i < Signals; i++, sent++) {
        // Every third while the last is still being handled, the others when the child waits again.
        if (i % 3) nanosleep(&(struct timespec){0, Gap}, 0);
        int before = shared->handled;
        kill(child, SIGUSR1);
        while (shared->handled == before) sched_yield();
    }
    release(child);
    // Sleeps end by a signal only, which may come between the look at the word and the call.
    int status;
    while (waitpid(child, &status, WNOHANG) == 0) {
        if (way->wait == wait_sleep || way->wait == wait_clock) kill(child, SIGUSR2);
        nanosleep(&(struct timespec){0, Gap}, 0);
    }
    printf("  handled %s, status %x\n", shared->handled == sent ? "all" : "not all", status);
    fflush(stdout);
    let_go();
}

__attribute__((noreturn)) static void *go_on(void *argument) {
    const struct way *way = argument;
    for (;;)
        if (way) way->wait();
}
static const char *const endings[] = {"exit_group", "abort", "fault", "default action", "killed", "terminated", "execve"};
static char *volatile nowhere = (char *)8;
static void end_by(unsigned how, char *self) {
    switch (how) {
    case 0: syscall(SYS_exit_group, 7);
    case 1: abort();
    case 2: *(volatile int *)nowhere = 1;
    case 3: raise(SIGRTMAX);
    case 6: execl(self, self, "left", (char *)0);
    default:
        for (;;) pause();
    }
}
static void end(unsigned how, char *self) {
    hold();
    pid_t child = fork();
    if (child == 0) {
        sigprocmask(SIG_BLOCK, &released, 0);
        pthread_attr_t small;
        pthread_attr_init(&small);
        pthread_attr_setstacksize(&small, 1 << 16);
        pthread_t thread;
        for (unsigned i = 0; i < sizeof ways / sizeof *ways; i++)
            if (ways[i].wait != wait_child && ways[i].wait != wait_id && pthread_create(&thread, &small, go_on, (void *)&ways[i])) die("thread");
        for (int i = 0; i < Threads; i++) pthread_create(&thread, &small, go_on, 0);
        shared->handled = 1;
        end_by(how, self);
    }
    while (!shared->handled) sched_yield();
    if (how == 4) kill(child, SIGKILL);
    if (how == 5) kill(child, SIGTERM);
    int status;
    waitpid(child, &status, 0);
    printf("%s: %x\n", endings[how], status);
    fflush(stdout);
    let_go();
}
int main(int argc, char **argv) {
    if (argc > 1 && !strcmp(argv[1], "left")) return 9;
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    shared = mmap(0, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    sigemptyset(&released);
    sigaddset(&released, SIGRTMIN);
    sigprocmask(SIG_BLOCK, &released, 0);
    if (argc > 1 && !strcmp(argv[1], "ends"))
        for (unsigned i = 0; i < 3 * sizeof endings / sizeof *endings; i++) end(i % (sizeof endings / sizeof *endings), argv[0]);
    else
        for (unsigned i = 0; i < sizeof ways / sizeof *ways; i++)
            for (int restart = 0; restart < 2; restart++) storm(&ways[i], restart ? SA_RESTART : 0);
    return 0;
}
