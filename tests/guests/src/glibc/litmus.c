// Litmus tests of the memory order that RISC-V promises (RVWMO): threads run over the same rows of words, and outcomes that are forbidden must never be seen. What is
// allowed (store buffering without fences) is not counted: whether it is seen is chance. Then lr/sc and amo under contention, whose sums are exact.
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>

enum { Rows = 10000, Together = 8, Turns = 2, Most = 4, Adds = 50000, Patience = 200 };

typedef struct {
    _Alignas(64) int x;
    _Alignas(64) int y;
    _Alignas(64) int seen[4];
} row;
static row rows[Rows];

#define PLAIN __ATOMIC_RELAXED
#define LOAD(word) __atomic_load_n(&(word), PLAIN)
#define STORE(word, value) __atomic_store_n(&(word), value, PLAIN)
#define FENCE(kind) __asm__ volatile("fence " kind ::: "memory")

static void write_xy(row *r) { STORE(r->x, 1); FENCE("w,w"); STORE(r->y, 1); }
static void read_yx(row *r) { r->seen[0] = LOAD(r->y); FENCE("r,r"); r->seen[1] = LOAD(r->x); }
static int mp(const row *r) { return r->seen[0] == 1 && r->seen[1] == 0; }

static void write_tso(row *r) { STORE(r->x, 1); FENCE("rw,w"); STORE(r->y, 1); }
static void read_tso(row *r) { r->seen[0] = LOAD(r->y); FENCE("r,rw"); r->seen[1] = LOAD(r->x); }

static void store_release(row *r) {
    STORE(r->x, 1);
    __asm__ volatile("amoswap.w.rl zero, %1, (%0)" ::"r"(&r->y), "r"(1) : "memory");
}
static void load_acquire(row *r) {
    int value;
    __asm__ volatile("lr.w.aq %0, (%1)" : "=r"(value) : "r"(&r->y) : "memory");
    r->seen[0] = value, r->seen[1] = LOAD(r->x);
}
static void read_dependent(row *r) {
    // The address of the second load depends on the first.
    int first, second;
    long none;
    __asm__ volatile("lw %0, (%3)\n xor %2, %0, %0\n add %2, %2, %4\n lw %1, (%2)" : "=&r"(first), "=&r"(second), "=&r"(none) : "r"(&r->y), "r"(&r->x) : "memory");
    r->seen[0] = first, r->seen[1] = second;
}

static void sb_left(row *r) { STORE(r->x, 1); FENCE("rw,rw"); r->seen[0] = LOAD(r->y); }
static void sb_right(row *r) { STORE(r->y, 1); FENCE("rw,rw"); r->seen[1] = LOAD(r->x); }
static int sb(const row *r) { return r->seen[0] == 0 && r->seen[1] == 0; }
static void sb_swap_left(row *r) {
    __asm__ volatile("amoswap.w.aqrl zero, %1, (%0)" ::"r"(&r->x), "r"(1) : "memory");
    __asm__ volatile("lr.w.aqrl %0, (%1)" : "=r"(r->seen[0]) : "r"(&r->y) : "memory");
}
static void sb_swap_right(row *r) {
    __asm__ volatile("amoswap.w.aqrl zero, %1, (%0)" ::"r"(&r->y), "r"(1) : "memory");
    __asm__ volatile("lr.w.aqrl %0, (%1)" : "=r"(r->seen[1]) : "r"(&r->x) : "memory");
}

static void lb_left(row *r) { r->seen[0] = LOAD(r->x); FENCE("r,w"); STORE(r->y, 1); }
static void lb_right(row *r) { r->seen[1] = LOAD(r->y); FENCE("r,w"); STORE(r->x, 1); }
static int lb(const row *r) { return r->seen[0] == 1 && r->seen[1] == 1; }

static void write_x(row *r) { STORE(r->x, 1); }
static void write_y(row *r) { STORE(r->y, 1); }
static void iriw_left(row *r) { r->seen[0] = LOAD(r->x); FENCE("r,r"); r->seen[1] = LOAD(r->y); }
static void iriw_right(row *r) { r->seen[2] = LOAD(r->y); FENCE("r,r"); r->seen[3] = LOAD(r->x); }
static int iriw(const row *r) { return r->seen[0] == 1 && r->seen[1] == 0 && r->seen[2] == 1 && r->seen[3] == 0; }

static void read_twice(row *r) { r->seen[0] = LOAD(r->x), r->seen[1] = LOAD(r->x); }
static int corr(const row *r) { return r->seen[0] == 1 && r->seen[1] == 0; }

static const struct test {
    const char *name;
    int (*forbidden)(const row *);
    void (*threads[Most])(row *);
} tests[] = {
    {"MP+fence.w.w+fence.r.r", mp, {write_xy, read_yx}},
    {"MP+fence.rw.w+fence.r.rw", mp, {write_tso, read_tso}},
    {"MP+amo.rl+lr.aq", mp, {store_release, load_acquire}},
    {"MP+fence.w.w+addr", mp, {write_xy, read_dependent}},
    {"SB+fence.rw.rws", sb, {sb_left, sb_right}},
    {"SB+amo.aqrls", sb, {sb_swap_left, sb_swap_right}},
    {"LB+fence.r.ws", lb, {lb_left, lb_right}},
    {"IRIW+fence.r.rs", iriw, {write_x, write_y, iriw_left, iriw_right}},
    {"CoRR", corr, {write_x, read_twice}},
};

// No thread is more than a few rows ahead of another: outcomes that need both at once would be rare otherwise.
static int arrived, count;
static void meet(int group) {
    __atomic_add_fetch(&arrived, 1, __ATOMIC_SEQ_CST);
    for (int spins = 0; __atomic_load_n(&arrived, __ATOMIC_SEQ_CST) < (group + 1) * count; spins++)
        if (spins > Patience) sched_yield();
}
static void *run(void *argument) {
    void (*const *step)(row *) = argument;
    for (int i = 0; i < Rows; i++) {
        if (i % Together == 0) meet(i / Together);
        (*step)(&rows[i]);
    }
    return 0;
}
static void litmus(const struct test *test) {
    int forbidden = 0;
    for (int turn = 0; turn < Turns; turn++) {
        pthread_t threads[Most];
        arrived = count = 0;
        __builtin_memset(rows, 0, sizeof rows);
        while (count < Most && test->threads[count]) count++;
        for (int i = 0; i < count; i++) pthread_create(&threads[i], 0, run, (void *)&test->threads[i]);
        for (int i = 0; i < count; i++) pthread_join(threads[i], 0);
        for (int i = 0; i < Rows; i++) forbidden += test->forbidden(&rows[i]);
    }
    printf("%s: %d forbidden\n", test->name, forbidden);
}

static int64_t by_lrsc, by_amo, by_lock, lock_word;
static int32_t by_words[2];
static void *contend(void *argument) {
    for (int i = 0; i < Adds; i++) {
        int64_t value;
        int failed;
        do __asm__ volatile("lr.d %0, (%2)\n addi %0, %0, 3\n sc.d %1, %0, (%2)" : "=&r"(value), "=&r"(failed) : "r"(&by_lrsc) : "memory");
        while (failed);
        __asm__ volatile("amoadd.d zero, %1, (%0)" ::"r"(&by_amo), "r"(5L) : "memory");
        __asm__ volatile("amoadd.w zero, %1, (%0)" ::"r"(&by_words[i & 1]), "r"(1) : "memory");
        if (i % 16) continue;
        int64_t held;
        do __asm__ volatile("amoswap.d.aq %0, %2, (%1)" : "=&r"(held) : "r"(&lock_word), "r"(1L) : "memory");
        while (held);
        by_lock++;
        __asm__ volatile("amoswap.d.rl zero, zero, (%0)" ::"r"(&lock_word) : "memory");
    }
    return argument;
}
int main(void) {
    for (unsigned i = 0; i < sizeof tests / sizeof *tests; i++) litmus(&tests[i]);
    pthread_t threads[Most];
    for (int i = 0; i < Most; i++) pthread_create(&threads[i], 0, contend, 0);
    for (int i = 0; i < Most; i++) pthread_join(threads[i], 0);
    printf("lr/sc %ld, amo %ld, words %d %d, under a lock %ld\n", (long)by_lrsc, (long)by_amo, by_words[0], by_words[1], (long)by_lock);
    return 0;
}
