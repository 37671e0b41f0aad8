// Threads and processes, one theme an argument: `threads` (locks, atomics, a leader's join), `children` (fork, vfork, posix_spawn, system and what
// waiting parents are told), `forks` (children of a busy threaded process that start threads and fork themselves), `closes` (closes its standard error, as
// many programs do before they end), `numbers` (takes every descriptor of a byte's numbers, then all), `churn threads N`, `churn forks N` and `churn programs N` (N of these, one after the other).
// What is printed is what the manual pages promise: fork(2), vfork(2), wait(2), posix_spawn(3), system(3), pthreads(7).
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { Threads = 200, Turns = 1000, Forks = 60 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int atomic_total;
static long locked_total;

static void *count(void *argument) {
    for (int i = 0; i < Turns; i++) {
        pthread_mutex_lock(&lock);
        locked_total++;
        pthread_mutex_unlock(&lock);
        atomic_fetch_add(&atomic_total, 1);
    }
    return argument;
}
static int threads(void) {
    pthread_t started[Threads];
    int wrong = 0;
    for (long i = 0; i < Threads; i++)
        if (pthread_create(&started[i], 0, count, (void *)i)) return 1;
    for (long i = 0; i < Threads; i++) {
        void *result;
        pthread_join(started[i], &result);
        wrong += (long)result != i;
    }
    printf("locked %ld atomic %d wrong results %d\n", locked_total, atomic_total, wrong);
    return 0;
}

static void tell(const char *what, pid_t child) {
    int status;
    pid_t ended = waitpid(child, &status, 0);
    printf("%s: %s, ", what, ended == child ? "the child" : "another");
    if (WIFEXITED(status)) printf("exit %d\n", WEXITSTATUS(status));
    else printf("signal %d\n", WTERMSIG(status));
}
static int children(char *self) {
    extern char **environ;
    setvbuf(stdout, 0, _IONBF, 0);
    pid_t child = fork();
    if (child == 0) _exit(7);
    tell("fork", child);

    static volatile int stored;
    child = vfork();
    if (child == 0) {
        stored = 5;
        _exit(3);
    }
    tell("vfork", child);
    printf("the child's store is seen: %d\n", stored);

    char *nothing[] = {"nothing", 0}, *again[] = {self, "exit", 0};
    printf("posix_spawn of nothing: %s\n", strerror(posix_spawn(&child, "/nowhere/nothing", 0, 0, nothing, environ)));
    printf("posix_spawn of itself: %d\n", posix_spawn(&child, "/proc/self/exe", 0, 0, again, environ));
    tell("posix_spawn", child);

    child = fork();
    if (child == 0) abort();
    tell("abort", child);
    child = fork();
    if (child == 0) {
        pause();
        _exit(0);
    }
    kill(child, SIGTERM);
    tell("kill", child);
    return 0;
}

static atomic_int stop;
static void *keep_busy(void *argument) {
    while (!stop) free(malloc(100));
    return argument;
}
static int fork_once(int depth) {
    pid_t child = fork();
    if (child == 0) {
        pthread_t own;
        if (pthread_create(&own, 0, count, 0) || pthread_join(own, 0)) _exit(1);
        _exit(depth == 0 ? 0 : fork_once(depth - 1));
    }
    int status;
    return waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}
static int forks(void) {
    pthread_t busy[4];
    int failed = 0;
    for (int i = 0; i < 4; i++)
        if (pthread_create(&busy[i], 0, keep_busy, 0)) return 1;
    for (int i = 0; i < Forks; i++) failed += fork_once(1) != 0;
    stop = 1;
    for (int i = 0; i < 4; i++) pthread_join(busy[i], 0);
    printf("%d forks, %d failed\n", Forks, failed);
    return 0;
}

static void *end_at_once(void *argument) { return argument; }
static int churn(char *self, const char *kind, int count) {
    extern char **environ;
    char *again[] = {self, "exit", 0};
    int failed = 0;
    for (int i = 0; i < count; i++) {
        pthread_t thread;
        pid_t child = 0;
        int status = 0;
        if (!strcmp(kind, "threads")) failed += pthread_create(&thread, 0, end_at_once, 0) || pthread_join(thread, 0);
        else if (!strcmp(kind, "programs")) failed += posix_spawn(&child, "/proc/self/exe", 0, 0, again, environ) != 0;
        else if ((child = fork()) == 0) _exit(9);
        if (child != 0) failed += waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 9;
    }
    printf("%d %s, %d failed\n", count, kind, failed);
    return 0;
}

static int numbers(void) {
    int refused = 0;
    for (int i = 3; i < 256; i++) refused += dup2(1, i) != i;
    printf("refused %d, then comes %d\n", refused, dup(1));
    fflush(stdout);
    while (dup(1) >= 0) {}
    pid_t child = fork();
    if (child == 0) _exit(7);
    tell("fork without a number left", child);
    return 0;
}

int main(int argc, char **argv) {
    const char *theme = argc > 1 ? argv[1] : "";
    if (!strcmp(theme, "threads")) return threads();
    if (!strcmp(theme, "children")) return children(argv[0]);
    if (!strcmp(theme, "forks")) return forks();
    if (!strcmp(theme, "closes")) return close(2);
    if (!strcmp(theme, "numbers")) return numbers();
    if (!strcmp(theme, "churn") && argc > 3) return churn(argv[0], argv[2], atoi(argv[3]));
    return !strcmp(theme, "exit") ? 9 : 2;
}
