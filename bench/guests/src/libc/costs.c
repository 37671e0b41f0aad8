// What processes and threads cost: costs KIND COUNT [PROGRAM ARGUMENT...] does it COUNT times and prints nanoseconds for each.
//   fork    a child that exits, and waiting for it        vfork   the same with vfork
//   spawn   posix_spawn of PROGRAM, and waiting for it    thread  a thread that returns, and joining it
//   alone   COUNT thousand rounds of arithmetic in one thread; threads: the same work shared by eight
#define _GNU_SOURCE
#include <pthread.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { Threads = 8, Rounds = 1000 };

extern char **environ;
static char **program;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void await(pid_t child) {
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
        fail("child");
}

static void fork_once(void) {
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    await(child);
}

static void vfork_once(void) {
    pid_t child = vfork();
    if (child == 0)
        _exit(0);
    await(child);
}

static void spawn_once(void) {
    pid_t child;
    if (posix_spawn(&child, program[0], NULL, NULL, program, environ) != 0)
        fail(program[0]);
    await(child);
}

static void *idle(void *argument) { return argument; }

static void thread_once(void) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, idle, NULL) != 0 || pthread_join(thread, NULL) != 0)
        fail("thread");
}

static void *work(void *count) {
    uint64_t value = 1;
    for (uintptr_t i = 0; i < (uintptr_t)count * Rounds; i++) {
        value = value * 6364136223846793005u + i;
        __asm__ volatile("" : "+r"(value));
    }
    return (void *)(uintptr_t)value;
}

static void threads(uintptr_t count) {
    pthread_t all[Threads];
    for (int i = 0; i < Threads; i++)
        if (pthread_create(&all[i], NULL, work, (void *)(count / Threads)) != 0)
            fail("thread");
    for (int i = 0; i < Threads; i++)
        pthread_join(all[i], NULL);
}

int main(int count, char **words) {
    static const struct { const char *name; void (*once)(void); } kinds[] = {
        {"fork", fork_once}, {"vfork", vfork_once}, {"spawn", spawn_once}, {"thread", thread_once},
    };
    if (count < 3)
        return 2;
    const char *kind = words[1];
    long times = atol(words[2]);
    program = words + 3;
    int64_t begin = now();
    if (strcmp(kind, "alone") == 0)
        work((void *)times);
    else if (strcmp(kind, "threads") == 0)
        threads(times);
    else
        for (long i = 0; i < times; i++)
            for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
                if (strcmp(kind, kinds[k].name) == 0)
                    kinds[k].once();
    printf("%lld\n", (long long)(now() - begin) / times);
    return 0;
}
